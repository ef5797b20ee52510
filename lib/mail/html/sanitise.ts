import sanitizeHtml, { type Tag } from 'sanitize-html';
import { cellAttributes, STYLES, TAGS } from '#lib/mail/html/allowed.ts';
import { flattenNesting } from '#lib/mail/html/nesting.ts';

/** Raised with every change of what is let through; stored beside the result, so old results are made anew. */
export const SANITISER_VERSION = 1;

export type SanitiseOptions = {
  /** The URL under which this mail's own inline picture is served, or null if there is none of that id. */
  cidUrl: (cid: string) => string | null;
  /** false: no picture from outside is loaded. A function gives the proxy's URL for one, or null. */
  remoteImages: false | ((url: string) => string | null);
};

const MAX_HTML = 3_000_000;
const MAX_DATA_IMAGE = 200_000;

/**
 * HTML of a stranger made harmless by an allow-list: no script, style sheet, form, frame, SVG, media or event handler, no
 * attribute that loads anything by itself. Pictures from outside become their alt text and are counted in `blockedRemote`.
 * Links open apart and without referrer. Bounded: over 3 million characters the rest is cut, nesting is flattened at 200.
 */
export function sanitiseMailHtml(html: string, options: SanitiseOptions): { html: string; blockedRemote: number } {
  let blockedRemote = 0;
  const image = (_tag: string, attribs: Record<string, string>): Tag => {
    const src = imageSource(attribs.src ?? '', options);
    if (src !== null) return { tagName: 'img', attribs: { ...attribs, src, loading: 'lazy' } };
    if (isRemote(attribs.src ?? '')) blockedRemote += 1;
    return { tagName: 'span', attribs: { class: 'blocked-image' }, text: attribs.alt ?? '' };
  };
  const clean = sanitizeHtml(flattenNesting(html.slice(0, MAX_HTML)), {
    allowedTags: TAGS,
    allowedAttributes: cellAttributes(),
    allowedClasses: { span: ['blocked-image'] },
    allowedStyles: { '*': STYLES },
    allowedSchemes: ['http', 'https', 'mailto', 'tel'],
    allowedSchemesByTag: { img: ['http', 'https', 'data'] },
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
    transformTags: { img: image, a: link, area: link },
    nestingLimit: 250,
    enforceHtmlBoundary: false,
  });
  return { html: clean, blockedRemote };
}

function link(_tag: string, attribs: Record<string, string>): Tag {
  const { href, title, name } = attribs;
  if (!href) return { tagName: 'a', attribs: name ? { name } : {} };
  return {
    tagName: 'a',
    attribs: { href: href.trim(), ...(title ? { title } : {}), target: '_blank', rel: 'noreferrer noopener' },
  };
}

function isRemote(src: string): boolean {
  return /^\s*(https?:)?\/\//i.test(src);
}

function imageSource(src: string, options: SanitiseOptions): string | null {
  const trimmed = src.trim();
  if (/^cid:/i.test(trimmed)) return options.cidUrl(decodeCid(trimmed.slice(4)));
  if (/^data:image\/(png|gif|jpe?g|webp);base64,[A-Za-z0-9+/=\s]*$/i.test(trimmed))
    return trimmed.length <= MAX_DATA_IMAGE ? trimmed : null;
  if (!isRemote(trimmed) || options.remoteImages === false) return null;
  return options.remoteImages(trimmed.startsWith('//') ? `https:${trimmed}` : trimmed);
}

function decodeCid(cid: string): string {
  try {
    return decodeURIComponent(cid);
  } catch {
    return cid;
  }
}
