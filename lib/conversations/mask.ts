import { type Actor, holds } from '#lib/auth/actor.ts';
import type { AddressShape, ConversationShape, ListRow, TimelineItem } from '#lib/conversations/shapes.ts';

/**
 * `y***@example.jp`: enough to tell two customers apart, too little to write to them. Text without an @ stays. Looked for from the
 * beginning of a word only: Japanese writes without blanks, and from every letter on it would take seconds.
 */
export function maskAddress(text: string): string {
  return text.replace(/(?<![^\s@<>"])([^\s@<>"])[^\s@<>"]*@/g, '$1***@');
}

/**
 * The conversation as somebody without 個人情報の閲覧 (`pii.view`, domain.md 3) sees it: customers' addresses masked, also
 * where an address stands in for a name. Our own addresses stay; what people wrote in their mails isn't touched.
 */
export function maskedFor(actor: Actor, shape: ConversationShape): ConversationShape {
  if (holds(actor, 'pii.view')) return shape;
  const own = new Set(shape.mailbox.ownAddresses);
  const mask = (text: string) => (own.has(text.toLowerCase()) ? text : maskAddress(text));
  const one = ({ name, address }: AddressShape) => ({ name: mask(name), address: mask(address) });
  const { customer, replyDefaults } = shape;
  return {
    ...shape,
    customer: customer && { ...customer, name: mask(customer.name), addresses: customer.addresses.map(mask) },
    items: shape.items.map((item) => maskItem(item, mask, one)),
    replyDefaults: { ...replyDefaults, to: replyDefaults.to.map(one), cc: replyDefaults.cc.map(one) },
  };
}

function maskItem(
  item: TimelineItem,
  mask: (text: string) => string,
  one: (address: AddressShape) => AddressShape,
): TimelineItem {
  if (item.kind === 'event') return { ...item, params: { ...item.params, ...maskedWords(item.params.words) } };
  if (item.kind !== 'mail') return item;
  const { delivery } = item;
  return {
    ...item,
    form: item.form && { ...item.form, fields: item.form.fields.map((f) => ({ ...f, value: maskField(f, mask) })) },
    ...{ from: one(item.from), replyTo: item.replyTo && one(item.replyTo), to: item.to.map(one), cc: item.cc.map(one) },
    delivery: delivery && {
      ...delivery,
      words: delivery.words && maskAddress(delivery.words),
      recipients: delivery.recipients.map((r) => ({
        ...{ ...r, address: mask(r.address) },
        words: r.words && maskAddress(r.words),
      })),
    },
  };
}

// Servers name whom they refuse.
const maskedWords = (words: string | number | undefined): Record<string, string> =>
  typeof words === 'string' ? { words: maskAddress(words) } : {};

// Addresses as everywhere, also where they were typed full-width; of a telephone number no digit is shown. Whatever else was
// typed is the mail's text.
export function maskField({ field, value }: { field: string; value: string }, mask: (text: string) => string): string {
  if (field === 'phone') return value.replace(/\p{Nd}/gu, '*');
  return mask(field === 'email' ? value.normalize('NFKC') : value);
}

/** The same for a row of the list, where a customer without a name is shown by address. */
export const maskedRow = (actor: Actor, row: ListRow): ListRow =>
  holds(actor, 'pii.view') ? row : { ...row, customerName: maskAddress(row.customerName) };
