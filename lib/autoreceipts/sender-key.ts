import { normaliseAddress } from '#lib/mail/address.ts';

/** The sender as one a day is counted: case and what stands behind a plus make nobody somebody else. */
export function senderKey(address: string): string {
  const plain = normaliseAddress(address);
  const at = plain.lastIndexOf('@');
  const plus = plain.indexOf('+');
  return plus > 0 && plus < at ? plain.slice(0, plus) + plain.slice(at) : plain;
}

/** The local date of an instant, `2026-11-22`. */
export const localDay = (at: Date, zone: string): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(at);
