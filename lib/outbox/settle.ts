import { addContent, type Case, lockCases, record } from '#lib/conversations/case.ts';
import { moveStatus } from '#lib/conversations/status.ts';
import { writeCases } from '#lib/conversations/write.ts';
import type { Scope } from '#lib/db/scope.ts';
import { sendingLimit } from '#lib/mail/smtp/sending-limit.ts';
import type { SubmitResult } from '#lib/mail/smtp/submit.ts';
import { acceptDelivery, type Delivery } from '#lib/outbox/accept.ts';
import { abandonedAfterData } from '#lib/outbox/claim.ts';
import { noteAnswers, refuseForGood } from '#lib/outbox/recipient-answers.ts';
import { resolveByProof } from '#lib/outbox/resolve.ts';
import { retryAfter, spread } from '#lib/outbox/retry.ts';
import { restAccount } from '#lib/outbox/room.ts';
import { enqueue } from '#lib/queue/index.ts';

/** Who settles: the worker of a claim, or a sweeper for one that is gone. */
export type Settler = { token: string; attempts: number } | 'sweeper';

/**
 * Writes down what became of a submission, with its event and what the sender chose to happen then, in one transaction. A
 * claim that is no longer ours changes nothing, but for one thing: a server's yes is never thrown away. If the delivery has
 * become uncertain since, the yes is its proof.
 */
export async function settleDelivery(
  scope: Scope,
  deliveryId: string,
  settler: Settler,
  result: SubmitResult,
): Promise<void> {
  const key = { tenantId_id: { tenantId: scope.tenantId, id: deliveryId } };
  const found = await scope.db.delivery.findUnique({ where: key, select: { conversationId: true } });
  if (!found) return;
  // Lock order: the conversation first (domain.md 5.3).
  const c = (await lockCases(scope, [found.conversationId])).get(found.conversationId);
  const delivery = c ? await scope.db.delivery.findUnique({ where: key }) : null;
  if (!c || !delivery) return;
  const ours = settler === 'sweeper' ? await abandonedAfterData(scope, deliveryId) : isHeldBy(delivery, settler);
  if (ours) return write(scope, c, delivery, result);
  const sameTry = settler !== 'sweeper' && delivery.state === 'uncertain' && delivery.attempts === settler.attempts;
  if (!sameTry || result.kind !== 'sent') return;
  await resolveByProof(scope, c, delivery, { rejected: result.rejected, response: result.response });
  await writeCases(scope, [c]);
}

const isHeldBy = (delivery: Delivery, { token }: { token: string }): boolean =>
  delivery.state === 'sending' && delivery.leaseToken === token;

async function write(scope: Scope, c: Case, delivery: Delivery, result: SubmitResult): Promise<void> {
  if (result.kind === 'uncertain') return leaveUncertain(scope, c, delivery, result.words);
  if (result.kind !== 'sent') return refuse(scope, c, delivery, result);
  await acceptDelivery(scope, c, delivery, result);
  await writeCases(scope, [c]);
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
    where: { tenantId: scope.tenantId, deliveryId: delivery.id, state: 'pending', code: null },
  });
  record(scope, c, 'delivery.uncertain', { delivery_id: delivery.id, recipient_count: recipients }, system);
  await warn(scope, c, delivery, 'uncertain');
}

type NoAnswer = Extract<SubmitResult, { kind: 'refused' | 'retry' }>;

async function refuse(scope: Scope, c: Case, delivery: Delivery, result: NoAnswer): Promise<void> {
  const limit = sendingLimit(result);
  if (limit) await restAccount(scope, delivery.accountId, limit.seconds);
  const permanent = limit === null && isForGood(result);
  const code = result.kind === 'refused' ? result.code : null;
  const words = result.words.slice(0, 1000);
  if (result.kind === 'refused' && result.rejected && !limit) await noteAnswers(scope, delivery.id, result.rejected);
  const pause = permanent ? null : retryAfter(delivery.attempts);
  if (pause === null) return giveUp(scope, c, delivery, { code, words, hard: permanent });
  const wait = spread(Math.max(pause, limit?.seconds ?? 0));
  await scope.db.$executeRaw`
    UPDATE delivery SET state = 'retry', lease_token = NULL, lease_until = NULL,
      last_code = ${code}::integer, last_words = ${words},
      next_attempt_at = clock_timestamp() + make_interval(secs => ${wait}::integer)
    WHERE tenant_id = ${scope.tenantId}::uuid AND id = ${delivery.id}::uuid`;
  await partFailed(scope, c, delivery, code);
  await writeCases(scope, [c]);
  const payload = { tenantId: scope.tenantId, deliveryId: delivery.id };
  scope.afterCommit(() => enqueue('mail.deliver', payload, { delayMs: wait * 1000 }));
}

/** A 5xx to the mail is its end; one to the connection or the sign-in is about us, and somebody will set it right. */
const isForGood = (result: NoAnswer): boolean =>
  result.kind === 'refused' && result.permanent && result.phase !== 'auth' && result.phase !== 'connect';

// Some were refused for good while the others are tried again: they are told of now, not after two days.
async function partFailed(scope: Scope, c: Case, delivery: Delivery, code: number | null): Promise<void> {
  const { count, customer } = await refuseForGood(scope, delivery.id);
  if (count === 0) return;
  const data = { delivery_id: delivery.id, reason: String(code ?? 'refused'), hard: true, voids_answer: false };
  record(scope, c, 'delivery.failed', { ...data, recipient_count: count }, system);
  if (!delivery.human) return;
  c.row.warning = 'failed';
  addContent(c);
  if (customer) await moveStatus(scope, c, { to: 'doing', trigger: 'bounce' }, system);
}

// Where others have got the mail at an earlier try it stays sent; those who haven't are refused.
async function giveUp(
  scope: Scope,
  c: Case,
  delivery: Delivery,
  why: { code: number | null; words: string; hard: boolean },
): Promise<void> {
  const { tenantId, db } = scope;
  const state = delivery.acceptedAt === null ? 'failed' : 'sent';
  await db.delivery.update({
    where: { tenantId_id: { tenantId, id: delivery.id } },
    data: { state, leaseToken: null, leaseUntil: null, lastCode: why.code, lastWords: why.words },
    select: { id: true },
  });
  // Who has an answer of their own keeps it.
  const own = await db.deliveryRecipient.updateMany({
    where: { tenantId, deliveryId: delivery.id, state: 'pending', code: { not: null } },
    data: { state: 'refused' },
  });
  const others = await db.deliveryRecipient.updateMany({
    where: { tenantId, deliveryId: delivery.id, state: 'pending' },
    data: { state: 'refused', code: why.code, words: why.words },
  });
  const data = { delivery_id: delivery.id, reason: String(why.code ?? 'gave-up'), hard: why.hard, voids_answer: false };
  record(scope, c, 'delivery.failed', { ...data, recipient_count: own.count + others.count }, system);
  await warn(scope, c, delivery, 'failed');
}

const system = { actor: { kind: 'system', id: null } } as const;

// What no person wrote (an automatic receipt) leaves only its event: nobody waits for it (domain.md 2).
async function warn(scope: Scope, c: Case, { human }: Delivery, warning: 'failed' | 'uncertain'): Promise<void> {
  if (human) {
    c.row.warning = warning;
    addContent(c);
    await moveStatus(scope, c, { to: 'doing', trigger: 'bounce' }, system);
  }
  await writeCases(scope, [c]);
}
