import { newId } from '#lib/ids.ts';
import type { FormField } from '#lib/mail/forms/pattern.ts';
import { type Company, owner } from '#tests/support/tenant.ts';

export const FORM_FIELDS: FormField[] = [
  { field: 'name', label: 'お名前', lines: 'one' },
  { field: 'furigana', label: 'フリガナ', lines: 'one' },
  { field: 'email', label: 'メールアドレス', lines: 'one' },
  { field: 'phone', label: '電話番号', lines: 'one' },
  { field: 'body', label: 'お問い合わせ内容', lines: 'many' },
];

/** A pattern as it stands in the settings; of the form's own sender in the whole company unless said otherwise. */
export async function formPattern(
  c: Company,
  wanted: { sender?: string; mailbox?: string; subjectContains?: string; fields?: FormField[]; enabled?: boolean } = {},
): Promise<string> {
  const { mailbox, sender = 'form@forms.example.net', fields = FORM_FIELDS, ...rest } = wanted;
  const id = newId();
  const mailboxId = mailbox === undefined ? null : c.mailbox(mailbox);
  await owner.formPattern.create({
    data: { ...rest, tenantId: c.tenantId, id, mailboxId, name: 'お問い合わせフォーム', sender, fields },
  });
  return id;
}

/** What a customer typed into the form, as its mail. */
export const filledIn = (name: string, address: string, body = '在庫はありますか。'): string =>
  `【お名前】${name}\n【フリガナ】ヤマダ\n【メールアドレス】${address}\n【電話番号】090-0000-0000\n【お問い合わせ内容】\n${body}\n`;
