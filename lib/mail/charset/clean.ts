import { type Carrier, resolveCarrierEmoji } from '#lib/mail/charset/carrier-emoji.ts';
import { toNfc } from '#lib/mail/charset/nfc.ts';

// biome-ignore lint/suspicious/noControlCharactersInRegex: removing control characters is what this is for
const CONTROLS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufeff\ufffe\uffff]/g;
const BIDI = /[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]/g;
/** Other ways to end a line: NEL, and Unicode's own separators. */
const LINE_ENDS = /\r+\n?|[\u0085\u2028\u2029]/g;

/**
 * A body: LF line ends (bare CR too), no NUL (PostgreSQL refuses it) or other control characters, whole surrogates, emoji of the
 * sender's carrier as Unicode's, NFC.
 */
export function cleanText(text: string, carrier: Carrier | null = null): string {
  const lines = text.replace(LINE_ENDS, '\n').replace(CONTROLS, '');
  return toNfc(resolveCarrierEmoji(lines.toWellFormed(), carrier));
}

/** One line of a header: line ends and tabs are spaces, bidi controls go (they forge names), ends trimmed, NFC. */
export function cleanLine(text: string, carrier: Carrier | null = null): string {
  const line = text
    .replace(/[\r\n\t\u0085\u2028\u2029]+/g, ' ')
    .replace(CONTROLS, '')
    .replace(BIDI, '');
  return toNfc(resolveCarrierEmoji(line.toWellFormed(), carrier)).trim();
}

/** A file name without path, control or bidi characters and at most 200 characters, its extension kept. Empty stays empty. */
export function cleanFilename(name: string): string {
  const line = cleanLine(name)
    .replace(/^.*[\\/]/, '')
    .replace(/^\.+$/, '');
  const characters = Array.from(line);
  if (characters.length <= 200) return line;
  const extension = /\.[^.]{1,12}$/.exec(line)?.[0] ?? '';
  return characters.slice(0, 200 - extension.length).join('') + extension;
}
