import { addContent, type Case, record } from '#lib/conversations/case.ts';
import type { ThenStatus } from '#lib/conversations/shapes.ts';
import { moveStatus } from '#lib/conversations/status.ts';
import { answerThanks } from '#lib/conversations/thanks.ts';
import { answerWaits } from '#lib/conversations/waits.ts';
import type { Scope } from '#lib/db/scope.ts';
import { noteProviderId } from '#lib/outbox/provider-id.ts';
import { isTemporary } from '#lib/outbox/recipient-answers.ts';
import { remainingWarning } from '#lib/outbox/remaining-warning.ts';
import { retryAfter, spread } from '#lib/outbox/retry.ts';
import { enqueue } from '#lib/queue/index.ts';

export type Delivery = NonNullable<Awaited<ReturnType<Scope['db']['delivery']['findUnique']>>>;
export type Acceptance = {
  rejected: { address: string; code: number | null; words: string }[];
  response: string;
  /** When the server took it; now, unless it was learnt later. */
  at?: Date;
};
const system = { kind: 'system', id: null } as const;

/**
 * The server took it for at least one recipient: recipients, answered waits, then the status the sender chose (domain.md 2).
 * Those refused for now (4xx) are tried again, the others are not written to twice. The caller writes the case.
 */
export async function acceptDelivery(scope: Scope, c: Case, delivery: Delivery, acceptance: Acceptance): Promise<void> {
  const { response, at = scope.now } = acceptance;
  const { tenantId } = scope;
  const pause = retryAfter(delivery.attempts);
  const wait = pause === null ? null : spread(pause);
  const settled = await settleRecipients(scope, delivery.id, acceptance.rejected, wait !== null);
  const again = settled.later > 0 && wait !== null;
  await scope.db.$executeRaw`
    UPDATE delivery SET state = ${again ? 'retry' : 'sent'}, accepted_at = coalesce(accepted_at, ${at}),
      server_response = ${response.slice(0, 1000)}, lease_token = NULL, lease_until = NULL,
      last_words = NULL, last_code = NULL,
      next_attempt_at = clock_timestamp() + make_interval(secs => ${again ? wait : 0}::integer)
    WHERE tenant_id = ${tenantId}::uuid AND id = ${delivery.id}::uuid`;
  const accepted = {
    ...{ delivery_id: delivery.id, message_id: delivery.messageId, human: delivery.human },
    ...{ to_customer: settled.customer === 'accepted', accepted: settled.accepted, rejected: settled.refused },
  };
  await noteProviderId(scope, delivery, response);
  const causeId = record(scope, c, 'delivery.accepted', accepted, { actor: system, occurredAt: at });
  if (delivery.human) {
    // Who was refused for good at an earlier try of this mail still hasn't got it, as long as nobody has looked.
    const missing = settled.refused > 0 || (settled.refusedBefore > 0 && c.row.warning !== null);
    c.row.warning = missing ? 'failed' : await remainingWarning(scope, c.row.id, delivery.id);
    if (settled.refused > 0) addContent(c);
    await follow(scope, c, delivery, settled.customer, causeId);
  }
  const [job, delayMs] = again ? (['mail.deliver', wait * 1000] as const) : (['mail.file-sent', 0] as const);
  scope.afterCommit(() => enqueue(job, { tenantId, deliveryId: delivery.id }, { delayMs }));
}

/** What became of the customer at this try; `none`: nobody of the recipients is the customer. */
type Customer = 'accepted' | 'refused' | 'later' | 'before' | 'none';

async function follow(scope: Scope, c: Case, delivery: Delivery, customer: Customer, causeId: string): Promise<void> {
  if (customer === 'accepted') return answered(scope, c, delivery, causeId);
  // Only others got it: for the customer nothing was answered, and somebody must look.
  if (customer === 'refused') return moveStatus(scope, c, { to: 'doing', trigger: 'bounce' }, { actor: system });
  if (customer !== 'none' || delivery.acceptedAt !== null) return;
  // A question to a supplier answers no customer.
  await moveAfterSending(scope, c, delivery, causeId);
}

async function settleRecipients(
  scope: Scope,
  deliveryId: string,
  rejected: Acceptance['rejected'],
  mayTryAgain: boolean,
): Promise<{ accepted: number; refused: number; later: number; refusedBefore: number; customer: Customer }> {
  const { tenantId, db } = scope;
  const refusals = new Map(rejected.map((r) => [r.address.toLowerCase(), r]));
  const recipients = await db.deliveryRecipient.findMany({
    where: { tenantId, deliveryId },
    orderBy: { position: 'asc' },
  });
  const refusedBefore = recipients.filter((r) => r.state === 'refused').length;
  const counts = { accepted: 0, refused: 0, later: 0, refusedBefore };
  const first = recipients.find((r) => r.customer);
  let customer: Customer = first ? 'before' : 'none';
  for (const recipient of recipients.filter((r) => r.state === 'pending')) {
    const no = refusals.get(recipient.address.toLowerCase());
    const fate = !no ? 'accepted' : mayTryAgain && isTemporary(no.code) ? 'later' : 'refused';
    counts[fate] += 1;
    if (recipient === first) customer = fate;
    await db.deliveryRecipient.update({
      where: { tenantId_deliveryId_position: { tenantId, deliveryId, position: recipient.position } },
      data: {
        state: fate === 'later' ? 'pending' : fate,
        ...(no ? { code: no.code, words: no.words.slice(0, 1000) } : { code: null, words: null }),
      },
      select: { position: true },
    });
  }
  return { ...counts, customer };
}

async function answered(scope: Scope, c: Case, delivery: Delivery, causeId: string): Promise<void> {
  const message = await scope.db.message.findUnique({
    where: { tenantId_id: { tenantId: scope.tenantId, id: delivery.messageId } },
    select: { contentSeq: true },
  });
  await answerWaits(scope, c, delivery.id, message?.contentSeq ?? 0);
  await answerThanks(scope, c, message?.contentSeq ?? 0);
  await moveAfterSending(scope, c, delivery, causeId);
}

// As chosen, unless a customer still waits (for what came between the click and now, say) or nobody knows whether another
// mail arrived: to end here would forget it.
async function moveAfterSending(scope: Scope, c: Case, delivery: Delivery, causeId: string): Promise<void> {
  const open = c.row.waitingSince !== null || c.row.warning === 'uncertain';
  const to = open ? 'doing' : (delivery.thenStatus as ThenStatus);
  const hold = { holdFor: 'customer', holdUntil: delivery.thenHoldUntil } as const;
  await moveStatus(scope, c, { to, trigger: 'send', ...hold }, { causeId, actor: system });
}
