import { addContent, type Case, record } from '#lib/conversations/case.ts';
import { moveStatus } from '#lib/conversations/status.ts';
import { answerWaits } from '#lib/conversations/waits.ts';
import type { Scope } from '#lib/db/scope.ts';
import { remainingWarning } from '#lib/outbox/remaining-warning.ts';
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
 * The server took it: recipients, answered waits, then the status the sender chose (domain.md 2). The caller writes the
 * case.
 */
export async function acceptDelivery(scope: Scope, c: Case, delivery: Delivery, acceptance: Acceptance): Promise<void> {
  const { rejected, response, at = scope.now } = acceptance;
  const { tenantId } = scope;
  const { recipients, toCustomer } = await settleRecipients(scope, delivery.id, rejected);
  await scope.db.$executeRaw`
    UPDATE delivery SET state = 'sent', accepted_at = ${at}, server_response = ${response.slice(0, 1000)},
      lease_token = NULL, lease_until = NULL, last_words = NULL, last_code = NULL
    WHERE tenant_id = ${tenantId}::uuid AND id = ${delivery.id}::uuid`;
  const accepted = {
    ...{ delivery_id: delivery.id, message_id: delivery.messageId, human: delivery.human, to_customer: toCustomer },
    ...{ accepted: recipients - rejected.length, rejected: rejected.length },
  };
  const causeId = record(scope, c, 'delivery.accepted', accepted, { actor: system, occurredAt: at });
  c.row.warning = rejected.length > 0 ? 'failed' : await remainingWarning(scope, c.row.id, delivery.id);
  if (rejected.length > 0) addContent(c);
  if (delivery.human && toCustomer) await answered(scope, c, delivery, causeId);
  // Only others got it: for the customer nothing was answered, and somebody must look.
  if (delivery.human && !toCustomer) await moveStatus(scope, c, { to: 'doing', trigger: 'bounce' }, { actor: system });
  scope.afterCommit(() => enqueue('mail.file-sent', { tenantId, deliveryId: delivery.id }));
}

async function settleRecipients(
  scope: Scope,
  deliveryId: string,
  rejected: Acceptance['rejected'],
): Promise<{ recipients: number; toCustomer: boolean }> {
  const { tenantId, db } = scope;
  const refused = new Map(rejected.map((r) => [r.address.toLowerCase(), r]));
  const where = { tenantId, deliveryId };
  const recipients = await db.deliveryRecipient.findMany({ where, orderBy: { position: 'asc' } });
  for (const { position, address } of recipients) {
    const no = refused.get(address.toLowerCase());
    await db.deliveryRecipient.update({
      where: { tenantId_deliveryId_position: { tenantId, deliveryId, position } },
      data: no ? { state: 'refused', code: no.code, words: no.words.slice(0, 1000) } : { state: 'accepted' },
      select: { position: true },
    });
  }
  const first = recipients.find((r) => r.customer);
  return {
    recipients: recipients.length,
    toCustomer: first !== undefined && !refused.has(first.address.toLowerCase()),
  };
}

async function answered(scope: Scope, c: Case, delivery: Delivery, causeId: string): Promise<void> {
  const message = await scope.db.message.findUnique({
    where: { tenantId_id: { tenantId: scope.tenantId, id: delivery.messageId } },
    select: { contentSeq: true },
  });
  await answerWaits(scope, c, delivery.id, message?.contentSeq ?? 0);
  // A mail that came in between the click and now has no answer yet, or of another one nobody knows whether it arrived:
  // to end here would forget it.
  const open = c.row.waitingSince !== null || c.row.warning === 'uncertain';
  const to = open ? 'doing' : (delivery.thenStatus as 'done' | 'doing' | 'hold');
  const hold = { holdFor: 'customer', holdUntil: delivery.thenHoldUntil } as const;
  await moveStatus(scope, c, { to, trigger: 'send', ...hold }, { causeId, actor: system });
}
