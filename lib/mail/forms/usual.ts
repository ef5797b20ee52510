import type { FormField, FormFieldKind, ReadField } from '#lib/mail/forms/pattern.ts';
import { readFields } from '#lib/mail/forms/read-fields.ts';

const LABELS: Record<Exclude<FormFieldKind, 'other'>, readonly string[]> = {
  name: [
    ...['お名前', 'ご氏名', '氏名', 'お名前(姓名)', '名前', 'お客様名', 'お客様のお名前', 'ご担当者名', '担当者名'],
    ...['お名前(漢字)', 'Your name', 'Full name', 'Name', 'ニックネーム', '送信者', '注文者名', 'ご注文者名'],
  ],
  furigana: [
    'フリガナ',
    'ふりがな',
    'お名前(フリガナ)',
    'お名前(カナ)',
    'お名前(ふりがな)',
    '氏名(フリガナ)',
    '氏名(カナ)',
    'カナ',
  ],
  email: [
    ...[
      'メールアドレス',
      'Eメールアドレス',
      'Eメール',
      'ご連絡先メールアドレス',
      'メール',
      'E-mail address',
      'Mail address',
    ],
    ...['E-mail', 'Mail', 'Your email', '返信先メールアドレス', '連絡先メールアドレス'],
  ],
  phone: ['電話番号', 'お電話番号', 'ご連絡先電話番号', '電話', 'TEL', 'Phone number', 'Phone', '携帯電話番号'],
  order: ['注文番号', 'ご注文番号', 'オーダー番号', '受注番号', '注文ID', 'Order number', 'Order ID'],
  subject: [
    '件名',
    'お問い合わせ件名',
    'お問い合わせ種別',
    'お問い合わせ項目',
    'お問い合わせの種類',
    'ご用件',
    'タイトル',
    'Subject',
  ],
  body: [
    ...[
      'お問い合わせ内容',
      'お問合せ内容',
      'お問合わせ内容',
      '問い合わせ内容',
      'お問い合わせ本文',
      'ご質問内容',
      'ご相談内容',
    ],
    ...[
      'メッセージ本文',
      'メッセージ',
      '本文',
      '内容',
      'ご意見・ご要望',
      '備考',
      'Comment',
      'Message',
      'Body',
      'Your message',
    ],
  ],
};

/** The labels that forms use when nobody has said how to read this one. */
export const USUAL_FIELDS: readonly FormField[] = Object.entries(LABELS).flatMap(([field, labels]) =>
  labels.map((label) => ({ field: field as FormFieldKind, label, lines: field === 'body' ? 'many' : 'one' }) as const),
);

/** What the usual labels find: of each kind the one that stands first, for forms have one name, and several words for it are known. */
export function readUsualFields(text: string): ReadField[] {
  const all = readFields(text, USUAL_FIELDS);
  return all.filter(({ field }, index) => all.findIndex((other) => other.field === field) === index);
}
