import { encodeIso2022Jp } from '#lib/mail/charset/encode-iso2022jp.ts';

export type OutCharset = 'utf-8' | 'iso-2022-jp';

/** RFC 2047 2: an encoded-word has at most 75 octets, and a line that holds one at most 76. */
const LONGEST_WORD = 75;

/**
 * A text as encoded-words of at most 75 octets each (B encoding); none cuts a character, and each returns to ASCII. What
 * ISO-2022-JP can't carry goes in UTF-8, for a name must not fail the mail. `indent`: octets before the first word.
 */
export function encodedWords(text: string, charset: OutCharset, indent = 0): string[] {
  const encode = charset === 'iso-2022-jp' && encodeIso2022Jp(text) ? encodeIso2022Jp : utf8;
  const start = `=?${encode === utf8 ? 'UTF-8' : 'ISO-2022-JP'}?B?`;
  const room = (first: boolean) => LONGEST_WORD - start.length - 2 - (first ? Math.max(0, indent - 1) : 0);
  const words: string[] = [];
  let chunk = '';
  for (const { segment } of new Intl.Segmenter('ja', { granularity: 'grapheme' }).segment(text)) {
    for (const piece of fitting(segment, encode, room(false))) {
      if (chunk !== '' && base64Length(encode(chunk + piece)) > room(words.length === 0)) {
        words.push(chunk);
        chunk = '';
      }
      chunk += piece;
    }
  }
  if (chunk !== '') words.push(chunk);
  return words.map((word) => `${start}${encode(word)?.toString('base64')}?=`);
}

type Encode = (text: string) => Buffer | null;
const utf8: Encode = (text) => Buffer.from(text.toWellFormed());

// A cluster longer than a whole word (a family of emoji, stacked marks) is cut between its code points, never inside one.
const fitting = (segment: string, encode: Encode, room: number): string[] =>
  base64Length(encode(segment)) <= room ? [segment] : [...segment];

const base64Length = (bytes: Buffer | null): number => 4 * Math.ceil((bytes?.length ?? 0) / 3);

/** Printable ASCII that no reader would take for an encoded-word. */
export const isPlain = (text: string): boolean => /^[\x20-\x7e]*$/.test(text) && !text.includes('=?');
