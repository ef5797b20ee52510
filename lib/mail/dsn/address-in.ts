import { normaliseAddress } from '#lib/mail/address.ts';

/** Lenient: two dots, a dot before the @, quotes (old mobile addresses). ASCII, so that Japanese words before it stay out. */
const ADDRESS =
  /"[^"\s]{1,80}"@[\w.-]{3,200}|[\w.!#$%&'*+/=?^`{|}~-]{1,100}@(?:[\w-]{1,63}\.){1,8}[A-Za-z][\w-]{0,62}/g;
const LONGEST_LINE = 1000;

/** The addresses of a line in order, normalised. */
export function addressesIn(line: string): string[] {
  const found = line.slice(0, LONGEST_LINE).match(ADDRESS) ?? [];
  return found.map((address) => normaliseAddress(address.replace(/^(?:mailto:|rfc822;)/i, '')));
}

/** The address of a report's field: `rfc822; taro@example.jp`, `utf-8; 太郎@example.jp`, `rfc822;<taro@example.jp>`, without a type. */
export function addressOfField(field: string): string | null {
  const [ascii] = addressesIn(field.replace(/^[\w-]+\s*;/, ' '));
  if (ascii) return ascii;
  const text = field
    .replace(/^[\w-]+\s*;\s*/, '')
    .replace(/[<>]/g, '')
    .trim();
  return /^\S+@\S+$/.test(text) ? normaliseAddress(text) : null;
}
