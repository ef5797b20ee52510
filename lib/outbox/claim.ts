import type { Scope } from '#lib/db/scope.ts';
import type { RejectedRecipient } from '#lib/mail/smtp/submit.ts';
import { noteAnswers } from '#lib/outbox/recipient-answers.ts';
import { secondsUntilRoom } from '#lib/outbox/room.ts';

/** How long a claim holds without a heartbeat, seconds: so soon a dead worker's mail is taken up again. */
export const CLAIM_SECONDS = 30;

/** What a mail is; `auto` is an automatic receipt: it leaves with the null return path, and nothing of it is a person's answer. */
export type DeliveryKind = 'reply' | 'new' | 'forward' | 'auto';

export type Claimed = {
  id: string;
  accountId: string;
  messageId: string;
  conversationId: string;
  kind: DeliveryKind;
  attempts: number;
  dateHeader: Date;
};

/** Not this time: the account has no room for it for so many seconds. */
export type Later = { waitSeconds: number };

/**
 * Takes a due delivery for this worker: one UPDATE, so two workers never both get it. The Date header is fixed at the
 * first claim, so that every try sends the same bytes. Null: not due, taken, settled or cancelled. Later: the account's
 * limits are reached, and the delivery is due again when there is room.
 */
export async function claimDelivery(scope: Scope, deliveryId: string, token: string): Promise<Claimed | Later | null> {
  const accountId = await accountOfDue(scope, deliveryId);
  if (accountId === null) return null;
  const waitSeconds = await secondsUntilRoom(scope, accountId);
  if (waitSeconds > 0) {
    await postpone(scope, deliveryId, waitSeconds);
    return { waitSeconds };
  }
  const rows = await scope.db.$queryRaw<Claimed[]>`
    UPDATE delivery SET state = 'sending', lease_token = ${token}::uuid, attempts = attempts + 1, data_started_at = NULL,
      lease_until = clock_timestamp() + make_interval(secs => ${CLAIM_SECONDS}),
      date_header = coalesce(date_header, ${scope.now}::timestamptz)
    WHERE tenant_id = ${scope.tenantId}::uuid AND id = ${deliveryId}::uuid AND account_id IS NOT NULL
      AND (state IN ('queued', 'retry') AND next_attempt_at <= clock_timestamp()
        OR state = 'sending' AND lease_until < clock_timestamp() AND data_started_at IS NULL)
    RETURNING id, account_id AS "accountId", message_id AS "messageId", conversation_id AS "conversationId", kind, attempts,
      date_header AS "dateHeader"`;
  return rows[0] ?? null;
}

async function accountOfDue(scope: Scope, deliveryId: string): Promise<string | null> {
  const rows = await scope.db.$queryRaw<{ accountId: string | null }[]>`
    SELECT account_id AS "accountId" FROM delivery
    WHERE tenant_id = ${scope.tenantId}::uuid AND id = ${deliveryId}::uuid
      AND (state IN ('queued', 'retry') AND next_attempt_at <= clock_timestamp()
        OR state = 'sending' AND lease_until < clock_timestamp() AND data_started_at IS NULL)`;
  return rows[0]?.accountId ?? null;
}

async function postpone(scope: Scope, deliveryId: string, seconds: number): Promise<void> {
  await scope.db.$executeRaw`
    UPDATE delivery SET next_attempt_at = clock_timestamp() + make_interval(secs => ${seconds})
    WHERE tenant_id = ${scope.tenantId}::uuid AND id = ${deliveryId}::uuid AND state IN ('queued', 'retry')`;
}

/**
 * Notes that the body is about to leave us, and whom the server has refused by then; committed before its first byte. From
 * here on a lost line means uncertain. False: the claim isn't ours any more, and nothing must be sent.
 */
export async function noteDataStarted(
  scope: Scope,
  deliveryId: string,
  token: string,
  rejected: readonly RejectedRecipient[],
): Promise<boolean> {
  const changed = await scope.db.$executeRaw`
    UPDATE delivery SET data_started_at = clock_timestamp(),
      lease_until = clock_timestamp() + make_interval(secs => ${CLAIM_SECONDS})
    WHERE tenant_id = ${scope.tenantId}::uuid AND id = ${deliveryId}::uuid AND state = 'sending'
      AND lease_token = ${token}::uuid AND lease_until > clock_timestamp()`;
  if (changed === 1) await noteAnswers(scope, deliveryId, rejected);
  return changed === 1;
}

/** The heartbeat of a submission that takes long; false once the claim isn't ours any more. */
export async function keepClaim(scope: Scope, deliveryId: string, token: string): Promise<boolean> {
  const changed = await scope.db.$executeRaw`
    UPDATE delivery SET lease_until = clock_timestamp() + make_interval(secs => ${CLAIM_SECONDS})
    WHERE tenant_id = ${scope.tenantId}::uuid AND id = ${deliveryId}::uuid AND state = 'sending'
      AND lease_token = ${token}::uuid`;
  return changed === 1;
}

/** The delivery a dead worker left after its body had begun: for those nobody may simply try again. */
export async function abandonedAfterData(scope: Scope, deliveryId: string): Promise<boolean> {
  const found = await scope.db.$queryRaw<{ id: string }[]>`
    SELECT id FROM delivery WHERE tenant_id = ${scope.tenantId}::uuid AND id = ${deliveryId}::uuid
      AND state = 'sending' AND lease_until < clock_timestamp() AND data_started_at IS NOT NULL`;
  return found.length === 1;
}
