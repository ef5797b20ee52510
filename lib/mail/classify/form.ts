import { type Address, looksLikeAddress, normaliseAddress, parseAddressList } from '#lib/mail/address.ts';
import type { ClassifyOptions } from '#lib/mail/classify/classify.ts';
import type { ParsedMail } from '#lib/mail/parse.ts';

/** A sender whose mails are forms: its address (or `@domain`), and the label before the customer's address if it isn't a usual one. */
export type FormSender = { from: string; emailLabel?: string; nameLabel?: string };

const EMAIL_LABELS = [
  'メールアドレス',
  'メール',
  'Eメール',
  'E-mail',
  'Email',
  'e-mail address',
  'mail address',
  'mail',
  'ご連絡先メールアドレス',
];
const NAME_LABELS = ['お名前', 'ご氏名', '氏名', '名前', 'お客様名', 'ご担当者名', 'name', 'your name'];
const FIELD =
  /^[\s　]*(?:[■□●○◆◇▼・*＊[【(（]\s*)?(お名前|ご?氏名|名前|お客様名|会社名|メールアドレス|e-?mail|メール|電話番号|TEL|住所|郵便番号|(お)?問い?合わ?せ(内容|種別|項目)?|件名|内容|ご用件|注文番号|フリガナ|ふりがな)\s*(?:[\])】）]\s*)?\s*[:：=＝\n　]/i;

/**
 * Whether a web form wrote this mail for a customer: a sender named as a form; our own address with somebody else in Reply-To or
 * as a labelled address in the body; or a no-reply sender whose body is a form's (three labelled fields or more).
 */
export function isFormMail(mail: ParsedMail, options: ClassifyOptions, sender: string, noReply: boolean): boolean {
  if (options.formSenders?.some((form) => isSender(form, sender))) return true;
  const own = new Set(options.ownAddresses.map(normaliseAddress));
  const isOwn = own.has(sender);
  if (!isOwn && !noReply) return false;
  const customer = formCustomer(mail, options);
  if (!customer || own.has(normaliseAddress(customer.address))) return false;
  return isOwn || countFields(mail.text) >= 3;
}

/** The customer behind a form mail: Reply-To, else the address after a label such as メールアドレス. null if neither is there. */
export function formCustomer(mail: ParsedMail, options?: Partial<ClassifyOptions>): Address | null {
  const sender = normaliseAddress(mail.from?.address ?? '');
  const own = new Set([sender, ...(options?.ownAddresses ?? []).map(normaliseAddress)]);
  const form = options?.formSenders?.find((f) => isSender(f, sender));
  const name = labelled(mail.text, form?.nameLabel ? [form.nameLabel, ...NAME_LABELS] : NAME_LABELS);
  const reply = mail.replyTo.find((a) => looksLikeAddress(a.address) && !own.has(normaliseAddress(a.address)));
  if (reply) return { name: reply.name || cleanName(name), address: reply.address };
  const text = labelled(mail.text, form?.emailLabel ? [form.emailLabel, ...EMAIL_LABELS] : EMAIL_LABELS);
  const address = parseAddressList(text.normalize('NFKC')).find(
    (a) => looksLikeAddress(a.address) && !own.has(normaliseAddress(a.address)),
  );
  return address ? { name: address.name || cleanName(name), address: address.address } : null;
}

function isSender(form: FormSender, sender: string): boolean {
  const from = normaliseAddress(form.from);
  return from.startsWith('@') ? sender.endsWith(from) : from === sender;
}

/** The value of the first field with one of these labels: on its line, or on the next one where the label stands alone. */
function labelled(text: string, labels: readonly string[]): string {
  const lines = text.slice(0, 50_000).split('\n');
  for (const label of labels) {
    const wanted = label.normalize('NFKC').toLowerCase();
    for (let i = 0; i < lines.length; i++) {
      const line = (lines[i] ?? '')
        .slice(0, 500)
        .normalize('NFKC')
        .replace(/^[\s■□●○◆◇▼・*[【(]+/, '');
      if (!line.toLowerCase().startsWith(wanted)) continue;
      const rest = line.slice(wanted.length);
      const match = /^\s*[\])】]?\s*(?:\(必須\)|※)?\s*[\])】]?\s*[::=→]?\s*(.*)$/.exec(rest);
      const inline = (match?.[1] ?? '').trim();
      if (inline !== '' && /^\s*[\])】]?\s*(\(必須\)|※)?\s*([\])】]|[::=→]|\s{1,})/.test(rest)) return inline;
      if (inline === '') return (lines[i + 1] ?? '').slice(0, 500).trim();
    }
  }
  return '';
}

function countFields(text: string): number {
  return text
    .slice(0, 50_000)
    .split('\n')
    .filter((line) => FIELD.test(`${line.slice(0, 200)}\n`)).length;
}

function cleanName(name: string): string {
  return name
    .replace(/\s*(様|さま|殿)\s*$/, '')
    .slice(0, 100)
    .trim();
}
