import iconv from 'iconv-lite';
import { decodeCp932 } from '#lib/mail/charset/cp932.ts';
import { asUtf8, type Guess, guessJapanese, isAscii, japaneseScore } from '#lib/mail/charset/detect.ts';
import type { Dialect } from '#lib/mail/charset/dialect.ts';
import { decodeIso2022Jp, hasJapaneseEscape } from '#lib/mail/charset/iso2022jp.ts';
import { canonicalCharset } from '#lib/mail/charset/label.ts';
import { restoreStrippedEscapes } from '#lib/mail/charset/stripped-escapes.ts';

/** Text and the charset that was really used to read it. */
export type Decoded = { text: string; charset: string };

/**
 * Reads the bytes of one text (a body part, a raw header, the joined encoded-words of a header). The label is believed unless
 * the bytes disprove it: escape sequences under any Japanese or 7-bit label, UTF-8 under another name, Japanese under Latin-1.
 * Order: escape sequence, label, UTF-8, the mail's `dialect`, CP932 or EUC-JP by score, Windows-1252. Never throws.
 */
export function decodeText(bytes: Uint8Array, label: string | null, dialect: Dialect | null = null): Decoded {
  return read(bytes, canonicalCharset(label), dialect);
}

/** Reads the bytes in exactly this charset: what 「文字コードを変えて表示」 asks for. An unknown name falls back to sniffing. */
export function decodeAs(bytes: Uint8Array, charset: string): Decoded {
  const name = canonicalCharset(charset);
  if (name === 'iso-2022-jp') return { text: decodeIso2022Jp(bytes), charset: name };
  if (!name || !iconv.encodingExists(name)) return decodeText(bytes, null);
  const text = name === 'cp932' ? decodeCp932(bytes) : iconv.decode(buffer(bytes), name);
  return { text, charset: name };
}

function read(bytes: Uint8Array, label: string | null, dialect: Dialect | null): Decoded {
  if (mayHoldEscapes(label) && hasJapaneseEscape(bytes)) return readEscaped(bytes, label);
  if (isAscii(bytes) && !WIDE.has(label ?? '')) {
    const text = buffer(bytes).toString('latin1');
    if (label === 'iso-2022-jp') return { text: restoreStrippedEscapes(text), charset: label };
    return { text: label === 'utf-7' ? iconv.decode(buffer(bytes), 'utf-7') : text, charset: label ?? 'us-ascii' };
  }
  if (label === null || label === 'us-ascii' || label === 'utf-7') return sniff(bytes, dialect);
  if (label === 'utf-8') return asLabelledUtf8(bytes);
  if (label === 'iso-2022-jp') {
    const utf8 = asUtf8(bytes);
    if (utf8 !== null) return { text: utf8, charset: 'utf-8' };
    const best = guessJapanese(bytes)[0];
    return best && best.score > 0.5
      ? { text: best.text, charset: best.charset }
      : { text: decodeIso2022Jp(bytes), charset: label };
  }
  if (!iconv.encodingExists(label)) return sniff(bytes, dialect);
  if (label === 'cp932' || label === 'eucjp') return asLabelledJapanese(bytes, label);
  return label === 'windows-1252' ? asLabelledLatin(bytes) : asLabelledForeign(bytes, label);
}

/** Charsets in which ASCII bytes don't mean ASCII characters. */
const WIDE = new Set([
  'utf-16',
  'utf-16le',
  'utf-16be',
  'ucs-2',
  'utf-32',
  'utf-32le',
  'utf-32be',
  'hz-gb-2312',
  'iso-2022-kr',
  'iso-2022-cn',
]);

function mayHoldEscapes(label: string | null): boolean {
  return !label || !WIDE.has(label);
}

/** Text with escapes; where UTF-8 or CP932 lines stand between them (a relay's footer), each line is read for itself. */
function readEscaped(bytes: Uint8Array, label: string | null): Decoded {
  if (isAscii(bytes)) return { text: decodeIso2022Jp(bytes), charset: 'iso-2022-jp' };
  const lines: string[] = [];
  for (let start = 0; start < bytes.length; ) {
    const end = bytes.indexOf(0x0a, start);
    const line = bytes.subarray(start, end < 0 ? bytes.length : end + 1);
    start += line.length;
    if (hasJapaneseEscape(line) || isAscii(line)) lines.push(decodeIso2022Jp(line));
    else lines.push(label === 'iso-2022-jp' && asUtf8(line) === null ? decodeIso2022Jp(line) : sniff(line).text);
  }
  return { text: lines.join(''), charset: 'iso-2022-jp' };
}

/** Scripts that short text of CP932 seems to be in when it happens to be valid UTF-8: 﨑山 looks as 핎R. */
const FOREIGN = /[\u0590-\u1fff\uac00-\ud7a3]/;
const isOdd = (utf8: string): boolean => FOREIGN.test(utf8) || japaneseScore(utf8) < 0;

