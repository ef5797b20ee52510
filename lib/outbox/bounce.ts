import { addContent, type Case, record } from '#lib/conversations/case.ts';
import { moveStatus } from '#lib/conversations/status.ts';
import { voidAnswer } from '#lib/conversations/void-answer.ts';
import type { Scope } from '#lib/db/scope.ts';
import { normaliseAddress } from '#lib/mail/address.ts';
import type { Bounce, BounceFailure } from '#lib/mail/dsn.ts';
import type { Delivery } from '#lib/outbox/accept.ts';
import { resolveByProof } from '#lib/outbox/resolve.ts';

type Recipient = Awaited<ReturnType<Scope['db']['deliveryRecipient']['findMany']>>[number];
type Hit = { recipient: Recipient; failure: BounceFailure };
const system = { actor: { kind: 'system', id: null } } as const;

/**
 * A mail came back: each recipient it names is marked with the reason, and if it was the customer, the answer is as if never
 * sent and the conversation returns to 対応中 with a warning (domain.md 2). One that nobody of ours is named in, and one that
 * says nothing new, changes nothing; one of automatic mail leaves its event alone. The caller writes the case.
 */
export async function bounceDelivery(scope: Scope, c: Case, delivery: Delivery, bounce: Bounce): Promise<void> {
  const { recipients, hit } = await recipientsHit(scope, delivery.id, bounce);
  const news = hit.filter(({ recipient }) => recipient.state !== 'refused');
  const [first] = news;
  if (!first) return;
  const customer = recipients.find((recipient) => recipient.customer);
  const voids = delivery.human && customer !== undefined && news.some(({ recipient }) => recipient === customer);
  // Whatever came back had left us; where the customer has it, that settles what nobody knew.
  if (!voids) await resolveByProof(scope, c, delivery);
  for (const one of news) await markRefused(scope, one);
  if (voids) await markFailed(scope, delivery, first.failure.words);
  const { reason, hard } = first.failure;
  const data = { delivery_id: delivery.id, reason, hard, recipient_count: news.length, voids_answer: voids };
  record(scope, c, 'delivery.bounced', data, system);
  if (!delivery.human) return;
  addContent(c);
  if (!(await isSettledSince(scope, c, delivery))) {
    c.row.warning = 'failed';
    await moveStatus(scope, c, { to: 'doing', trigger: 'bounce' }, system);
  }
  if (voids) await voidAnswer(scope, c, delivery.id);
}

/** The recipients of a delivery that a bounce names, by any of their addresses; the only one also by none. */
export async function recipientsHit(
  scope: Scope,
  deliveryId: string,
  bounce: Bounce,
): Promise<{ recipients: Recipient[]; hit: Hit[] }> {
  const recipients = await scope.db.deliveryRecipient.findMany({
    where: { tenantId: scope.tenantId, deliveryId },
    orderBy: { position: 'asc' },
  });
  const unnamed = bounce.failures.find(({ recipient }) => recipient === null);
  const hit = recipients.flatMap((recipient): Hit[] => {
    const address = normaliseAddress(recipient.address);
    const failure = bounce.failures.find((one) => one.recipient === address || one.also.includes(address));
    const only = recipients.length === 1 ? unnamed : undefined;
    return failure || only ? [{ recipient, failure: (failure ?? only) as BounceFailure }] : [];
  });
  return { recipients, hit };
}

async function markRefused(scope: Scope, { recipient, failure }: Hit): Promise<void> {
  const { tenantId, deliveryId, position } = recipient;
  const said =
    failure.status && !failure.words.includes(failure.status) ? `${failure.status} ${failure.words}` : failure.words;
  await scope.db.deliveryRecipient.update({
    where: { tenantId_deliveryId_position: { tenantId, deliveryId, position } },
    data: { state: 'refused', reason: failure.reason, words: said.trim() || null },
    select: { position: true },
  });
}

// It had left us, even if nobody told us so: it can't be unmade any more.
async function markFailed(scope: Scope, { id }: Delivery, words: string): Promise<void> {
  await scope.db.$executeRaw`
    UPDATE delivery SET state = 'failed', last_words = ${words || null},
      accepted_at = coalesce(accepted_at, data_started_at, ${scope.now})
    WHERE tenant_id = ${scope.tenantId}::uuid AND id = ${id}::uuid`;
}

/**
 * Whether an ended or held case has gone on since: the customer got a later answer, or wrote again. A bounce that comes days
 * late then has nothing to bring back, and must not open the case again and again.
 */
async function isSettledSince(scope: Scope, { row }: Case, delivery: Delivery): Promise<boolean> {
  if (row.status !== 'done' && row.status !== 'hold') return false;
  const since = delivery.acceptedAt ?? delivery.dataStartedAt;
  if (since === null) return false;
  const rows = await scope.db.$queryRaw<{ settled: boolean }[]>`
    SELECT EXISTS (SELECT 1 FROM message m WHERE m.tenant_id = ${scope.tenantId}::uuid
        AND m.conversation_id = ${row.id}::uuid AND m.direction = 'in' AND m.class IN ('human', 'thanks')
        AND m.occurred_at > ${since}::timestamptz)
      OR EXISTS (SELECT 1 FROM delivery d
        JOIN delivery_recipient r ON r.tenant_id = d.tenant_id AND r.delivery_id = d.id AND r.customer
        WHERE d.tenant_id = ${scope.tenantId}::uuid AND d.conversation_id = ${row.id}::uuid AND d.human
          AND d.id <> ${delivery.id}::uuid AND d.accepted_at > ${since}::timestamptz AND r.state = 'accepted') AS settled`;
  return rows[0]?.settled ?? false;
}
