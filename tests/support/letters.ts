import { randomUUID } from 'node:crypto';

export type Letter = {
  from?: string;
  to?: string;
  subject?: string;
  text?: string;
  messageId?: string;
  inReplyTo?: string;
};

/** A Message-ID that no other test has. */
export const newId = (): string => `<${randomUUID()}@customer.example>`;

/** A customer's plain mail as it lies on the server; every one with a Message-ID of its own. */
export function letter({ from, to, subject, text, messageId, inReplyTo }: Letter = {}): string {
  const lines = [
    `From: ${from ?? '田中 花子 <hanako@customer.example>'}`,
    `To: ${to ?? 'shop@shop.example'}`,
    `Subject: ${subject ?? '商品について'}`,
    `Message-ID: ${messageId ?? newId()}`,
    `Date: ${new Date().toUTCString().replace('GMT', '+0000')}`,
    ...(inReplyTo ? [`In-Reply-To: ${inReplyTo}`, `References: ${inReplyTo}`] : []),
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=UTF-8',
    'Content-Transfer-Encoding: 8bit',
  ];
  return crlf(`${lines.join('\n')}\n\n${text ?? '注文した商品がまだ届きません。'}\n`);
}

/** Many customers' mails, numbered from 1 in their subjects. */
export const letters = (count: number, about = '注文'): string[] =>
  Array.from({ length: count }, (_, n) =>
    letter({ subject: `${about} ${n + 1}`, from: `customer-${n + 1}@customer.example` }),
  );

/** A mail with one attachment of so many bytes (before base64). */
export function letterWithFile(bytes: number, subject: string): Buffer {
  const head = [
    'From: hanako@customer.example',
    'To: shop@shop.example',
    `Subject: ${subject}`,
    `Message-ID: ${newId()}`,
    `Date: ${new Date().toUTCString().replace('GMT', '+0000')}`,
    'MIME-Version: 1.0',
    'Content-Type: multipart/mixed; boundary="cut"',
    '',
    '--cut',
    'Content-Type: text/plain; charset=UTF-8',
    '',
    '写真をお送りします。',
    '--cut',
    'Content-Type: application/octet-stream; name="photo.bin"',
    'Content-Disposition: attachment; filename="photo.bin"',
    'Content-Transfer-Encoding: base64',
    '',
    '',
  ];
  const file = Buffer.alloc(bytes, 'madoguchi').toString('base64');
  const lines = file.match(/.{1,76}/g) ?? [];
  return Buffer.from(`${head.join('\r\n')}${lines.join('\r\n')}\r\n--cut--\r\n`);
}

/** The report of a provider that could not deliver one of our mails (RFC 3464), with our headers returned. */
export function bounceOf(ours: { messageId: string; from: string; to: string }): string {
  return crlf(`From: Mail Delivery System <MAILER-DAEMON@provider.example>
To: ${ours.from}
Subject: Undelivered Mail Returned to Sender
Message-ID: ${newId()}
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="cut"

--cut
Content-Type: text/plain; charset=us-ascii

The mail system could not deliver your message to one recipient.

<${ours.to}>: host mx.customer.example said: 550 5.1.1 User unknown

--cut
Content-Type: message/delivery-status

Reporting-MTA: dns; provider.example

Final-Recipient: rfc822; ${ours.to}
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 User unknown

--cut
Content-Type: text/rfc822-headers

From: ${ours.from}
To: ${ours.to}
Message-ID: ${ours.messageId}
Subject: Re:

--cut--
`);
}

const crlf = (text: string): string => text.replace(/\r?\n/g, '\r\n');
