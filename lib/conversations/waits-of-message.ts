import type { Case } from '#lib/conversations/case.ts';
import { stopFor } from '#lib/conversations/void-answer.ts';
import { refreshWaiting } from '#lib/conversations/waits.ts';
import type { Scope } from '#lib/db/scope.ts';

/**
 * A stored mail counts as a customer's from its own moment: it waits, unless an answer or an end that came after it reached
 * it already. True when it waits.
 */
export async function countsAsInbound(
  scope: Scope,
  c: Case,
  message: { id: string; occurredAt: Date; contentSeq: number },
): Promise<boolean> {
  const stop = await stopFor(scope, c, message.id);
  await scope.db.inboundWait.upsert({
    where: { tenantId_messageId: { tenantId: scope.tenantId, messageId: message.id } },
    create: {
      ...{ tenantId: scope.tenantId, conversationId: c.row.id, messageId: message.id },
      ...{ occurredAt: message.occurredAt, contentSeq: message.contentSeq, ...stop },
    },
    update: stop,
    select: { messageId: true },
  });
  await refreshWaiting(scope, c);
  return stop.answeredBy === null && stop.closedBy === null;
}

/** It never was a customer's: nobody waits for it. */
export async function isInboundNoMore(scope: Scope, c: Case, messageId: string): Promise<void> {
  await scope.db.inboundWait.deleteMany({ where: { tenantId: scope.tenantId, messageId } });
  await refreshWaiting(scope, c);
}
