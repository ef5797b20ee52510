import Encoding from 'encoding-japanese';
import iconv from 'iconv-lite';

/** Bytes of a text in a charset of Japanese mail. */
export function bytesIn(charset, text) {
  if (charset === 'ISO-2022-JP')
    return Buffer.from(Encoding.convert(Encoding.stringToCode(text), { to: 'JIS', from: 'UNICODE' }));
  return charset === 'Shift_JIS' ? iconv.encode(text, 'cp932') : Buffer.from(text);
}

/** Base64 in lines of 76, as RFC 2045 wants it. */
export const base64 = (bytes) => bytes.toString('base64').replace(/.{76}(?=.)/g, '$&\n');

/** Quoted-printable with soft breaks before 76 characters. */
export function quotedPrintable(bytes) {
  const lines = [];
  let line = '';
  const put = (token) => {
    if (line.length + token.length > 75) {
      lines.push(`${line}=`);
      line = '';
    }
    line += token;
  };
  for (const [i, byte] of bytes.entries()) {
    if (byte === 10) {
      lines.push(line);
      line = '';
    } else if ((byte > 32 && byte < 127 && byte !== 61) || (byte === 32 && bytes[i + 1] !== 10))
      put(String.fromCharCode(byte));
    else put(`=${byte.toString(16).toUpperCase().padStart(2, '0')}`);
  }
  return [...lines, line].join('\n');
}

/** A header's text as encoded-words (RFC 2047) of at most ten characters, each whole in itself. */
export function encodedWords(text, charset) {
  if (/^[ -~]*$/.test(text)) return text;
  const characters = Array.from(text);
  const words = [];
  for (let i = 0; i < characters.length; i += 10) {
    const bytes = bytesIn(charset, characters.slice(i, i + 10).join(''));
    words.push(`=?${charset}?B?${bytes.toString('base64')}?=`);
  }
  return words.join('\n ');
}

const two = (n) => String(n).padStart(2, '0');
const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** RFC 5322 3.3, in Japan's time. */
export function mailDate(at) {
  const d = new Date(at + 9 * 3_600_000);
  const time = [d.getUTCHours(), d.getUTCMinutes(), d.getUTCSeconds()].map(two).join(':');
  return `${DAYS[d.getUTCDay()]}, ${d.getUTCDate()} ${MONTHS[d.getUTCMonth()]} ${d.getUTCFullYear()} ${time} +0900`;
}
