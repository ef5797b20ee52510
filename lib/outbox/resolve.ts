import { requireAny } from '#lib/auth/actor.ts';
import { type Case, openCase, record } from '#lib/conversations/case.ts';
import { mayResolve } from '#lib/conversations/timeline-deliveries.ts';
import { writeCases } from '#lib/conversations/write.ts';
import type { Scope } from '#lib/db/scope.ts';
import { conflict, forbidden, notFound } from '#lib/errors.ts';
import { type Acceptance, acceptDelivery, type Delivery } from '#lib/outbox/accept.ts';
import { refusedInLastTry, refuseForGood } from '#lib/outbox/recipient-answers.ts';
import { remainingWarning } from '#lib/outbox/remaining-warning.ts';
import { enqueue } from '#lib/queue/index.ts';

export type UncertainAnswer = { answer: 'arrived' | 'resend' };

/**
 * A person says what became of an uncertain mail: 「届いていた」 settles it as accepted at the moment of the hand-over,
 * 「もう一度送る」 sends the same mail, same Message-ID, once more. Nothing else ever sends it again.
 */
export async function resolveUncertain(scope: Scope, deliveryId: string, { answer }: UncertainAnswer): Promise<void> {
  requireAny(scope, 'delivery.resolve.own', 'delivery.resolve');
  const { tenantId, db } = scope;
  const key = { tenantId_id: { tenantId, id: deliveryId } };
  const seen = await db.delivery.findUnique({ where: key });
  if (!seen) throw notFound();
  const c = await openCase(scope, seen.conversationId);
  if (!mayResolve(scope.actor, seen.memberId)) throw forbidden('notAllowed', { action: 'delivery.resolve' });
  const delivery = await db.delivery.findUnique({ where: key });
  if (delivery?.state !== 'uncertain') throw conflict('alreadyResolved');
  const as = answer === 'arrived' ? 'sent' : 'resend';
  record(scope, c, 'delivery.resolved', { delivery_id: deliveryId, as, by: 'hand' });
  if (answer === 'arrived') {
    await acceptDelivery(scope, c, delivery, await handedOver(scope, delivery));
    await writeCases(scope, [c]);
    return;
  }
  const { count } = await refuseForGood(scope, deliveryId);
  c.row.warning = count > 0 ? 'failed' : await remainingWarning(scope, c.row.id, deliveryId);
  await db.$executeRaw`
    UPDATE delivery SET state = 'queued', data_started_at = NULL, next_attempt_at = clock_timestamp()
    WHERE tenant_id = ${tenantId}::uuid AND id = ${deliveryId}::uuid`;
  await writeCases(scope, [c]);
  scope.afterCommit(() => enqueue('mail.deliver', { tenantId, deliveryId }));
}

/**
 * Proof that an uncertain mail was delivered (our own id found in Sent where the provider files it, or the server's late
 * `answer`, which also says whom it refused): settles it as accepted on a case the caller has locked and writes. Does
 * nothing for any other state.
 */
export async function resolveByProof(
  scope: Scope,
  c: Case,
  delivery: Delivery,
  answer?: Pick<Acceptance, 'rejected' | 'response'>,
): Promise<void> {
  if (delivery.state !== 'uncertain') return;
  record(scope, c, 'delivery.resolved', { delivery_id: delivery.id, as: 'sent', by: 'proof' }, system);
  await acceptDelivery(scope, c, delivery, { ...(await handedOver(scope, delivery)), ...answer });
}

const system = { actor: { kind: 'system', id: null } } as const;

// Accepted when it was handed over, not when we learnt of it (kpi-fold.md 31); not by those whom the server had refused.
async function handedOver(scope: Scope, { id, dataStartedAt }: Delivery): Promise<Acceptance> {
  const rejected = await refusedInLastTry(scope, id);
  return { rejected, response: '', ...(dataStartedAt ? { at: dataStartedAt } : {}) };
}
