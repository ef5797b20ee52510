import { normaliseAddress } from '#lib/mail/address.ts';

/** What a form asks for. `other` is shown beside the mail and means nothing to us. */
export const FORM_FIELDS = ['name', 'furigana', 'email', 'phone', 'order', 'subject', 'body', 'other'] as const;
export type FormFieldKind = (typeof FORM_FIELDS)[number];

/** One field of a form: the label as it stands in the mail, and whether its value may run over several lines. */
export type FormField = { field: FormFieldKind; label: string; lines: 'one' | 'many' };

/** How the mails of one form are read. `sender` is an address, or `@domain` for all of it; no words of subject fit any. */
export type FormPattern = { id: string; sender: string; subjectContains: string; fields: readonly FormField[] };

/** A field that was found: its value as it stands there, and in which lines of the text (counted from 0, `until` not included). */
export type ReadField = { field: FormFieldKind; label: string; value: string; line: number; until: number };

/** Is this address the form's? `@shop.example.jp` doesn't mean its subdomains. */
export function isFormSender(pattern: Pick<FormPattern, 'sender'>, address: string): boolean {
  const from = normaliseAddress(pattern.sender);
  const sender = normaliseAddress(address);
  return from.startsWith('@') ? sender.endsWith(from) : from === sender;
}

/** Does the subject hold the words asked for? Width, case and blanks don't count. */
export function hasSubject(pattern: Pick<FormPattern, 'subjectContains'>, subject: string): boolean {
  return plain(subject).includes(plain(pattern.subjectContains));
}

const plain = (text: string): string => text.slice(0, 2000).normalize('NFKC').toLowerCase().replace(/\s+/g, '');
