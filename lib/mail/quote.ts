import { isQuoted, quotedLines } from '#lib/mail/quote-line.ts';
import { quoteStart } from '#lib/mail/quote-start.ts';

/**
 * Parts what the writer wrote from what the mail client added. `quotedFrom` is the offset in `text` from which everything to
 * the end is quotation (null: none); `own` has neither that tail nor `>` lines in between. Linear; the text isn't changed.
 */
export function splitQuote(text: string): { own: string; quotedFrom: number | null } {
  const quotedFrom = quoteStart(text);
  const head = quotedFrom === null ? text : text.slice(0, quotedFrom);
  const lines = head.split('\n');
  const quoted = quotedLines(lines);
  const own = lines
    .filter((_, i) => !quoted[i])
    .join('\n')
    .trim();
  return { own, quotedFrom };
}

/** One line for a list: the writer's own words without quotes or runs of white space, at most `max` characters. */
export function snippet(text: string, max = 120): string {
  const start = text.slice(0, 20_000);
  const line = (splitQuote(start).own || start).replace(/[\s\u3000]+/g, ' ').trim();
  const characters = Array.from(line.slice(0, max * 2 + 2));
  return characters.length <= max ? line : `${characters.slice(0, max - 1).join('')}…`;
}

/** The customer's text quoted under an answer: one attribution line, then `> ` before each line. */
export function quoteForReply(text: string, by: { name: string; date: string }): string {
  const lines = text.trimEnd().split('\n');
  const quoted = lines.map((line) => (isQuoted(line) ? `>${line}` : line === '' ? '>' : `> ${line}`));
  return `${by.date} ${by.name}:\n${quoted.join('\n')}`;
}
