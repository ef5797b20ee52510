/** What can stand in a receipt's subject and text, in braces. */
export const PLACEHOLDERS = ['customer_name', 'case_number', 'mailbox_name', 'business_hours'] as const;
export type Placeholder = (typeof PLACEHOLDERS)[number];
export type Words = { customerName: string; caseNumber: number; mailboxName: string; businessHours: string };

const HONORIFIC = /[\s　]*(様|さま|さん|殿|御中)$/;
const COMPANY =
  /株式会社|有限会社|合同会社|合資会社|財団法人|社団法人|医療法人|学校法人|㈱|㈲|\(株\)|（株）|\b(Inc|Ltd|LLC|Corp)\b/;
/**
 * Longer names are no names; nor are those with an address in them, also one that mail programs make a link of by themselves
 * (evil.example): a receipt must not carry a stranger's words to others.
 */
const LONGEST_NAME = 40;
const NO_NAME = /[@<>{}\p{Cc}\u2028\u2029]|:\/\/|www\.|https?|[\p{L}\p{N}]{2}[.。](?:xn--|\p{L}{2})|[.。]\S{1,30}\//iu;

/**
 * The receipt's words with its placeholders filled. A name comes with its 様, whatever the template writes behind it, and
 * once: 「{customer_name} 様」 is 山田 太郎 様, 株式会社見本 ご担当者様, or お客様 where no name is known.
 */
export function fillIn(template: string, words: Words): string {
  return template
    .replace(/\{customer_name\}[ 　]{0,3}(?:様|さま|さん|殿|御中)?/g, () => addressee(words.customerName))
    .replace(/\{case_number\}/g, () => String(words.caseNumber))
    .replace(/\{mailbox_name\}/g, () => words.mailboxName)
    .replace(/\{business_hours\}/g, () => words.businessHours);
}

/** The braces in a template that mean nothing: they would go out as they stand. */
export const unknownPlaceholders = (template: string): string[] =>
  [...template.matchAll(/\{([^{}\n]{1,40})\}/g)]
    .map((match) => match[1] ?? '')
    .filter((name) => !PLACEHOLDERS.some((known) => known === name));

/** What stands as somebody's name in a mail, fit to be written to whoever has the address; '' where it is none. */
export function writtenName(written: string): string {
  const name = written.normalize('NFC').trim();
  return name.length > LONGEST_NAME || NO_NAME.test(name.normalize('NFKC')) ? '' : name;
}

function addressee(written: string): string {
  const name = writtenName(written).replace(HONORIFIC, '').trim();
  if (name === '') return 'お客様';
  const last = name.split(/[\s　]+/).at(-1) ?? '';
  return COMPANY.test(last) ? `${name} ご担当者様` : `${name} 様`;
}
