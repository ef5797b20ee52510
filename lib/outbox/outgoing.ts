import type { Scope } from '#lib/db/scope.ts';
import { notFound } from '#lib/errors.ts';
import { composeMail } from '#lib/mail/compose.ts';
import type { DeliveryKind } from '#lib/outbox/claim.ts';

/** A message ready to leave: to whom, and its bytes, the same at every call. */
export type OutgoingMail = {
  messageIdHeader: string;
  /** Where a bounce goes: empty for automatic mail, which nothing may answer (RFC 3834 3.3, RFC 5321 4.5.5). */
  envelopeFrom: string;
  recipients: string[];
  date: Date;
  compose: () => Promise<Buffer>;
};
type Which = { id: string; messageId: string; kind: DeliveryKind; dateHeader: Date };

/** What a delivery sends, to those recipients the server hasn't taken or refused yet. */
export async function outgoingMail(scope: Scope, delivery: Which): Promise<OutgoingMail> {
  const { tenantId, db } = scope;
  const message = await db.message.findUnique({ where: { tenantId_id: { tenantId, id: delivery.messageId } } });
  if (!message?.messageIdHeader) throw notFound();
  const recipients = await db.deliveryRecipient.findMany({
    where: { tenantId, deliveryId: delivery.id },
    orderBy: { position: 'asc' },
  });
  const replyTo = await db.messageAddress.findMany({
    where: { tenantId, messageId: delivery.messageId, role: 'reply_to' },
    orderBy: { position: 'asc' },
  });
  const list = (kind: string) =>
    recipients.filter((r) => r.kind === kind).map(({ name, address }) => ({ name, address }));
  const messageIdHeader = message.messageIdHeader;
  return {
    messageIdHeader,
    envelopeFrom: delivery.kind === 'auto' ? '' : message.fromAddress,
    date: delivery.dateHeader,
    recipients: [...new Set(recipients.filter((r) => r.state === 'pending').map((r) => r.address))],
    compose: () =>
      composeMail({
        messageId: messageIdHeader,
        from: { name: message.fromName, address: message.fromAddress },
        replyTo: replyTo.map(({ name, address }) => ({ name, address })),
        to: list('to'),
        cc: list('cc'),
        subject: message.subject,
        text: message.text,
        inReplyTo: message.inReplyTo[0] ?? null,
        references: message.references,
        charset: message.charset === 'iso-2022-jp' ? 'iso-2022-jp' : 'utf-8',
        date: delivery.dateHeader,
        auto: delivery.kind === 'auto' ? 'replied' : null,
      }),
  };
}
