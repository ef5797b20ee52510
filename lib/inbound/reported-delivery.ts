import type { Case } from '#lib/conversations/case.ts';
import type { Scope } from '#lib/db/scope.ts';
import { type Batch, caseOf } from '#lib/inbound/batch.ts';
import { ownMessageIdIn } from '#lib/inbound/own-id.ts';
import type { Bounce } from '#lib/mail/dsn.ts';
import type { Delivery } from '#lib/outbox/accept.ts';
import { recipientsHit } from '#lib/outbox/bounce.ts';

export type ReportedDelivery = { delivery: Delivery; c: Case };

/**
 * The delivery of one of our messages, read under the lock of its case: whoever settles a delivery takes that lock first,
 * so its state stays as it is until we commit.
 */
export async function deliveryOf(scope: Scope, batch: Batch, messageId: string): Promise<ReportedDelivery | null> {
  const key = { tenantId_messageId: { tenantId: scope.tenantId, messageId } };
  const known = await scope.db.delivery.findUnique({ where: key, select: { conversationId: true } });
  const c = known ? await caseOf(scope, batch, known.conversationId) : null;
  const delivery = c ? await scope.db.delivery.findUnique({ where: key }) : null;
  return delivery && c ? { delivery, c } : null;
}

/** Is it being sent right now? A copy or a bounce may be faster than the server's answer to us; it waits for that. */
export const isUndecided = ({ state }: Pick<Delivery, 'state'>): boolean => state === 'sending';

/**
 * The delivery a bounce reports, of this 窓口 alone: by our signed id in what it returns; by the id a provider wrote over ours,
 * if it names one of the recipients; and where it returns no id at all, by the recipient, if exactly one mail went there
 * lately. An id that isn't ours is somebody else's mail, whoever is named.
 */
export async function reportedDelivery(
  scope: Scope,
  batch: Batch,
  bounce: Bounce,
  at: Date,
): Promise<ReportedDelivery | null> {
  for (const id of bounce.returnedIds) {
    const sentId = ownMessageIdIn(id, batch);
    const found = sentId ? await deliveryOf(scope, batch, sentId) : null;
    if (found) return found;
  }
  const messageId =
    bounce.returnedIds.length > 0
      ? await byProviderId(scope, batch, bounce)
      : await byRecipient(scope, batch, bounce, at);
  const found = messageId ? await deliveryOf(scope, batch, messageId) : null;
  return found && (await recipientsHit(scope, found.delivery.id, bounce)).hit.length > 0 ? found : null;
}

async function byProviderId(scope: Scope, { mailboxId }: Batch, { returnedIds }: Bounce): Promise<string | null> {
  const rows = await scope.db.$queryRaw<{ messageId: string }[]>`
    SELECT d.message_id AS "messageId" FROM mail_reference r
    JOIN delivery d ON d.tenant_id = r.tenant_id AND d.message_id = r.message_id AND d.provider_id IS NOT NULL
    WHERE r.tenant_id = ${scope.tenantId}::uuid AND r.mailbox_id = ${mailboxId}::uuid AND r.mail_id = ANY(${returnedIds}::text[])
      AND strpos(r.mail_id, d.provider_id) > 0 LIMIT 2`;
  return rows.length === 1 ? (rows[0]?.messageId ?? null) : null;
}

/** A server gives up after five days as a rule (RFC 5321 4.5.4.1). */
const LATELY_DAYS = 6;

async function byRecipient(scope: Scope, { mailboxId }: Batch, bounce: Bounce, at: Date): Promise<string | null> {
  const named = bounce.failures.flatMap(({ recipient, also }) => [recipient, ...also]).filter((a) => a !== null);
  if (named.length === 0) return null;
  const rows = await scope.db.$queryRaw<{ messageId: string }[]>`
    SELECT DISTINCT d.message_id AS "messageId" FROM mail_account a
    JOIN delivery d ON d.tenant_id = a.tenant_id AND d.account_id = a.id
    JOIN delivery_recipient r ON r.tenant_id = d.tenant_id AND r.delivery_id = d.id
    WHERE a.tenant_id = ${scope.tenantId}::uuid AND a.mailbox_id = ${mailboxId}::uuid
      AND d.data_started_at > clock_timestamp() - make_interval(days => ${LATELY_DAYS})
      AND d.accepted_at BETWEEN ${at}::timestamptz - make_interval(days => ${LATELY_DAYS}) AND ${at}::timestamptz + interval '1 hour'
      AND lower(r.address) = ANY(${named}::text[]) LIMIT 2`;
  return rows.length === 1 ? (rows[0]?.messageId ?? null) : null;
}
