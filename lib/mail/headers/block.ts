import { decodeAs, decodeText } from '#lib/mail/charset/decode.ts';
import { asUtf8, guessJapanese, isAscii } from '#lib/mail/charset/detect.ts';
import type { Dialect } from '#lib/mail/charset/dialect.ts';
import { restoreStrippedEscapes } from '#lib/mail/charset/stripped-escapes.ts';

/** One header field: name in lower case, value unfolded with raw 8-bit and escape sequences read, encoded-words untouched. */
export type Header = [name: string, value: string];

/** How raw bytes without a label are read: in the charset a person asked for, or as what the mail's other text is in. */
export type RawText = { charset?: string; dialect?: Dialect | null };

const MAX_FIELDS = 5000;

/**
 * Splits a header block (bytes as latin1 text, any line ends) into fields in order. Lines that are no field are passed over:
 * an mbox `From ` line, a stray body line. Time is linear in the size.
 */
export function parseHeaderBlock(block: string, as: RawText = {}): Header[] {
  const fields: [string, string[]][] = [];
  for (const line of block.split(/\r\n|\n|\r/)) {
    if (line.startsWith(' ') || line.startsWith('\t')) {
      fields.at(-1)?.[1].push(line);
      continue;
    }
    const colon = line.indexOf(':');
    if (colon < 1 || fields.length >= MAX_FIELDS) continue;
    const name = line.slice(0, colon).trimEnd().toLowerCase();
    if (/^[!-9;-~]+$/.test(name)) fields.push([name, [line.slice(colon + 1)]]);
  }
  return fields.map(([name, lines]) => [name, readValue(unfolded(lines), as)]);
}

/** The first value of a field, or null. */
export function headerOf(headers: readonly Header[], name: string): string | null {
  return headers.find(([key]) => key === name)?.[1] ?? null;
}

/** Every value of a field, in order. */
export function headersOf(headers: readonly Header[], name: string): string[] {
  return headers.filter(([key]) => key === name).map(([, value]) => value);
}

// Mailers that send raw text fold it by bytes, inside a character too: then the blank of the fold isn't part of it.
function unfolded(lines: readonly string[]): string {
  const whole = lines.join('');
  if (lines.length === 1 || lines.length > 200 || !/[\x80-\xff]/.test(whole)) return whole;
  return lines.reduce((text, line) => text + (cutsCharacter(text, line) ? line.trimStart() : line), '');
}

function cutsCharacter(before: string, after: string): boolean {
  const last = before.slice(Math.max(before.lastIndexOf(' '), before.lastIndexOf('\t')) + 1).slice(-1000);
  const next = after.trimStart().split(/[ \t]/, 1)[0] ?? '';
  const [head, joined] = [Buffer.from(last, 'latin1'), Buffer.from(last + next.slice(0, 1000), 'latin1')];
  if (isAscii(head) || asUtf8(head)?.includes('\uFFFD') === false) return false;
  if (asUtf8(joined)?.includes('\uFFFD') === false) return true;
  const [apart] = guessJapanese(head);
  const [together] = guessJapanese(joined);
  return Boolean(apart && together && apart.text.includes('\uFFFD') && !together.text.includes('\uFFFD'));
}

function readValue(latin1: string, { charset, dialect }: RawText): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: ESC and 8-bit bytes are what is looked for
  const plain = !/[\x1b\x80-\xff]/.test(latin1);
  const bytes = Buffer.from(latin1, 'latin1');
  const text = plain
    ? restoreStrippedEscapes(latin1, true)
    : charset
      ? decodeAs(bytes, charset).text
      : decodeText(bytes, null, dialect).text;
  const labelled = charset ? text.replace(DOUBTFUL, `=?${charset}`) : text;
  return labelled.replaceAll('\0', '').toWellFormed().trim();
}

// Encoded-words under a name that says nothing, or under Latin-1, which mailers write that don't know: a person who asks for
// another charset means them too. What names a real charset keeps it.
const DOUBTFUL =
  /=\?(?:us-ascii|ascii|ansi_x3\.4-1968|iso-8859-1|latin1|windows-1252|cp1252|unknown(?:-8bit)?|x-unknown|default)(?=\?[bq]\?)/gi;
