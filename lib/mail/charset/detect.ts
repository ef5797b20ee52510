import iconv from 'iconv-lite';
import { decodeCp932 } from '#lib/mail/charset/cp932.ts';

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: false });

/** Text if the bytes are valid UTF-8 (a character cut at the very end is allowed), otherwise null. */
export function asUtf8(bytes: Uint8Array): string | null {
  for (let cut = 0; cut <= 3 && cut <= bytes.length; cut++) {
    if (cut > 0 && (bytes[bytes.length - cut] ?? 0) < 0x80) return null;
    try {
      const text = utf8.decode(bytes.subarray(0, bytes.length - cut));
      // A cut is believed only after other characters of UTF-8: a lone byte at the end may be Latin-1's é.
      if (cut > 0 && !/[^\0-\x7f]/.test(text)) return null;
      return cut === 0 ? text : `${text}\uFFFD`;
    } catch {
      // tried again without the last byte
    }
  }
  return null;
}

export function isAscii(bytes: Uint8Array): boolean {
  for (const b of bytes) if (b >= 0x80) return false;
  return true;
}

/** A reading of 8-bit bytes and how Japanese it looks; higher is better, below zero is damage. */
export type Guess = { charset: string; text: string; score: number };

const SAMPLE = 64_000;

/**
 * Reads unlabelled 8-bit bytes as CP932 and as EUC-JP and scores both: broken characters and runs of half-width kana or
 * private use speak against, hiragana, katakana and common kanji for. Only the first 64 kB are scored.
 */
export function guessJapanese(bytes: Uint8Array): Guess[] {
  const sample = Buffer.from(bytes.subarray(0, SAMPLE));
  const whole = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return ['cp932', 'eucjp']
    .map((charset) => ({ charset, score: japaneseScore(read(sample, charset)) }))
    .sort((a, b) => b.score - a.score)
    .map(({ charset, score }) => ({ charset, score, text: read(whole, charset) }));
}

function read(bytes: Buffer, charset: string): string {
  return charset === 'cp932' ? decodeCp932(bytes) : iconv.decode(bytes, charset);
}

/** How Japanese a decoded text looks, per non-ASCII character: about 1 for prose, below 0 for a wrong charset. */
export function japaneseScore(text: string): number {
  let points = 0;
  let count = 0;
  for (const character of text) {
    const c = character.codePointAt(0) ?? 0;
    if (c < 0x80) continue;
    count += 1;
    if (c === 0xfffd) points -= 4;
    else if (c >= 0x3041 && c <= 0x30ff) points += 1.2;
    else if (c >= 0x3000 && c <= 0x303f) points += 1;
    else if (c >= 0x4e00 && c <= 0x9fff) points += 0.6;
    else if (c >= 0xff01 && c <= 0xff5e) points += 0.8;
    else if (c >= 0xff61 && c <= 0xff9f) points += 0.1;
    else if (c >= 0xe000 && c <= 0xf8ff) points -= 1.5;
    else if (c < 0xa0) points -= 2;
    else if (c >= 0x100000) points -= 0.2;
    else points += 0.2;
  }
  return count === 0 ? 0 : points / count;
}
