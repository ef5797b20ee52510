import { addContent, type Case, lockCases, record } from '#lib/conversations/case.ts';
import { moveStatus } from '#lib/conversations/status.ts';
import { writeCases } from '#lib/conversations/write.ts';
import type { Scope } from '#lib/db/scope.ts';
import type { SubmitResult } from '#lib/mail/smtp/submit.ts';
import { acceptDelivery, type Delivery } from '#lib/outbox/accept.ts';
import { retryAfter } from '#lib/outbox/retry.ts';
import { enqueue } from '#lib/queue/index.ts';

/**
 * Writes down what became of a submission, with its event and what the sender chose to happen then, in one transaction.
 * `token` null: for a delivery whose worker is gone. A claim that is no longer ours changes nothing.
 */
export async function settleDelivery(
  scope: Scope,
  deliveryId: string,
  token: string | null,
  result: SubmitResult,
): Promise<void> {
  const found = await scope.db.delivery.findUnique({
    where: { tenantId_id: { tenantId: scope.tenantId, id: deliveryId } },
    select: { conversationId: true },
  });
  if (!found) return;
  // Lock order: the conversation first (domain.md 5.3).
  const c = (await lockCases(scope, [found.conversationId])).get(found.conversationId);
  const delivery = await scope.db.delivery.findUnique({
    where: { tenantId_id: { tenantId: scope.tenantId, id: deliveryId } },
  });
  if (!c || !delivery || delivery.state !== 'sending' || (token !== null && delivery.leaseToken !== token)) return;
  if (result.kind === 'sent') {
    await acceptDelivery(scope, c, delivery, result);
    await writeCases(scope, [c]);
  } else if (result.kind === 'uncertain') await leaveUncertain(scope, c, delivery, result.words);
  else await refuse(scope, c, delivery, result);
}

/** Nobody knows whether it arrived: it is never sent again by itself, and somebody must look (domain.md 2). */
async function leaveUncertain(scope: Scope, c: Case, delivery: Delivery, words: string): Promise<void> {
  await scope.db.delivery.update({
    where: { tenantId_id: { tenantId: scope.tenantId, id: delivery.id } },
    data: {
      state: 'uncertain',
      leaseToken: null,
      leaseUntil: null,
      lastWords: words.slice(0, 1000) || null,
      lastCode: null,
    },
    select: { id: true },
  });
  const recipients = await scope.db.deliveryRecipient.count({
    where: { tenantId: scope.tenantId, deliveryId: delivery.id },
  });
  record(scope, c, 'delivery.uncertain', { delivery_id: delivery.id, recipient_count: recipients }, system);
  await warn(scope, c, 'uncertain');
}

async function refuse(
  scope: Scope,
  c: Case,
  delivery: Delivery,
  result: Extract<SubmitResult, { kind: 'refused' | 'retry' }>,
): Promise<void> {
  const code = result.kind === 'refused' ? result.code : null;
  const permanent = result.kind === 'refused' && result.permanent && result.phase !== 'auth';
  const wait = permanent ? null : retryAfter(delivery.attempts);
  const words = result.words.slice(0, 1000);
  if (wait !== null) {
    await scope.db.$executeRaw`
      UPDATE delivery SET state = 'retry', lease_token = NULL, lease_until = NULL, data_started_at = NULL,
        last_code = ${code}::integer, last_words = ${words},
        next_attempt_at = clock_timestamp() + make_interval(secs => ${wait}::integer)
      WHERE tenant_id = ${scope.tenantId}::uuid AND id = ${delivery.id}::uuid`;
    await writeCases(scope, [c]);
    const payload = { tenantId: scope.tenantId, deliveryId: delivery.id };
    scope.afterCommit(() => enqueue('mail.deliver', payload, { delayMs: wait * 1000 }));
    return;
  }
  await scope.db.delivery.update({
    where: { tenantId_id: { tenantId: scope.tenantId, id: delivery.id } },
    data: { state: 'failed', leaseToken: null, leaseUntil: null, lastCode: code, lastWords: words },
    select: { id: true },
  });
  const recipients = await scope.db.deliveryRecipient.count({
    where: { tenantId: scope.tenantId, deliveryId: delivery.id },
  });
  const data = { delivery_id: delivery.id, reason: String(code ?? 'gave-up'), hard: permanent, voids_answer: false };
  record(scope, c, 'delivery.failed', { ...data, recipient_count: recipients }, system);
  await warn(scope, c, 'failed');
}

const system = { actor: { kind: 'system', id: null } } as const;

async function warn(scope: Scope, c: Case, warning: 'failed' | 'uncertain'): Promise<void> {
  c.row.warning = warning;
  addContent(c);
  await moveStatus(scope, c, { to: 'doing', trigger: 'bounce' }, system);
  await writeCases(scope, [c]);
}
