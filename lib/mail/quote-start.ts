import { attributionStart } from '#lib/mail/quote-attribution.ts';
import { blockStart } from '#lib/mail/quote-block.ts';
import { quotedLines } from '#lib/mail/quote-line.ts';

const SENT_FROM = /^\s*(?:.{1,40}から送信|sent from (?:my )?.{1,40}|get outlook for .{1,20})\s*$/i;
const LONGEST_SIGNATURE = 12;

/**
 * Offset of the quotation that runs to the end of the text, with the line that announces it, or null. Styles: `>` and `＞` lines,
 * attribution lines in Japanese, English and a few other languages, `-----Original Message-----` and Outlook's 差出人/送信日時/件名
 * block. A quote with own words after it isn't folded: the writer answered between the lines. Neither is a forwarded mail without
 * own words: it is what there is to read. Linear.
 */
export function quoteStart(text: string): number | null {
  const lines = text.split('\n');
  const block = blockStart(lines);
  const head = block === null ? lines : lines.slice(0, block);
  const tail = tailStart(head);
  if (tail !== null) return offsetOf(lines, tail);
  return block !== null && head.some((line) => line.trim() !== '') ? offsetOf(lines, block) : null;
}

/** First line of a run of quoted and blank lines that reaches the end (but for a signature), with the attribution above it. */
function tailStart(lines: readonly string[]): number | null {
  const quoted = quotedLines(lines);
  let i = endBeforeSignature(lines, quoted);
  let first: number | null = null;
  while (i > 0) {
    if (quoted[i - 1]) first = i - 1;
    else if ((lines[i - 1] ?? '').trim() !== '') break;
    i -= 1;
  }
  if (first === null) return null;
  let above = first - 1;
  while (above >= 0 && first - above <= 3 && (lines[above] ?? '').trim() === '') above -= 1;
  return (above >= 0 ? attributionStart(lines, above) : null) ?? first;
}

/** A signature below the quotation is no answer: the tail ends above it. */
function endBeforeSignature(lines: readonly string[], quoted: readonly boolean[]): number {
  let end = lines.length;
  while (end > 0 && (lines[end - 1] ?? '').trim() === '') end -= 1;
  if (SENT_FROM.test((lines[end - 1] ?? '').slice(0, 100))) return end - 1;
  for (let i = end - 1; i >= 0 && i >= end - LONGEST_SIGNATURE && !quoted[i]; i--) {
    if (/^-- ?$/.test(lines[i] ?? '')) return i;
  }
  return lines.length;
}

function offsetOf(lines: readonly string[], line: number): number {
  let offset = 0;
  for (let i = 0; i < line; i++) offset += (lines[i] ?? '').length + 1;
  return offset;
}
