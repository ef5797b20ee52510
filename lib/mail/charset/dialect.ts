import { asUtf8, guessJapanese } from '#lib/mail/charset/detect.ts';
import { canonicalCharset } from '#lib/mail/charset/label.ts';

/** The 8-bit charset of Japanese that a mail is written in as far as it doesn't say otherwise. */
export type Dialect = 'cp932' | 'eucjp';

const LABELS = /charset\s*=\s*"?([\w.:-]{1,40})|=\?([\w.:-]{1,40})[?*]/gi;
const LOOKED_AT = 64 * 1024;
/** Bytes of raw text that are compared. */
const SAMPLE = 8000;

/**
 * What unlabelled 8-bit bytes of this mail mean. A short name or subject (①②, ﾊﾝｶｸ) can't be told apart by itself; the mail's other
 * labels tell, or else all its raw lines together. Null where nothing speaks for Japanese, and for mail in ASCII or UTF-8.
 */
export function dialectOf(source: Buffer): Dialect | null {
  const text = source.toString('latin1', 0, LOOKED_AT);
  const first = text.search(/[\x80-\xff]/);
  if (first < 0) return null;
  for (const [, parameter, word] of text.matchAll(LABELS)) {
    const name = canonicalCharset(parameter ?? word ?? null);
    if (name === 'cp932' || name === 'eucjp') return name;
  }
  return byAllLines(text, first);
}

function byAllLines(text: string, first: number): Dialect | null {
  let sample = '';
  for (let at = text.lastIndexOf('\n', first) + 1; at < text.length && sample.length < SAMPLE; ) {
    const end = text.indexOf('\n', at);
    const line = text.slice(at, end < 0 ? text.length : end);
    at = end < 0 ? text.length : end + 1;
    if (/[\x80-\xff]/.test(line) && asUtf8(Buffer.from(line, 'latin1')) === null) sample += `${line}\n`;
  }
  const [best] = guessJapanese(Buffer.from(sample, 'latin1'));
  return best && best.score > 0.3 && !best.text.includes('\uFFFD') ? (best.charset as Dialect) : null;
}
