import { newId } from '#lib/ids.ts';

/** A mail as a test writes it: ids carry their angle brackets; null leaves a header out. */
export type WrittenMail = {
  from?: string;
  to?: string;
  cc?: string;
  replyTo?: string;
  subject?: string;
  text?: string;
  id?: string | null;
  inReplyTo?: string;
  references?: string;
  date?: string | null;
  headers?: Record<string, string>;
};

/** A new Message-ID. */
export const mailId = (): string => `<${newId()}@mail.example.jp>`;

/** The bytes of a plain mail in UTF-8; everything unsaid is a customer's question. */
export function rawMail(mail: WrittenMail): Buffer {
  const headers: [string, string | null | undefined][] = [
    ['From', mail.from ?? 'Yamada Taro <taro@example.com>'],
    ['To', mail.to],
    ['Cc', mail.cc],
    ['Reply-To', mail.replyTo],
    ['Subject', mail.subject ?? '注文した商品が届きません'],
    ['Date', mail.date === undefined ? 'Fri, 20 Nov 2026 10:00:00 +0900' : mail.date],
    ['Message-ID', mail.id === undefined ? mailId() : mail.id],
    ['In-Reply-To', mail.inReplyTo],
    ['References', mail.references],
    ...Object.entries(mail.headers ?? {}),
    ...(mail.headers?.['Content-Type'] ? [] : ([['Content-Type', 'text/plain; charset=utf-8']] as [string, string][])),
    ['Content-Transfer-Encoding', '8bit'],
  ];
  const lines = headers.filter(([, value]) => value !== null && value !== undefined).map(([k, v]) => `${k}: ${v}`);
  return Buffer.from(
    ['MIME-Version: 1.0', ...lines, '', mail.text ?? 'いつ届きますか？'].join('\r\n').replace(/\r?\n/g, '\r\n'),
  );
}

type Report = { to: string; recipient: string | string[]; returned: string; madoguchiId?: string };

/** A server's report that a mail couldn't be delivered to the recipient, or several; `returned` is the Message-ID it names. */
export function bounceMail(report: Report): Buffer {
  const recipients = [report.recipient].flat();
  const failures = recipients.map(
    (address) =>
      `\nFinal-Recipient: rfc822; ${address}\nAction: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550 5.1.1 User unknown\n`,
  );
  const parts = [
    'Content-Type: text/plain; charset=us-ascii\n\nI could not deliver your message.\n',
    `Content-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example.jp\n${failures.join('')}`,
    `Content-Type: text/rfc822-headers\n\nFrom: ${report.to}\nTo: ${recipients.join(', ')}\nMessage-ID: ${report.returned}\n${report.madoguchiId ? `X-Madoguchi-Id: ${report.madoguchiId}\n` : ''}`,
  ];
  return rawMail({
    ...{ from: 'Mail Delivery System <MAILER-DAEMON@mx.example.jp>', to: report.to },
    subject: 'Undelivered Mail Returned to Sender',
    headers: {
      'Return-Path': '<>',
      'Auto-Submitted': 'auto-replied',
      'Content-Type': 'multipart/report; report-type=delivery-status; boundary=b',
    },
    text: `${parts.map((part) => `--b\n${part}`).join('\n')}\n--b--\n`,
  });
}
