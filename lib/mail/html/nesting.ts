import { tagEnd } from '#lib/mail/html/tag-end.ts';

const TAG = /<(\/?)([a-zA-Z][a-zA-Z0-9]{0,20})(?=[\s/>])/g;
const VOID = new Set([
  'br',
  'hr',
  'img',
  'wbr',
  'col',
  'input',
  'meta',
  'link',
  'area',
  'base',
  'source',
  'embed',
  'param',
  'track',
]);
const LIMIT = 200;

/**
 * Takes out opening tags that would nest deeper than 200, with their closing tags, so that 20,000 nested divs cost neither the
 * sanitiser nor the browser its stack. A shallow mail is returned as it is. One pass.
 */
export function flattenNesting(html: string): string {
  if (deepest(html) <= LIMIT) return html;
  const out: string[] = [];
  let depth = 0;
  let kept = 0;
  for (const match of html.matchAll(TAG)) {
    if (match.index < kept || VOID.has((match[2] ?? '').toLowerCase())) continue;
    const closing = match[1] === '/';
    const tooDeep = depth >= LIMIT + (closing ? 1 : 0);
    depth = closing ? Math.max(0, depth - 1) : depth + 1;
    if (!tooDeep) continue;
    out.push(html.slice(kept, match.index));
    kept = tagEnd(html, match.index);
  }
  out.push(html.slice(kept));
  return out.join('');
}

function deepest(html: string): number {
  let depth = 0;
  let most = 0;
  for (const match of html.matchAll(TAG)) {
    if (VOID.has((match[2] ?? '').toLowerCase())) continue;
    depth = match[1] === '/' ? Math.max(0, depth - 1) : depth + 1;
    most = Math.max(most, depth);
  }
  return most;
}
