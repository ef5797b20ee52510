import { SYSTEM } from '#lib/auth/actor.ts';
import { inTenant, type Scope } from '#lib/db/scope.ts';

/** How long an account's lease holds without a heartbeat, seconds (the database's clock). */
export const LEASE_SECONDS = 30;
export type Lease = { tenantId: string; accountId: string; token: string };

/** Thrown when the account's lease went to another process: drop everything, it goes on there. */
export class LeaseLost extends Error {}

/** Takes or keeps the account for this process; false while another one holds it or the account is paused. */
export async function holdAccount(lease: Lease, owner: string): Promise<boolean> {
  return inTenant({ tenantId: lease.tenantId, actor: SYSTEM }, async (scope) => {
    const changed = await scope.db.$executeRaw`
      UPDATE mail_account SET lease_token = ${lease.token}::uuid, lease_owner = ${owner},
        lease_until = clock_timestamp() + make_interval(secs => ${LEASE_SECONDS})
      WHERE tenant_id = ${lease.tenantId}::uuid AND id = ${lease.accountId}::uuid AND state = 'active'
        AND (lease_token = ${lease.token}::uuid OR lease_until IS NULL OR lease_until < clock_timestamp())`;
    return changed === 1;
  });
}

/** Is the account still ours? It stays so until the end of this transaction. */
export async function isOurs(scope: Scope, lease: Lease): Promise<boolean> {
  const rows = await scope.db.$queryRaw<{ id: string }[]>`
    SELECT id FROM mail_account WHERE tenant_id = ${lease.tenantId}::uuid AND id = ${lease.accountId}::uuid
      AND lease_token = ${lease.token}::uuid AND lease_until > clock_timestamp() FOR SHARE`;
  return rows.length === 1;
}

/** Gives the account back, so that the next process needn't wait for the lease's end. */
export async function releaseAccount(lease: Lease): Promise<void> {
  await inTenant({ tenantId: lease.tenantId, actor: SYSTEM }, async (scope) => {
    await scope.db.mailAccount.updateMany({
      where: { tenantId: lease.tenantId, id: lease.accountId, leaseToken: lease.token },
      data: { leaseToken: null, leaseOwner: null, leaseUntil: null },
    });
  });
}
