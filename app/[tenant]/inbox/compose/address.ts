import type { AddressShape } from '#lib/conversations/shapes.ts';

// Not RFC 5321 in full: what a person means by an address, so that a slip is caught while it can still be seen.
const SHAPE = /^[^\s@<>(),;:"]+@[^\s@<>(),;:".]+(\.[^\s@<>(),;:".]+)+$/;

export const isAddress = (text: string): boolean => SHAPE.test(text) && text.length <= 254;

/** `名前 <a@example.jp>` or `a@example.jp`; full-width letters and ＠ as a Japanese keyboard leaves them are accepted. */
export function parseAddress(text: string): AddressShape | null {
  const plain = text.normalize('NFKC').trim();
  const named = /^(.*)<([^<>]+)>$/.exec(plain);
  const address = (named?.[2] ?? plain).trim();
  if (!isAddress(address)) return null;
  return { name: (named?.[1] ?? '').trim().replace(/^"(.*)"$/, '$1'), address };
}

/** Splits what was typed or pasted: commas, semicolons, 、 and line ends stand between addresses. */
export const splitAddresses = (text: string): string[] =>
  text
    .split(/[,;、，；\n\r\t]+/)
    .map((part) => part.trim())
    .filter((part) => part !== '');

/** Adds without doubling. */
export function addAddress(list: readonly AddressShape[], added: AddressShape): AddressShape[] {
  const key = added.address.toLowerCase();
  return list.some(({ address }) => address.toLowerCase() === key) ? [...list] : [...list, added];
}
