import { decodeText } from '#lib/mail/charset/decode.ts';
import { canonicalCharset } from '#lib/mail/charset/label.ts';

const WORD = /=\?([^?\s=]{1,60})\?([bBqQ])\?([^?]*(?:\?(?!=)[^?]*)*)\?=/g;

/** A word that was cut off with its header: some systems keep so many characters of a subject. */
const CUT_OFF = /=\?[^?\s=]{1,60}\?(?:[bB]\?[A-Za-z0-9+/]{4,}={0,2}|[qQ]\?[!->@-~]{4,})\??$/;
const WORDS_ALONE = /^(?:\s*=\?[^?\s=]{1,60}\?[bBqQ]\?[^?\s]*\?=)+\s*$/;

type Run = { charset: string; bytes: Buffer[] };

/**
 * Decodes the encoded-words of a header value (RFC 2047, leniently: also inside quotes and file names). Neighbours of one
 * charset are joined as bytes before decoding, so a character or escape state cut between two words survives.
 */
export function decodeWords(value: string): string {
  if (!value.includes('=?')) return value;
  const decoded = decodeOnce(completed(value));
  // Encoded twice, by a mailer and by the gateway behind it.
  return decoded.length < 2000 && WORDS_ALONE.test(decoded) ? decodeOnce(decoded) : decoded;
}

function completed(value: string): string {
  const end = value.slice(-1000).trimEnd();
  if (end.endsWith('?=') || !CUT_OFF.test(end)) return value;
  return `${value.trimEnd().replace(/\?$/, '')}?=`;
}

function decodeOnce(value: string): string {
  const out: string[] = [];
  let run: Run | null = null;
  let last = 0;
  const flush = () => {
    if (run) out.push(decodeText(Buffer.concat(run.bytes), run.charset).text);
    run = null;
  };
  for (const match of value.matchAll(WORD)) {
    const [whole, label = '', kind = '', text = ''] = match;
    const between = value.slice(last, match.index);
    const charset = canonicalCharset(label) ?? '';
    if (between.trim() !== '' || (run === null && between !== '')) {
      flush();
      out.push(between);
    }
    const bytes = kind.toLowerCase() === 'b' ? fromBase64(text) : fromQ(text);
    if (run !== null && (run as Run).charset === charset) (run as Run).bytes.push(bytes);
    else {
      flush();
      run = { charset, bytes: [bytes] };
    }
    last = match.index + whole.length;
  }
  flush();
  out.push(value.slice(last));
  return out.join('');
}

function fromBase64(text: string): Buffer {
  return Buffer.from(text.replace(/[^A-Za-z0-9+/_-]/g, ''), 'base64');
}

function fromQ(text: string): Buffer {
  const bytes = Buffer.from(text.replaceAll('_', ' '), 'utf8').toString('latin1');
  return Buffer.from(
    bytes.replace(/=([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  );
}
