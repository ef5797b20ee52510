import type { Address } from '#lib/mail/address.ts';

/** A local part may have 64 octets (RFC 5321 4.5.3.1.1). */
const LONGEST_LOCAL = 64;
const TOKEN = /\+(c[0-9]{1,10}-[a-z2-7]{16})@/i;

/** `shop+token@example.jp`, or null where it would be too long for any server. */
export function plusAddress(address: string, token: string): string | null {
  const at = address.lastIndexOf('@');
  const local = `${address.slice(0, at)}+${token}`;
  return at > 0 && local.length <= LONGEST_LOCAL ? `${local}${address.slice(at)}` : null;
}

/** The token an address of ours carries, in small letters (relays change them), or null. */
export const tokenOf = (address: string): string | null => TOKEN.exec(address)?.[1]?.toLowerCase() ?? null;

/** The address without the token: ours again, whoever wrote to it. */
export const withoutToken = (address: string): string => address.replace(TOKEN, '@');

const DELIVERED_TO = new Set(['delivered-to', 'x-original-to', 'envelope-to', 'x-envelope-to', 'x-delivered-to']);

/** Every token a mail was sent to: by its To and Cc, and by where its servers delivered it. */
export function tokensIn(mail: { to: Address[]; cc: Address[]; headers: readonly [string, string][] }): string[] {
  const delivered = mail.headers.filter(([name]) => DELIVERED_TO.has(name)).map(([, value]) => value.slice(0, 500));
  const addresses = [...mail.to, ...mail.cc].slice(0, 500).map((a) => a.address);
  return [...new Set([...addresses, ...delivered].map(tokenOf).filter((token) => token !== null))].slice(0, 5);
}
