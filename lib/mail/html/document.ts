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

// The colours of the inbox (design.md 2). Without a theme said, the system's; a mail on paper is always light.
const LIGHT =
  'color-scheme: light; --ink: #192227; --quiet: #5d6a72; --link: #165e83; --line: #bcc6cc; --soft: #f7f9f9; --warn: #7d4e00;';
const DARK =
  'color-scheme: dark; --ink: #e3e9ec; --quiet: #9aa7af; --link: #6fb4d6; --line: #42505a; --soft: #1f282e; --warn: #eec063;';

const STYLE = `
:root { ${LIGHT} }
@media (prefers-color-scheme: dark) { :root:not(.light, .paper) { ${DARK} } }
:root.dark:not(.paper) { ${DARK} }
html, body { margin: 0; padding: 0; background: transparent; }
body { display: flow-root; padding: 2px; color: var(--ink); font-size: 14px; line-height: 1.75; overflow-wrap: anywhere;
  font-family: "Hiragino Sans", "Hiragino Kaku Gothic ProN", "Noto Sans JP", "Noto Sans CJK JP", "Yu Gothic UI", Meiryo, system-ui, sans-serif; }
body > :first-child, body > :first-child > :first-child { margin-top: 0; }
body > :last-child { margin-bottom: 0; }
img { max-width: 100%; height: auto; }
table { max-width: 100%; border-collapse: collapse; }
pre { white-space: pre-wrap; }
a { color: var(--link); }
a:focus-visible, summary:focus-visible { outline: 2px solid var(--link); outline-offset: 1px; }
a[title]:focus-visible::after { content: " " attr(title); color: var(--quiet); font-size: 12px; }
blockquote { margin: 0.5em 0 0.5em 0.25em; padding-left: 0.75em; border-left: 2px solid var(--line); }
.blocked-image:not(:empty) { padding: 0 4px; border: 1px dashed var(--line); border-radius: 3px; font-size: 12px; color: var(--quiet); }
.link-host { all: initial; position: relative; z-index: 1; margin-left: 4px; color: var(--warn); background: var(--soft); unicode-bidi: isolate;
  font: 12px/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
details { margin-top: 8px; }
summary { display: inline-block; padding: 1px 10px 1px 8px; border-left: 2px solid var(--line); background: var(--soft);
  color: var(--quiet); font-size: 12px; line-height: 24px; cursor: pointer; }
summary::before { content: "\\203a"; display: inline-block; width: 12px; }
details[open] > summary { margin-bottom: 4px; }
details[open] > summary::before { transform: rotate(90deg); }
html.paper { background: #fff; }
html.paper body { padding: 8px; }
@media (max-width: 30em) { body { font-size: 15px; } summary { line-height: 42px; } }
`;

export type MailDocument = {
  nonce?: string;
  lang?: string;
  /** The theme set by hand; left out, the system's. */
  theme?: 'light' | 'dark' | undefined;
  /** How many pictures from outside the mail has, and whether and why they are shown: read by the page around the frame. */
  remote?: { count: number; shown: RemoteShown };
};
export type RemoteShown = 'no' | 'once' | 'sender';

/**
 * The whole document for the sandboxed iframe around HTML that went through sanitiseMailHtml. `<base target>` sends every link to
 * a new window. Names of links aren't looked up ahead, as browsers do over plain HTTP: a name of its own would tell the sender
 * that the mail is being read. Colours follow the reader's theme; a mail that sets colours of its own is shown on white paper,
 * as its writer saw it.
 */
export function mailHtmlDocument(sanitisedHtml: string, options: MailDocument = {}): string {
  const nonce = options.nonce ? ` nonce="${options.nonce.replace(/[^A-Za-z0-9+/=_-]/g, '')}"` : '';
  const lang = (options.lang ?? 'ja').replace(/[^A-Za-z-]/g, '');
  const classes = [options.theme, setsColours(sanitisedHtml) ? 'paper' : ''].filter(Boolean).join(' ');
  const { count = 0, shown = 'no' } = options.remote ?? {};
  return `<!doctype html>
<html lang="${lang}"${classes ? ` class="${classes}"` : ''} data-remote="${count}" data-shown="${shown}">
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
