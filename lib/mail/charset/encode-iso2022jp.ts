import { jis0208 } from '#lib/mail/charset/jis0208.ts';

const TO_KANJI = [0x1b, 0x24, 0x42];
const TO_ASCII = [0x1b, 0x28, 0x42];

/**
 * A text in ISO-2022-JP (RFC 1468): every line begins and ends in ASCII, so that a line lost or cut harms no other. Null where
 * a character doesn't fit (unfitIn says which): nothing is ever left out or replaced here.
 */
export function encodeIso2022Jp(text: string): Buffer | null {
  const bytes: number[] = [];
  let kanji = false;
  const table = jis0208();
  for (const character of text.normalize('NFC')) {
    const code = character.codePointAt(0) ?? 0;
    const pair = code < 0x80 ? undefined : table.get(character);
    if (code >= 0x80 && pair === undefined) return null;
    if ((pair !== undefined) !== kanji) {
      kanji = !kanji;
      bytes.push(...(kanji ? TO_KANJI : TO_ASCII));
    }
    if (pair === undefined) bytes.push(code);
    else bytes.push(pair >> 8, pair & 0xff);
  }
  if (kanji) bytes.push(...TO_ASCII);
  return Buffer.from(bytes);
}
