import { SYSTEM } from '#lib/auth/actor.ts';
import { inTenant } from '#lib/db/scope.ts';
import type { Lease } from '#lib/inbound/lease.ts';
import { publish } from '#lib/realtime/index.ts';

/** Seconds until an account is tried again after so many failures: 5 s, doubling to 15 min, with jitter. */
export function pauseAfter(failures: number, random: () => number = Math.random): number {
  const pause = Math.min(900, 5 * 2 ** Math.min(failures - 1, 10));
  return Math.round(pause * (0.75 + random() * 0.5));
}

/** A pull went through: the account is healthy. */
export async function noteSuccess(lease: Lease): Promise<void> {
  await inTenant({ tenantId: lease.tenantId, actor: SYSTEM }, async (scope) => {
    const rows = await scope.db.$queryRaw<{ mailboxId: string; failures: number }[]>`
      WITH before AS (SELECT failures FROM mail_account
        WHERE tenant_id = ${lease.tenantId}::uuid AND id = ${lease.accountId}::uuid)
      UPDATE mail_account SET last_pull_at = clock_timestamp(), last_success_at = clock_timestamp(), failures = 0,
        last_error_code = NULL, last_error_words = NULL
      WHERE tenant_id = ${lease.tenantId}::uuid AND id = ${lease.accountId}::uuid AND lease_token = ${lease.token}::uuid
      RETURNING mailbox_id AS "mailboxId", (SELECT failures FROM before)`;
    const changed = rows[0];
    if (changed && changed.failures > 0) tellMailbox(scope, changed.mailboxId);
  });
}

/** A pull failed: the server's words are kept, the account rests with growing pauses, and its lease is given back. */
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
        next_attempt_at = clock_timestamp() + make_interval(secs => ${pauseAfter(failures)}::integer)
      WHERE tenant_id = ${lease.tenantId}::uuid AND id = ${lease.accountId}::uuid AND lease_token = ${lease.token}::uuid`;
    if (account) tellMailbox(scope, account.mailboxId);
  });
}

function tellMailbox(
  scope: { tenantId: string; afterCommit: (effect: () => Promise<void>) => void },
  mailboxId: string,
) {
  scope.afterCommit(() => publish(scope.tenantId, { type: 'mailbox', id: mailboxId, mailboxId, version: 0 }));
}
