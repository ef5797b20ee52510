import { sampleFile } from '#prisma/seed/company/attachments.ts';
import { customers } from '#prisma/seed/company/customers.ts';
import { formSender, type MailboxKey, mailboxes } from '#prisma/seed/company/people.ts';
import type { RawMail } from '#prisma/seed/company/raw-mail.ts';
import type { Customer, MailStep } from '#prisma/seed/company/types.ts';

/** The mail a customer answers to: our last one in the story. */
export type Previous = {
  messageId: string;
  references: string[];
  date: Date;
  from: string;
  address: string;
  subject: string;
  text: string;
};

const two = (n: number) => String(n).padStart(2, '0');

function stamp(date: Date): { day: string; time: string } {
  const local = new Date(date.getTime() + 9 * 3_600_000);
  return {
    day: `${local.getUTCFullYear()}/${two(local.getUTCMonth() + 1)}/${two(local.getUTCDate())}`,
    time: `${local.getUTCHours()}:${two(local.getUTCMinutes())}`,
  };
}

/** Our answer as the customer's mail program quotes it. */
export function quoted(previous: Previous, style: NonNullable<Customer['quote']>): string {
  const { day, time } = stamp(previous.date);
  const lines = previous.text.split('\n');
  if (style === 'outlook')
    return [
      '-----Original Message-----',
      `差出人: ${previous.from} <${previous.address}>`,
      `送信日時: ${day} ${time}`,
      `件名: ${previous.subject}`,
      '',
      ...lines,
    ].join('\n');
  const marked = lines.map((line) => (style === 'double' ? `>>${line}` : `> ${line}`.trimEnd()));
  if (style === 'jp')
    return [`${day} ${time}、${previous.from} <${previous.address}>のメール:`, '', ...marked].join('\n');
  return [`On ${day} ${time}, ${previous.from} wrote:`, ...marked].join('\n');
}

/** One mail step as the message that lies in the 窓口's mailbox. Give `previous` for an answer to ours. */
export function mailOf(
  step: MailStep,
  into: MailboxKey,
  envelope: { messageId: string; date: Date; previous?: Previous },
): RawMail {
  const customer: Customer = customers[step.from];
  const box = mailboxes[step.to ?? into];
  const { previous } = envelope;
  const person = { name: customer.name, address: customer.address };
  const withQuote = previous && step.quotePrevious && customer.quote;
  return {
    messageId: envelope.messageId,
    date: envelope.date,
    from: step.via === 'form' ? formSender : person,
    to: [{ name: step.via === 'form' || customer.mailer ? box.name : '', address: box.address }],
    ...(step.via === 'form' ? { replyTo: person } : {}),
    subject: step.subject,
    text: withQuote ? `${step.text}\n\n${quoted(previous, customer.quote ?? 'gt')}` : step.text,
    ...(step.html ? { html: step.html } : {}),
    charset: step.charset ?? 'utf-8',
    ...(previous && !step.newThread
      ? { inReplyTo: previous.messageId, references: [...previous.references, previous.messageId] }
      : {}),
    attachments: (step.attachments ?? []).map(({ kind, ...file }) => ({
      ...file,
      content: sampleFile(kind, file.filename),
    })),
    headers: { ...(customer.mailer ? { 'X-Mailer': customer.mailer } : {}), ...step.headers },
  };
}
