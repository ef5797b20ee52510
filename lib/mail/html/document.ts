/** CSP of the mail's own route: nothing runs, nothing loads but our own pictures, only our pages frame it (architecture.md 7). */
export const MAIL_CONTENT_CSP = [
  "default-src 'none'",
  "script-src 'none'",
  "img-src 'self' data:",
  "style-src 'unsafe-inline'",
  "frame-ancestors 'self'",
  "form-action 'none'",
  "base-uri 'none'",
  // As in HtmlFrame: opened by itself, in a tab of its own, it is no freer.
  'sandbox allow-same-origin allow-popups allow-popups-to-escape-sandbox',
].join('; ');

const STYLE = `
:root { color-scheme: light dark; }
html, body { margin: 0; padding: 0; background: transparent; }
body { padding: 2px; color: CanvasText; font-size: 14px; line-height: 1.75; overflow-wrap: anywhere;
  font-family: "Hiragino Sans", "Hiragino Kaku Gothic ProN", "Noto Sans JP", "Noto Sans CJK JP", "Yu Gothic UI", Meiryo, system-ui, sans-serif; }
img { max-width: 100%; height: auto; }
table { max-width: 100%; border-collapse: collapse; }
pre { white-space: pre-wrap; }
a { color: LinkText; }
blockquote { margin: 0.5em 0 0.5em 0.25em; padding-left: 0.75em; border-left: 2px solid color-mix(in srgb, CanvasText 25%, transparent); }
.blocked-image:not(:empty) { padding: 0 4px; border: 1px dashed color-mix(in srgb, CanvasText 35%, transparent); border-radius: 3px; font-size: 12px; }
html.paper { color-scheme: light; background: #fff; }
html.paper body { padding: 8px; color: #1a1a1a; }
`;

/**
 * The whole document for the sandboxed iframe around HTML that went through sanitiseMailHtml. `<base target>` sends every link to
 * a new window. Names of links aren't looked up ahead, as browsers do over plain HTTP: a name of its own would tell the sender
 * that the mail is being read. Colours follow the reader's theme; a mail that sets colours of its own is shown on white paper,
 * as its writer saw it.
 */
export function mailHtmlDocument(sanitisedHtml: string, options: { nonce?: string; lang?: string } = {}): string {
  const nonce = options.nonce ? ` nonce="${options.nonce.replace(/[^A-Za-z0-9+/=_-]/g, '')}"` : '';
  const lang = (options.lang ?? 'ja').replace(/[^A-Za-z-]/g, '');
  return `<!doctype html>
<html lang="${lang}"${setsColours(sanitisedHtml) ? ' class="paper"' : ''}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta http-equiv="x-dns-prefetch-control" content="off">
<base target="_blank">
<title>mail</title>
<style${nonce}>${STYLE}</style>
</head>
<body>${sanitisedHtml}</body>
</html>
`;
}

function setsColours(html: string): boolean {
  return /\sbgcolor=|<font[^>]{0,200}\scolor=|style="[^"]{0,2000}\b(?:background|background-color|color)\s*:/i.test(
    html,
  );
}
