import type { Case } from '#lib/conversations/case.ts';
import type { Scope } from '#lib/db/scope.ts';
import { type Batch, caseOf } from '#lib/inbound/batch.ts';
import type { Delivery } from '#lib/outbox/accept.ts';

/**
 * The delivery of one of our messages, read under the lock of its case: whoever settles a delivery takes that lock first,
 * so its state stays as it is until we commit.
 */
export async function deliveryOf(
  scope: Scope,
  batch: Batch,
  messageId: string,
): Promise<{ delivery: Delivery; c: Case } | null> {
  const key = { tenantId_messageId: { tenantId: scope.tenantId, messageId } };
  const known = await scope.db.delivery.findUnique({ where: key, select: { conversationId: true } });
  const c = known ? await caseOf(scope, batch, known.conversationId) : null;
  const delivery = c ? await scope.db.delivery.findUnique({ where: key }) : null;
  return delivery && c ? { delivery, c } : null;
}

/** Is it being sent right now? A copy or a bounce may be faster than the server's answer to us; it waits for that. */
export const isUndecided = ({ state }: Pick<Delivery, 'state'>): boolean => state === 'sending';
