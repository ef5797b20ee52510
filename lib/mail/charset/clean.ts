import { toNfc } from '#lib/mail/charset/nfc.ts';

// biome-ignore lint/suspicious/noControlCharactersInRegex: removing control characters is what this is for
const CONTROLS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufeff]/g;
const BIDI = /[\u202a-\u202e\u2066-\u2069\u200e\u200f]/g;

/** A body: LF line ends (bare CR too), no NUL (PostgreSQL refuses it) or other control characters, whole surrogates, NFC. */
export function cleanText(text: string): string {
  const lines = text.replace(/\r+\n?/g, '\n').replace(CONTROLS, '');
  return toNfc(lines.toWellFormed());
}

/** One line of a header: line ends and tabs are spaces, bidi controls go (they forge names), ends trimmed, NFC. */
export function cleanLine(text: string): string {
  const line = text
    .replace(/[\r\n\t\u2028\u2029]+/g, ' ')
    .replace(CONTROLS, '')
    .replace(BIDI, '');
  return toNfc(line.toWellFormed()).trim();
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
