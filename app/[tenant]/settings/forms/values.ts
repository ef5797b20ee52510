import type { PatternInput } from '#lib/forms/input.ts';
import type { PatternRow } from '#lib/forms/list.ts';
import type { FormField, FormFieldKind } from '#lib/mail/forms/pattern.ts';

/** A row of the form: `key` only tells rows apart while they are typed. */
export type FieldRow = FormField & { key: number };
export type PatternForm = {
  name: string;
  sender: string;
  subjectContains: string;
  mailboxId: string;
  enabled: boolean;
  fields: FieldRow[];
};
export type Wrong = Partial<Record<'name' | 'sender' | 'mailboxId' | 'fields', string>>;

export const KINDS: readonly FormFieldKind[] = [
  ...(['name', 'furigana', 'email', 'phone', 'order', 'subject', 'body', 'other'] as const),
];

let keys = 0;
export const fieldRow = (field: FormField): FieldRow => {
  keys += 1;
  return { ...field, key: keys };
};

/** A new pattern asks for what nearly every form has; the labels are typed as they stand in the mail. */
export const valuesOf = (pattern: PatternRow | null): PatternForm => ({
  name: pattern?.name ?? '',
  sender: pattern?.sender ?? '',
  subjectContains: pattern?.subjectContains ?? '',
  mailboxId: pattern?.mailbox?.id ?? '',
  enabled: pattern?.enabled ?? true,
  fields: (pattern?.fields ?? NEW_FIELDS).map(fieldRow),
});

const NEW_FIELDS: FormField[] = [
  { field: 'name', label: '', lines: 'one' },
  { field: 'email', label: '', lines: 'one' },
  { field: 'body', label: '', lines: 'many' },
];

/** What is sent of the form; rows without a label are no fields. */
export const toInput = ({ fields, mailboxId, ...form }: PatternForm): PatternInput => ({
  ...form,
  mailboxId: mailboxId === '' ? null : mailboxId,
  fields: fields
    .filter(({ label }) => label.trim() !== '')
    .map(({ field, label, lines }) => ({ field, label: label.trim(), lines })),
});

/** Reasons (messages errors.*) by field, for what can be seen before anything is sent. */
export function wrongIn(form: PatternForm): Wrong {
  const wrong: Wrong = {};
  if (form.name.trim() === '') wrong.name = 'required';
  if (form.sender.trim() === '') wrong.sender = 'required';
  else if (!isSender(form.sender)) wrong.sender = 'formSenderFormat';
  if (form.fields.every(({ label }) => label.trim() === '')) wrong.fields = 'formFieldsRequired';
  return wrong;
}

export const isSender = (text: string): boolean => /^[^\s@<>]*@[^\s@<>]+\.[^\s@<>]+$/.test(text.trim());
