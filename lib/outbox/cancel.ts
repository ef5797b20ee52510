import { requireAny } from '#lib/auth/actor.ts';
import { openCase, record } from '#lib/conversations/case.ts';
import { readDraft } from '#lib/conversations/drafts.ts';
import type { DraftShape } from '#lib/conversations/shapes.ts';
import { mayResolve } from '#lib/conversations/timeline-deliveries.ts';
import { writeCases } from '#lib/conversations/write.ts';
import type { Scope } from '#lib/db/scope.ts';
import { conflict, forbidden, notFound } from '#lib/errors.ts';
import { newId } from '#lib/ids.ts';
import { remainingWarning } from '#lib/outbox/remaining-warning.ts';

/**
 * 取り消す: while the undo window runs (or between two tries) the mail isn't sent and its text is back in the writer's
 * draft. Against a worker's claim it is one conditional UPDATE: the loser reads `cancelTooLate`. A mail that had left and
 * bounced stays in the history; only its text comes back.
 */
export async function cancelDelivery(scope: Scope, deliveryId: string): Promise<DraftShape | null> {
  requireAny(scope, 'delivery.resolve.own', 'delivery.resolve');
  const { tenantId, db } = scope;
  const delivery = await db.delivery.findUnique({ where: { tenantId_id: { tenantId, id: deliveryId } } });
  if (!delivery) throw notFound();
  const c = await openCase(scope, delivery.conversationId);
  if (!mayResolve(scope.actor, delivery.memberId)) throw forbidden('notAllowed', { action: 'delivery.resolve' });
  const writer = delivery.memberId;
  if (delivery.state === 'failed' && delivery.acceptedAt !== null) {
    if (!writer) return null;
    await backToDraft(scope, writer, delivery.messageId, c.row.id, c.row.contentSeq);
    return readDraft(scope, writer, c.row.id);
  }
  if (await mayHaveArrived(scope, c.row.id, deliveryId)) throw conflict('cancelTooLate');
  const cancelled = await db.delivery.updateMany({
    where: { tenantId, id: deliveryId, state: { in: ['queued', 'retry', 'failed'] }, acceptedAt: null },
    data: { state: 'cancelled' },
  });
  if (cancelled.count === 0) throw conflict(delivery.state === 'cancelled' ? 'alreadyCancelled' : 'cancelTooLate');
  if (writer) await backToDraft(scope, writer, delivery.messageId, c.row.id, c.row.contentSeq);
  record(scope, c, 'delivery.cancelled', {
    delivery_id: deliveryId,
    why: delivery.state === 'queued' ? 'undo' : 'recall',
  });
  c.row.messageCount -= 1;
  if (c.row.warning === 'failed') c.row.warning = await remainingWarning(scope, c.row.id, deliveryId);
  const last = await db.message.findFirst({
    where: {
      tenantId,
      conversationId: c.row.id,
      NOT: { deliveryByMessage: { some: { state: 'cancelled' } } },
    },
    orderBy: [{ occurredAt: 'desc' }, { contentSeq: 'desc' }],
    select: { snippet: true, occurredAt: true },
  });
  if (last) {
    c.row.lastSnippet = last.snippet;
    c.row.lastMessageAt = last.occurredAt;
  }
  await writeCases(scope, [c]);
  return writer ? readDraft(scope, writer, c.row.id) : null;
}

// Sent once with an unknown outcome and now once more: to unmake it would hide a mail the customer may have.
async function mayHaveArrived(scope: Scope, conversationId: string, deliveryId: string): Promise<boolean> {
  const uncertain = await scope.db.conversationEvent.count({
    where: {
      ...{ tenantId: scope.tenantId, conversationId, type: 'delivery.uncertain' },
      data: { path: ['delivery_id'], equals: deliveryId },
    },
  });
  return uncertain > 0;
}

async function backToDraft(
  scope: Scope,
  memberId: string,
  messageId: string,
  conversationId: string,
  contentSeq: number,
): Promise<void> {
  const { tenantId, db } = scope;
  const message = await db.message.findUnique({ where: { tenantId_id: { tenantId, id: messageId } } });
  if (!message) throw notFound();
  const addresses = await db.messageAddress.findMany({ where: { tenantId, messageId }, orderBy: { position: 'asc' } });
  const list = (role: string) =>
    addresses.filter((a) => a.role === role).map(({ name, address }) => ({ name, address }));
  const key = { tenantId, memberId, conversationId };
  const existing = await db.draft.findUnique({ where: { tenantId_memberId_conversationId: key } });
  // Somebody already writes the next answer: both texts are kept, the cancelled one above.
  const text = existing ? bothTexts(message.text, existing.text) : message.text;
  const data = {
    clientId: newId(),
    toList: list('to'),
    ccList: list('cc'),
    subject: message.subject,
    text,
    charset: message.charset === 'iso-2022-jp' ? 'iso-2022-jp' : 'utf-8',
    seenContentSeq: contentSeq,
    version: (existing?.version ?? 0) + 1,
    updatedAt: scope.now,
  };
  await db.draft.upsert({
    where: { tenantId_memberId_conversationId: key },
    create: { ...key, ...data },
    update: data,
    select: { version: true },
  });
}

function bothTexts(cancelled: string, written: string): string {
  if (written.trim() === '') return cancelled;
  return written.startsWith(cancelled) ? written : `${cancelled}\n\n${written}`;
}
