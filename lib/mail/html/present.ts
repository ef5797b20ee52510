import { decodeEntities } from '#lib/mail/html/entities.ts';
import { escapeHtml } from '#lib/mail/html/escape.ts';
import { REMOTE_SCHEME, remoteUrl } from '#lib/mail/html/remote-mark.ts';

export type Presentation = {
  /** false: pictures from outside stay their alt text. A function gives the address that a browser may ask us at. */
  remoteImages: false | ((url: string) => string);
  /** The words at a folded quotation of so many lines, and before the true host of a link that poses as another. */
  words: { quote: (lines: number) => string; linkTo: (host: string) => string };
};

/** Pictures from outside that one mail may load. */
const MOST_IMAGES = 100;

// Only tags that we wrote match: in sanitised HTML no `<` stands in a text or in a value.
const IMAGE = new RegExp(
  `<img((?: [a-z-]+(?:="[^"]*")?)*) src="${REMOTE_SCHEME}:([\\w-]*)"((?: [a-z-]+(?:="[^"]*")?)*) />`,
  'g',
);
const SUMMARY = /<summary data-lines="(\d+)"><\/summary>/g;
const LINK_HOST = /<span class="link-host">([^<]*)<\/span>/g;

/** Kept HTML (arrangeMailHtml) as this reader gets it: in their language, with or without pictures from outside. */
export function presentMailHtml(kept: string, { remoteImages, words }: Presentation): string {
  const known = new Map<string, string>();
  const source = (encoded: string): string | null => {
    if (remoteImages === false) return null;
    if (!known.has(encoded) && known.size < MOST_IMAGES) known.set(encoded, remoteImages(remoteUrl(encoded)));
    return known.get(encoded) ?? null;
  };
  return kept
    .replace(IMAGE, (whole, before: string, encoded: string, rest: string) => {
      const src = source(encoded);
      if (src !== null) return `<img${before} src="${escapeHtml(src)}"${rest} />`;
      const alt = / alt="([^"]*)"/.exec(whole)?.[1] ?? '';
      return `<span class="blocked-image">${alt}</span>`;
    })
    .replace(SUMMARY, (_, lines: string) => `<summary>${escapeHtml(words.quote(Number(lines)))}</summary>`)
    .replace(LINK_HOST, (_, host: string) => {
      return `<span class="link-host">${escapeHtml(words.linkTo(decodeEntities(host)))}</span>`;
    });
}
