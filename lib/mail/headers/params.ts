import { decodeText } from '#lib/mail/charset/decode.ts';
import { asUtf8 } from '#lib/mail/charset/detect.ts';
import { decodeWords } from '#lib/mail/headers/words.ts';

/** A structured value such as Content-Type: the value in lower case and its parameters, decoded, names in lower case. */
export type Params = { value: string; params: Record<string, string> };

type Piece = { index: number; extended: boolean; text: string };

/**
 * Reads `value; name=value` (RFC 2045) with RFC 2231 continuations and charsets, encoded-words inside quotes and cut over
 * `filename*0`/`*1`, raw 8-bit values, and unquoted values with spaces. Pieces are joined as bytes before decoding.
 */
export function parseParams(header: string): Params {
  const [first = '', ...rest] = splitParams(withSemicolon(header.replace(BLANKS, ' ')));
  const pieces = new Map<string, Piece[]>();
  for (const part of rest.slice(0, 500)) {
    const equals = part.indexOf('=');
    if (equals < 1) continue;
    const key = /^([^*\s]+)(?:\*(\d{1,3}))?(\*)?$/.exec(part.slice(0, equals).trim().toLowerCase());
    if (!key?.[1]) continue;
    const list = pieces.get(key[1]) ?? [];
    list.push({
      index: key[2] === undefined ? -1 : Number(key[2]),
      extended: key[3] === '*',
      text: unquote(part.slice(equals + 1).trim()),
    });
    pieces.set(key[1], list);
  }
  const params: Record<string, string> = Object.create(null);
  for (const [name, list] of pieces) params[name] = joinPieces(list);
  return { value: first.trim().toLowerCase(), params };
}

/** More blanks than anybody means; patterns that look for a blank's end would try each of them. */
const BLANKS = /\s{50,}/g;

/** `attachment filename=x` and `filename=x` alone: the semicolon after the value, or the value itself, was forgotten. */
function withSemicolon(header: string): string {
  return header.replace(/^\s*([\w.+/-]*)\s*(?<![\w.+/-])(?=[\w-]{1,40}(?:\*\d{0,3}\*?)?\s?=)/, '$1;');
}

/** RFC 2231 pieces win over a plain value of the same name: senders write the plain one for old readers. */
function joinPieces(list: Piece[]): string {
  const numbered = list.filter((p) => p.index >= 0).sort((a, b) => a.index - b.index);
  const single = list.find((p) => p.index < 0 && p.extended);
  const chosen = numbered.length > 0 ? numbered : single ? [single] : list.slice(0, 1);
  if (!chosen.some((p) => p.extended)) return decodePercent(decodeWords(chosen.map((p) => p.text).join('')));
  let charset: string | null = null;
  const bytes = chosen.map((piece, i) => {
    let text = piece.text;
    const prefix = i === 0 && piece.extended ? /^([^']*)'[^']*'/.exec(text) : null;
    if (prefix) {
      charset = prefix[1] || null;
      text = text.slice(prefix[0].length);
    }
    return piece.extended ? fromPercent(text) : Buffer.from(text, 'utf8');
  });
  const decoded = decodeText(Buffer.concat(bytes), charset).text;
  return decoded.includes('=?') ? decodeWords(decoded) : decoded;
}

/** Web forms write `%E8%A6%8B.pdf` into a plain value. Believed where it spells whole characters beyond ASCII. */
function decodePercent(text: string): string {
  if (!/(?:%[0-9A-Fa-f]{2}){3}/.test(text)) return text;
  const decoded = asUtf8(fromPercent(text));
  return decoded !== null && !/^[\0-\x7f]*$/.test(decoded) && !decoded.includes('\uFFFD') ? decoded : text;
}

function fromPercent(text: string): Buffer {
  const bytes = Buffer.from(text, 'utf8').toString('latin1');
  return Buffer.from(
    bytes.replace(/%([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  );
}

function splitParams(header: string): string[] {
  const parts: string[] = [];
  let start = 0;
  let quoted = false;
  for (let i = 0; i < header.length; i++) {
    const c = header[i];
    if (c === '\\' && quoted) i += 1;
    else if (c === '"') quoted = !quoted;
    else if (c === ';' && !quoted) {
      parts.push(header.slice(start, i));
      start = i + 1;
    }
  }
  parts.push(header.slice(start));
  return parts;
}

function unquote(text: string): string {
  if (!text.startsWith('"')) return text.replace(/\s*\([^()]*\)\s*$/, '');
  const inner = text.slice(1).replace(/"[^"]*$/, '');
  return inner.replace(/\\(["\\])/g, '$1');
}
