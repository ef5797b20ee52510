import { domainToASCII } from 'node:url';
import type { Carrier } from '#lib/mail/charset/carrier-emoji.ts';
import { cleanLine } from '#lib/mail/charset/clean.ts';
import { splitAddressItems } from '#lib/mail/headers/address-items.ts';
import { decodeWords } from '#lib/mail/headers/words.ts';

/** A mail address as people see it: the display name (may be empty) and the bare address without angle brackets. */
export type Address = { name: string; address: string };

/**
 * Reads an address header (RFC 5322 3.4, leniently) or what a person typed into a To field.
 * Structure first, encoded-words after, so a comma inside an encoded name never splits it. Old mobile addresses
 * (`a..b@docomo.ne.jp`, a dot before the @) are kept as they are. Groups give their members. `carrier` is the sender's,
 * for emoji in names. Linear time; never throws.
 */
export function parseAddressList(raw: string, carrier: Carrier | null = null): Address[] {
  return splitAddressItems(raw).map(({ phrase, address }) => {
    const name = cleanLine(decodeWords(phrase), carrier);
    const decoded = cleanLine(decodeWords(address));
    const bare = unquoteLocal(decoded.startsWith('"') ? decoded : decoded.replace(/\s+/g, ''));
    if (bare === '') return encodedWhole(name);
    return { name: name.replace(/^'(.*)'$/, '$1').toLowerCase() === bare.toLowerCase() ? '' : name, address: bare };
  });
}

/** Some mailers encode `name <address>` as a whole: what was a name then holds the address. */
function encodedWhole(name: string): Address {
  const inner =
    /^(.{0,500}?)<([^\s<>]{1,320}@[^\s<>]{1,320})>$/.exec(name) ?? /^()([^\s<>@]{1,320}@[^\s<>@]{1,320})$/.exec(name);
  if (!inner) return { name, address: '' };
  return { name: (inner[1] ?? '').trim().replace(/^"(.*)"$/, '$1'), address: inner[2] ?? '' };
}

/** The key by which two spellings of an address are the same: trimmed, lower case, domain in NFKC without a final dot. */
export function normaliseAddress(address: string): string {
  const bare = unquoteLocal(address.trim().replace(/^<|>$/g, ''));
  const at = bare.lastIndexOf('@');
  if (at < 0) return bare.toLowerCase();
  const domain = bare
    .slice(at + 1)
    .normalize('NFKC')
    .replace(/\.$/, '');
  return `${bare.slice(0, at)}@${domain}`.toLowerCase();
}

/** The address as SMTP and headers want it: a local part that isn't a dot-atom is quoted (`"a..b"@docomo.ne.jp`). */
export function sendableAddress(address: string): string {
  const at = address.lastIndexOf('@');
  if (at < 0) return address;
  const local = address.slice(0, at);
  const domain = asciiDomain(address.slice(at + 1));
  if (/^[^\s"(),:;<>@[\\\].]+(\.[^\s"(),:;<>@[\\\].]+)*$/.test(local) || /^".*"$/.test(local))
    return `${local}@${domain}`;
  return `"${local.replace(/[\\"]/g, '\\$&')}"@${domain}`;
}

// A domain in other letters goes by its ASCII form (RFC 5891); what has none stays as it was, for the server to refuse.
const asciiDomain = (domain: string): string =>
  /^[\x21-\x7e]*$/.test(domain) ? domain : domainToASCII(domain) || domain;

/** `name <address>` for a header or a person; the name is quoted where it holds special characters, never encoded. */
export function formatAddress(a: Address): string {
  const address = sendableAddress(a.address);
  if (!a.name) return address;
  const name = /[()<>[\]:;@\\,."]/.test(a.name) ? `"${a.name.replace(/[\\"]/g, '\\$&')}"` : a.name;
  return `${name} <${address}>`;
}

/** Whether it could be an address at all: something, an @, a domain. Never stricter: strict checks lose customers. */
export function looksLikeAddress(text: string): boolean {
  return /^[^\s@<>]+@[^\s@<>]+\.[^\s@<>.]+$/.test(unquoteLocal(text.trim())) && text.length <= 320;
}

function unquoteLocal(address: string): string {
  const match = /^"((?:[^"\\]|\\.)*)"(@.*)$/s.exec(address);
  return match ? `${match[1]?.replace(/\\(.)/g, '$1')}${match[2]}` : address;
}
