import { type Address, sendableAddress } from '#lib/mail/address.ts';
import { encodedWords, isPlain, type OutCharset } from '#lib/mail/compose/words.ts';

/** RFC 5322 2.1.1: a line should have no more than 78 characters and must have no more than 998. */
const LINE = 76;
const LONGEST_WORD = 60;

/** One folded header field, without its last CRLF. Tokens hold no line breaks and are never cut. */
export function field(name: string, tokens: readonly string[]): string {
  const lines = [`${name}:`];
  for (const token of tokens) {
    const line = lines[lines.length - 1] ?? '';
    // The field's name never stands alone on a line: some old readers take that for an empty field.
    if (line.length + 1 + token.length <= LINE || line === `${name}:`) lines[lines.length - 1] = `${line} ${token}`;
    else lines.push(` ${token}`);
  }
  return lines.join('\r\n');
}

/** A text field (Subject): plain where it is short ASCII, else encoded-words. */
export function textField(name: string, text: string, charset: OutCharset): string {
  const line = oneLine(text).trim();
  const words = line.split(' ');
  // Two blanks in a row would not survive folding as plain words.
  const plain = isPlain(line) && words.every((word) => word.length > 0 && word.length <= LONGEST_WORD);
  return field(name, plain || line === '' ? words : encodedWords(line, charset, name.length + 2));
}

/** An address field (From, To, Cc, Reply-To): names quoted or encoded, odd local parts quoted, one address a token. */
export function addressField(name: string, addresses: readonly Address[], charset: OutCharset): string {
  const tokens = addresses.flatMap((address, index) => {
    const own = addressTokens(address, charset, index === 0 ? name.length + 2 : 1);
    return index < addresses.length - 1 ? [...own.slice(0, -1), `${own.at(-1)},`] : own;
  });
  return field(name, tokens);
}

function addressTokens({ name, address }: Address, charset: OutCharset, indent: number): string[] {
  const sendable = sendableAddress(oneLine(address).trim());
  const shown = oneLine(name).trim();
  if (shown === '') return [sendable];
  return [...phrase(shown, charset, indent), `<${sendable}>`];
}

function phrase(name: string, charset: OutCharset, indent: number): string[] {
  if (!isPlain(name) || name.length > LONGEST_WORD) return encodedWords(name, charset, indent);
  if (/^[\w!#$%&'*+\-/=?^`{|}~]+( [\w!#$%&'*+\-/=?^`{|}~]+)*$/.test(name)) return name.split(' ');
  return [`"${name.replace(/[\\"]/g, '\\$&')}"`];
}

/** A field of ids (Message-ID, In-Reply-To, References). Damaged ids, and those too long for a line, are left out. */
export function idField(name: string, ids: readonly string[]): string | null {
  const good = ids.filter((id) => /^<[\x21-\x7e]{3,900}>$/.test(id));
  return good.length === 0 ? null : field(name, good);
}

/** No line break, NUL or other control character gets into a header: nobody smuggles in a field of their own. */
export const oneLine = (text: string): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: exactly these are what is taken out
  text.replace(/[\u0000-\u001f\u007f\u0085\u2028\u2029]+/g, ' ');
