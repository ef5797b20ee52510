import sanitizeHtml, { type Tag } from 'sanitize-html';
import { cellAttributes, STYLES, TAGS } from '#lib/mail/html/allowed.ts';
import { escapeHtml } from '#lib/mail/html/escape.ts';
import { quoteMark } from '#lib/mail/html/quote-mark.ts';
import { REMOTE_SCHEME } from '#lib/mail/html/remote-mark.ts';
import { htmlToText } from '#lib/mail/html/to-text.ts';

/** Raised with every change of what is let through; stored beside the result, so old results are made anew. */
export const SANITISER_VERSION = 3;

export type SanitiseOptions = {
  /** The URL under which this mail's own inline picture is served, or null if there is none of that id. */
  cidUrl: (cid: string) => string | null;
  /** false: a picture from outside becomes its alt text. A function gives what stands in its place as `src`, or null. */
  remoteImages: false | ((url: string) => string | null);
  /** Leaves `data-quote` where mail programs say that a quotation begins, for arrangeMailHtml. */
  markQuotes?: boolean;
};

const MAX_HTML = 3_000_000;
const MAX_DATA_IMAGE = 200_000;
/** Elements within each other that are kept; deeper ones leave their words. */
const MAX_KEPT = 250;
/** Open elements at once. htmlparser2 looks through all of them at every tag, so that half a megabyte could take a minute. */
const MAX_OPEN = 2000;

class TooDeep extends Error {}

/**
 * HTML of a stranger made harmless by an allow-list: no script, style sheet, form, frame, SVG, media or event handler, no
 * attribute that loads anything by itself. Pictures from outside are counted in `blockedRemote`.
 * Links open apart and without referrer. Bounded: over 3 million characters the rest is cut, elements deeper than 250 leave
 * their words only, and a mail deeper than 2000 is shown as text.
 */
export function sanitiseMailHtml(html: string, options: SanitiseOptions): { html: string; blockedRemote: number } {
  const cut = html.slice(0, MAX_HTML);
  try {
    return sanitise(cut, options);
  } catch (error) {
    if (!(error instanceof TooDeep)) throw error;
    return { html: `<div style="white-space:pre-wrap">${escapeHtml(htmlToText(cut))}</div>`, blockedRemote: 0 };
  }
}

function sanitise(html: string, options: SanitiseOptions): { html: string; blockedRemote: number } {
  let blockedRemote = 0;
  let open = 0;
  const image = (_tag: string, attribs: Record<string, string>): Tag => {
    if (isRemote(attribs.src ?? '')) blockedRemote += 1;
    const src = imageSource(attribs.src ?? '', options);
    if (src !== null) return { tagName: 'img', attribs: { ...attribs, src, loading: 'lazy' } };
    return { tagName: 'span', attribs: { class: 'blocked-image' }, text: attribs.alt ?? '' };
  };
  const marked = (tagName: string, { 'data-quote': _, ...attribs }: Record<string, string>): Tag => {
    const mark = options.markQuotes ? quoteMark(tagName, attribs) : null;
    return { tagName, attribs: mark ? { ...attribs, 'data-quote': mark } : attribs };
  };
  const clean = sanitizeHtml(html, {
    onOpenTag: () => {
      open += 1;
      if (open > MAX_OPEN) throw new TooDeep();
    },
    onCloseTag: () => {
      open -= 1;
    },
    allowedTags: TAGS,
    allowedAttributes: cellAttributes(),
    allowedClasses: { span: ['blocked-image'] },
    allowedStyles: { '*': STYLES },
    allowedSchemes: ['http', 'https', 'mailto', 'tel'],
    allowedSchemesByTag: { img: ['data', REMOTE_SCHEME] },
    allowProtocolRelative: false,
    allowedSchemesAppliedToAttributes: ['href', 'src', 'cite'],
    nonTextTags: [
      'script',
      'style',
      'textarea',
      'option',
      'noscript',
      'title',
      'head',
      'template',
      'svg',
      'math',
      'object',
      'iframe',
      'audio',
      'video',
    ],
    transformTags: { img: image, a: link, area: link, div: marked, blockquote: marked },
    nestingLimit: MAX_KEPT,
    enforceHtmlBoundary: false,
  });
  return { html: clean, blockedRemote };
}

/** Schemes that say where they lead. `https:x` and `/x` would lead into our own pages, `#x` to the mail as a page of ours. */
const FOLLOWED = /^(?:https?:\/\/|mailto:|tel:)/i;

// Without its title: shown beside the pointer it could name another address than the one it leads to.
function link(_tag: string, attribs: Record<string, string>): Tag {
  const href = attribs.href?.trim() ?? '';
  if (FOLLOWED.test(href) && !hidesItsHost(href))
    return { tagName: 'a', attribs: { href, target: '_blank', rel: 'noreferrer noopener' } };
  return { tagName: 'a', attribs: attribs.name ? { name: attribs.name } : {} };
}

// https://bank.example@evil.example/ leads to evil.example. What a browser can't read as an address leads nowhere.
function hidesItsHost(href: string): boolean {
  const url = URL.parse(href);
  return url === null || url.username !== '' || url.password !== '';
}

function isRemote(src: string): boolean {
  return /^\s*(https?:)?\/\//i.test(src);
}

function imageSource(src: string, options: SanitiseOptions): string | null {
  const trimmed = src.trim();
  if (/^cid:/i.test(trimmed)) return inlineSource(decodeCid(trimmed.slice(4)), options);
  if (/^data:image\/(png|gif|jpe?g|webp);base64,[A-Za-z0-9+/=\s]*$/i.test(trimmed))
    return trimmed.length <= MAX_DATA_IMAGE ? trimmed : null;
  if (!isRemote(trimmed) || options.remoteImages === false) return null;
  const url = URL.parse(trimmed.startsWith('//') ? `https:${trimmed}` : trimmed);
  if (url === null || url.username !== '' || url.password !== '') return null;
  return options.remoteImages(url.href);
}

// As a segment of a path, dots lead elsewhere.
function inlineSource(cid: string, options: SanitiseOptions): string | null {
  return /^\.{0,2}$/.test(cid) ? null : options.cidUrl(cid);
}

function decodeCid(cid: string): string {
  try {
    return decodeURIComponent(cid);
  } catch {
    return cid.toWellFormed();
  }
}
