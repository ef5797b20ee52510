/** Longest tag whose quoted attributes are honoured; an inline picture as data: may be longer and ends at the first `>`. */
const LONGEST = 20_000;

/**
 * The offset after the tag that opens at `open`: over `>` inside quoted attributes; a quote that never closes ends at the first
 * `>`, and without any `>` the source's end is meant.
 */
export function tagEnd(source: string, open: number): number {
  const limit = Math.min(source.length, open + LONGEST);
  let quote = '';
  for (let i = open + 1; i < limit; i++) {
    const c = source.charAt(i);
    if (quote) quote = c === quote ? '' : quote;
    else if ((c === '"' || c === "'") && source[i - 1] === '=') quote = c;
    else if (c === '>') return i + 1;
  }
  const end = source.indexOf('>', open);
  return end < 0 ? source.length : end + 1;
}