function sniff(bytes: Uint8Array, dialect: Dialect | null = null): Decoded {
  const utf8 = asUtf8(bytes);
  if (utf8 !== null && (dialect === null || !isOdd(utf8))) return { text: utf8, charset: 'utf-8' };
  const guesses = guessJapanese(bytes);
  const best = guesses[0];
  const whole = (guess: Guess | undefined) => guess && !guess.text.includes('\uFFFD');
  const likely = guesses.find((guess) => guess.charset === dialect);
  // Short text is read as the rest of the mail, unless that makes half-width kana of good prose.
  const better = best && likely && best.score > 0.7 && likely.score < 0.4;
  if (likely && whole(likely) && !better && (utf8 === null || likely.score > 0.3)) return readAs(likely);
  if (utf8 !== null) return { text: utf8, charset: 'utf-8' };
  const lenient = iconv.decode(buffer(bytes), 'utf-8');
  const characters = charactersOf(lenient);
  if (characters.whole > characters.broken * 3) return { text: lenient, charset: 'utf-8' };
  if (best && best.score > 0.3) return readAs(best);
  const latin = iconv.decode(buffer(bytes), 'windows-1252');
  // Bytes that Windows-1252 doesn't know are no Latin text.
  if (best && whole(best) && /[\x80-\x9f\uFFFD]/.test(latin)) return readAs(best);
  return { text: latin, charset: 'windows-1252' };
}

const readAs = ({ text, charset }: Guess): Decoded => ({ text, charset });

/** UTF-8 with damage here and there stays UTF-8; something else under its name is read as what it is. */
function asLabelledUtf8(bytes: Uint8Array): Decoded {
  const valid = asUtf8(bytes);
  if (valid !== null) return { text: valid, charset: 'utf-8' };
  const lenient = iconv.decode(buffer(bytes), 'utf-8');
  const { whole, broken } = charactersOf(lenient);
  if (whole > 0 && whole >= broken) return { text: lenient, charset: 'utf-8' };
  const best = guessJapanese(bytes)[0];
  if (best && best.score > 0.3 && best.score > japaneseScore(lenient))
    return { text: best.text, charset: best.charset };
  // Not one character of UTF-8 in it: Latin-1 under its name.
  if (whole === 0) return { text: iconv.decode(buffer(bytes), 'windows-1252'), charset: 'windows-1252' };
  return { text: lenient, charset: 'utf-8' };
}

/** Characters beyond ASCII that could be read, and places that couldn't, in the first 64,000 characters. */
function charactersOf(text: string): { whole: number; broken: number } {
  const beyond = text.slice(0, 64_000).match(/[^\0-\x7f]/gu) ?? [];
  const broken = beyond.filter((c) => c === '\uFFFD').length;
  return { whole: beyond.length - broken, broken };
}

function asLabelledJapanese(bytes: Uint8Array, label: string): Decoded {
  const utf8 = asUtf8(bytes);
  if (utf8 !== null && japaneseScore(utf8) > 0.5) return { text: utf8, charset: 'utf-8' };
  const guesses = guessJapanese(bytes);
  const labelled = guesses.find((g) => g.charset === label);
  const best = guesses[0];
  if (labelled && best && labelled.score < 0 && best.score > 0.5) return { text: best.text, charset: best.charset };
  return { text: labelled?.text ?? '', charset: label };
}

/** Other charsets: believed unless the bytes are whole UTF-8 or don't fit. */
function asLabelledForeign(bytes: Uint8Array, label: string): Decoded {
  const text = iconv.decode(buffer(bytes), label);
  const damaged = text.includes('\uFFFD');
  const utf8 = asUtf8(bytes);
  if (utf8 !== null && (damaged || japaneseScore(utf8) > 0.5)) return { text: utf8, charset: 'utf-8' };
  const best = damaged ? guessJapanese(bytes)[0] : undefined;
  return best && best.score > 0.7 ? { text: best.text, charset: best.charset } : { text, charset: label };
}

/** Latin-1 is what broken mailers write when they don't know: Japanese under it must show kana to be believed. */
function asLabelledLatin(bytes: Uint8Array): Decoded {
  const utf8 = asUtf8(bytes);
  if (utf8 !== null) return { text: utf8, charset: 'utf-8' };
  const best = guessJapanese(bytes)[0];
  const kana = best ? (best.text.slice(0, 4000).match(/[\u3041-\u30ff]/g)?.length ?? 0) : 0;
  if (best && best.score > 0.5 && kana >= 2) return { text: best.text, charset: best.charset };
  return { text: iconv.decode(buffer(bytes), 'windows-1252'), charset: 'windows-1252' };
}

function buffer(bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
