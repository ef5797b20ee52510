import { type Address, normaliseAddress } from '#lib/mail/address.ts';
import type { ClassifyOptions } from '#lib/mail/classify/classify.ts';
import { replyToCustomer, typedAddress, typedName } from '#lib/mail/forms/customer.ts';
import { type FormPattern, hasSubject, isFormSender, type ReadField } from '#lib/mail/forms/pattern.ts';
import { readFields } from '#lib/mail/forms/read-fields.ts';
import { readUsualFields } from '#lib/mail/forms/usual.ts';
import type { ParsedMail } from '#lib/mail/parse.ts';

/** A form mail as it was read: by which pattern (null: by the usual labels), what was typed, and for whom. `customer` null: nobody can tell. */
export type FormReading = { patternId: string | null; customer: Address | null; fields: ReadField[] };

type Mail = Pick<ParsedMail, 'from' | 'replyTo' | 'subject' | 'text' | 'inReplyTo' | 'references'>;

/**
 * Whether a web form wrote this mail for a customer, as far as one can tell without a pattern: our own address with somebody
 * else in Reply-To or in a labelled field; or a no-reply sender whose body is a form's (three labelled fields or more).
 */
export function isFormMail(mail: Mail, options: ClassifyOptions, sender: string, noReply: boolean): boolean {
  const own = ownAddresses(options);
  const isOwn = own.has(sender);
  if (!isOwn && !noReply) return false;
  const { customer, fields } = readByUsualLabels(mail, own);
  return customer !== null && (isOwn || fields.length >= 3);
}

/** The mail as a form's, by its pattern, else by the usual labels; for a mail that is classified as a form already. */
export const readForm = (mail: Mail, options: ClassifyOptions): FormReading =>
  readByPattern(mail, options) ?? readByUsualLabels(mail, ownAddresses(options));

/**
 * The reading by the pattern of its sender: of several the first that finds the customer, else the first. Null: no pattern of
 * this sender and subject. A colleague's answer from our own address is no form, unless it has a form's fields.
 */
export function readByPattern(mail: Mail, options: ClassifyOptions): FormReading | null {
  const sender = mail.from?.address ?? '';
  const fits = (options.formPatterns ?? []).filter((p) => isFormSender(p, sender) && hasSubject(p, mail.subject));
  if (sender === '' || fits.length === 0) return null;
  const own = ownAddresses(options);
  const isAnswer = own.has(normaliseAddress(sender)) && mail.inReplyTo.length + mail.references.length > 0;
  const readings = fits
    .map((pattern) => readWith(pattern, mail, own))
    .filter(({ fields }) => fields.length > 0 || !isAnswer);
  return readings.find(({ customer }) => customer !== null) ?? readings[0] ?? null;
}

/** What one pattern reads in a mail. The address typed into a field wins over Reply-To, which some systems fill with their own. */
export function readWith(
  pattern: Pick<FormPattern, 'id' | 'fields' | 'sender'>,
  mail: Mail,
  own: ReadonlySet<string>,
): FormReading {
  const fields = readFields(mail.text, pattern.fields);
  const not = nobodyOf(mail, own);
  const typed = typedAddress(fields, not);
  const reply = replyToCustomer(mail, not);
  const customer = typed ?? reply;
  return { patternId: pattern.id, customer: customer && named(customer, fields, reply), fields };
}

function readByUsualLabels(mail: Mail, own: ReadonlySet<string>): FormReading {
  const fields = readUsualFields(mail.text);
  const not = nobodyOf(mail, own);
  const reply = replyToCustomer(mail, not);
  const customer = reply ?? typedAddress(fields, not);
  return { patternId: null, customer: customer && named(customer, fields, reply), fields };
}

// Addresses that are no customer's: ours, and the form's own.
const nobodyOf = (mail: Mail, own: ReadonlySet<string>): ReadonlySet<string> =>
  new Set([...own, normaliseAddress(mail.from?.address ?? '')]);

function named(customer: Address, fields: readonly ReadField[], reply: Address | null): Address {
  const same = reply !== null && normaliseAddress(reply.address) === normaliseAddress(customer.address);
  return { ...customer, name: typedName(fields) || customer.name || (same ? reply.name : '') };
}

const ownAddresses = ({ ownAddresses: own }: ClassifyOptions): ReadonlySet<string> =>
  new Set(own.map(normaliseAddress));
