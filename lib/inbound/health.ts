import { SYSTEM } from '#lib/auth/actor.ts';
import { inTenant, type Scope } from '#lib/db/scope.ts';
import type { Lease } from '#lib/inbound/lease.ts';
import { pauseAfter } from '#lib/inbound/pauses.ts';
import { publish } from '#lib/realtime/index.ts';

/** A pull went through: the account is healthy, whatever was before is over. */
export async function noteSuccess(lease: Lease): Promise<void> {
  await inTenant({ tenantId: lease.tenantId, actor: SYSTEM }, async (scope) => {
    const rows = await scope.db.$queryRaw<{ mailboxId: string; failures: number }[]>`
      WITH before AS (SELECT failures FROM mail_account
        WHERE tenant_id = ${lease.tenantId}::uuid AND id = ${lease.accountId}::uuid)
      UPDATE mail_account SET last_pull_at = clock_timestamp(), last_success_at = clock_timestamp(), failures = 0,
        last_error_code = NULL, last_error_words = NULL, stands_since = NULL
      WHERE tenant_id = ${lease.tenantId}::uuid AND id = ${lease.accountId}::uuid AND lease_token = ${lease.token}::uuid
      RETURNING mailbox_id AS "mailboxId", (SELECT failures FROM before)`;
    const changed = rows[0];
    if (changed && changed.failures > 0) tell(scope, lease.accountId, changed.mailboxId);
  });
}

/**
 * A pull failed: the server's words are kept, the account rests with growing pauses, and its lease is given back. It stands
 * since its last success.
 */
export async function noteFailure(lease: Lease, code: string, words: string): Promise<void> {
  await inTenant({ tenantId: lease.tenantId, actor: SYSTEM }, async (scope) => {
    const account = await scope.db.mailAccount.findUnique({
      where: { tenantId_id: { tenantId: lease.tenantId, id: lease.accountId } },
      select: { failures: true, mailboxId: true },
    });
    const failures = (account?.failures ?? 0) + 1;
    await scope.db.$executeRaw`
      UPDATE mail_account SET last_pull_at = clock_timestamp(), failures = ${failures}, last_error_code = ${code},
        last_error_words = ${words.slice(0, 1000)}, lease_token = NULL, lease_owner = NULL, lease_until = NULL,
        stands_since = coalesce(stands_since, last_success_at, clock_timestamp()),
        next_attempt_at = clock_timestamp() + make_interval(secs => ${pauseAfter(failures, code)}::integer)
      WHERE tenant_id = ${lease.tenantId}::uuid AND id = ${lease.accountId}::uuid AND lease_token = ${lease.token}::uuid`;
    if (account) tell(scope, lease.accountId, account.mailboxId);
  });
}

function tell(scope: Scope, id: string, mailboxId: string) {
  scope.afterCommit(() => publish(scope.tenantId, { type: 'mailbox', id: mailboxId, mailboxId, version: 0 }));
  // For the board: an admin needn't see the 窓口 itself.
  scope.afterCommit(() => publish(scope.tenantId, { type: 'account', id, mailboxId: null, version: 0 }));
}
