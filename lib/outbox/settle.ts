import { addContent, type Case, lockCases, record } from '#lib/conversations/case.ts';
import { moveStatus } from '#lib/conversations/status.ts';
import { answerWaits } from '#lib/conversations/waits.ts';
import { writeCases } from '#lib/conversations/write.ts';
import type { Scope } from '#lib/db/scope.ts';
import type { SubmitResult } from '#lib/mail/smtp/submit.ts';
import { retryAfter } from '#lib/outbox/retry.ts';
import { enqueue } from '#lib/queue/index.ts';

type Delivery = NonNullable<Awaited<ReturnType<Scope['db']['delivery']['findUnique']>>>;

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
  if (result.kind === 'sent') await accept(scope, c, delivery, result);
  else if (result.kind === 'uncertain') await leaveUncertain(scope, c, delivery, result.words);
  else await refuse(scope, c, delivery, result);
}

/** The server took it: recipients, answered waits, then the status the sender chose (domain.md 2). */
export async function accept(
  scope: Scope,
  c: Case,
  delivery: Delivery,
  result: { accepted: string[]; rejected: { address: string; code: number | null; words: string }[]; response: string },
): Promise<void> {
  const { tenantId, db } = scope;
  const refused = new Map(result.rejected.map((r) => [r.address.toLowerCase(), r]));
  const recipients = await db.deliveryRecipient.findMany({
    where: { tenantId, deliveryId: delivery.id },
    orderBy: { position: 'asc' },
  });
  for (const recipient of recipients) {
    const no = refused.get(recipient.address.toLowerCase());
    await db.deliveryRecipient.update({
      where: { tenantId_deliveryId_position: { tenantId, deliveryId: delivery.id, position: recipient.position } },
      data: no ? { state: 'refused', code: no.code, words: no.words.slice(0, 1000) } : { state: 'accepted' },
      select: { position: true },
    });
  }
  await db.$executeRaw`
    UPDATE delivery SET state = 'sent', accepted_at = ${scope.now}, server_response = ${result.response.slice(0, 1000)},
      lease_token = NULL, lease_until = NULL, last_words = NULL, last_code = NULL
    WHERE tenant_id = ${tenantId}::uuid AND id = ${delivery.id}::uuid`;
  const customers = recipients.filter((r) => r.customer);
  const first = customers[0];
  const toCustomer = first !== undefined && !refused.has(first.address.toLowerCase());
  const causeId = record(
    scope,
    c,
    'delivery.accepted',
    {
      delivery_id: delivery.id,
      message_id: delivery.messageId,
      human: delivery.human,
      to_customer: toCustomer,
      accepted: recipients.length - result.rejected.length,
      rejected: result.rejected.length,
    },
    { actor: { kind: 'system', id: null } },
  );
  if (delivery.human && toCustomer) await answered(scope, c, delivery, causeId);
  if (result.rejected.length > 0) addContent(c);
  c.row.warning = result.rejected.length > 0 ? 'failed' : null;
  await writeCases(scope, [c]);
  scope.afterCommit(() => enqueue('mail.file-sent', { tenantId, deliveryId: delivery.id }));
}

async function answered(scope: Scope, c: Case, delivery: Delivery, causeId: string): Promise<void> {
  const message = await scope.db.message.findUnique({
    where: { tenantId_id: { tenantId: scope.tenantId, id: delivery.messageId } },
    select: { contentSeq: true },
  });
  await answerWaits(scope, c, delivery.id, message?.contentSeq ?? 0);
  // A mail that came in between the click and now has no answer yet: to end here would forget it.
  const unanswered = c.row.waitingSince !== null;
  const to = unanswered ? 'doing' : (delivery.thenStatus as 'done' | 'doing' | 'hold');
  await moveStatus(
    scope,
    c,
    { to, trigger: 'send', holdFor: 'customer', holdUntil: delivery.thenHoldUntil },
    { causeId, actor: { kind: 'system', id: null } },
  );
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
