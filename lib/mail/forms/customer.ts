import { type Address, looksLikeAddress, normaliseAddress, parseAddressList } from '#lib/mail/address.ts';
import { NO_REPLY, ROBOT } from '#lib/mail/classify/senders.ts';
import type { FormFieldKind, ReadField } from '#lib/mail/forms/pattern.ts';
import type { ParsedMail } from '#lib/mail/parse.ts';

/** Does the address, in any case, belong to a machine by its name alone? */
export function isMachineAddress(address: string): boolean {
  const lower = address.trim().toLowerCase();
  return ROBOT.test(lower) || NO_REPLY.test(lower);
}

type Mail = Pick<ParsedMail, 'replyTo'>;

/**
 * The address somebody typed into the form, with a name where one stands beside it; full-width letters are taken for what they
 * mean. Null: none, or one of `not`.
 */
export function typedAddress(fields: readonly ReadField[], not: ReadonlySet<string>): Address | null {
  for (const { field, value } of fields) {
    if (field !== 'email') continue;
    const plain = value.normalize('NFKC').replace(/\bmailto:/gi, ' ');
    const found = [...parseAddressList(plain), ...addressesIn(plain).map((address) => ({ name: '', address }))];
    const address = found.find((one) => looksLikeAddress(one.address) && !not.has(normaliseAddress(one.address)));
    if (address) return address;
  }
  return null;
}

/** Who an answer would go to by Reply-To: nobody where it is ours (`not`) or a machine's. */
export function replyToCustomer({ replyTo }: Mail, not: ReadonlySet<string>): Address | null {
  const usable = ({ address }: Address): boolean =>
    looksLikeAddress(address) && !not.has(normaliseAddress(address)) && !isMachineAddress(address);
  return replyTo.find(usable) ?? null;
}

/** All values of one kind in their order: 姓 and 名 are two fields and one name. */
export const valueOfKind = (fields: readonly ReadField[], kind: FormFieldKind): string =>
  fields
    .filter(({ field }) => field === kind)
    .map(({ value }) => value.split('\n', 1)[0]?.trim() ?? '')
    .join(' ')
    .slice(0, 100)
    .trim();

/** The customer's name as it was typed, without 様. */
export const typedName = (fields: readonly ReadField[]): string =>
  valueOfKind(fields, 'name')
    .replace(/\s{0,3}(様|さま|殿)$/, '')
    .trim();

const addressesIn = (text: string): string[] =>
  text.slice(0, 1000).match(/[^\s<>()[\]"',;:、。]{1,64}@[^\s<>()[\]"',;:、。]{1,255}/g) ?? [];
