import { requireMay } from '#lib/auth/actor.ts';
import type { Scope } from '#lib/db/scope.ts';
import { conflict, notFound } from '#lib/errors.ts';
import { enqueue } from '#lib/queue/index.ts';

/**
 * 今すぐ受信: ends the account's pause, looks at the server now and counts what is there and here anew. Returns at once; what
 * came of it is read from the board.
 * @throws Conflict accountPaused
 */
export async function pullNow(scope: Scope, accountId: string): Promise<void> {
  requireMay(scope, 'account.edit');
  const { tenantId, db } = scope;
  const account = await db.mailAccount.findUnique({
    where: { tenantId_id: { tenantId, id: accountId } },
    select: { state: true },
  });
  if (!account) throw notFound();
  if (account.state === 'paused') throw conflict('accountPaused');
  await db.$executeRaw`
    UPDATE mail_account SET next_attempt_at = clock_timestamp()
    WHERE tenant_id = ${tenantId}::uuid AND id = ${accountId}::uuid`;
  await db.mailFolder.updateMany({ where: { tenantId, accountId }, data: { reconciledAt: null } });
  scope.afterCommit(() => enqueue('account.pull', { tenantId, accountId }));
}
