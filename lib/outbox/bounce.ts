import { type Case, record } from '#lib/conversations/case.ts';
import { moveStatus } from '#lib/conversations/status.ts';
import { voidAnswer } from '#lib/conversations/void-answer.ts';
import type { Scope } from '#lib/db/scope.ts';
import { normaliseAddress } from '#lib/mail/address.ts';
import type { Bounce } from '#lib/mail/dsn.ts';

type Delivery = NonNullable<Awaited<ReturnType<Scope['db']['delivery']['findUnique']>>>;

/**
 * A mail came back: the recipient is marked with the reason, and if it was the customer, the answer is as if never sent and
 * the conversation returns to 対応中 with a warning (domain.md 2). The caller writes the case.
 */
export async function bounceDelivery(scope: Scope, c: Case, delivery: Delivery, bounce: Bounce): Promise<void> {
  const { tenantId, db } = scope;
  const recipients = await db.deliveryRecipient.findMany({
    where: { tenantId, deliveryId: delivery.id },
    orderBy: { position: 'asc' },
  });
  const named = new Set(bounce.failures.map((failure) => failure.recipient).filter((address) => address !== null));
  const hit = recipients.filter((r) => named.size === 0 || named.has(normaliseAddress(r.address)));
  const words = [bounce.status, bounce.reason].filter(Boolean).join(' ');
  for (const { position } of hit) {
    await db.deliveryRecipient.update({
      where: { tenantId_deliveryId_position: { tenantId, deliveryId: delivery.id, position } },
      data: { state: 'refused', words },
      select: { position: true },
    });
  }
  const customer = recipients.find((r) => r.customer);
  const voids = delivery.human && customer !== undefined && hit.some((r) => r.position === customer.position);
  if (voids) {
    // It had left us, even if nobody told us so: it can't be unmade any more.
    await db.$executeRaw`
      UPDATE delivery SET state = 'failed', last_words = ${words}, accepted_at = coalesce(accepted_at, data_started_at, ${scope.now})
      WHERE tenant_id = ${tenantId}::uuid AND id = ${delivery.id}::uuid`;
  }
  record(
    scope,
    c,
    'delivery.bounced',
    {
      ...{ delivery_id: delivery.id, reason: bounce.reason, hard: bounce.hard },
      ...{ recipient_count: hit.length, voids_answer: voids },
    },
    { actor: { kind: 'system', id: null } },
  );
  c.row.warning = 'failed';
  await moveStatus(scope, c, { to: 'doing', trigger: 'bounce' }, { actor: { kind: 'system', id: null } });
  if (voids) await voidAnswer(scope, c, delivery.id);
}
