import { requireMay } from '#lib/auth/actor.ts';
import type { Scope } from '#lib/db/scope.ts';
import { notFound } from '#lib/errors.ts';
import { enqueue } from '#lib/queue/index.ts';
import { publish } from '#lib/realtime/index.ts';

/** Stops receiving for this account; its mail stays at the server. The worker that holds it lets go within seconds. */
export async function pauseAccount(scope: Scope, accountId: string): Promise<void> {
  requireMay(scope, 'account.edit');
  await setState(scope, accountId, 'paused');
}

/** Receives again, at once and without what remained of a pause. */
export async function resumeAccount(scope: Scope, accountId: string): Promise<void> {
  requireMay(scope, 'account.edit');
  await setState(scope, accountId, 'active');
  await tryAtOnce(scope, accountId);
}

/**
 * Whatever failed before is forgotten and the account is tried at once: after its settings were edited (the transaction
 * that saves them calls this; it bumps `version`, and a worker that still uses the old ones connects anew).
 */
export async function tryAtOnce(scope: Scope, accountId: string): Promise<void> {
  const { tenantId, db } = scope;
  await db.$executeRaw`
    UPDATE mail_account SET failures = 0, last_error_code = NULL, last_error_words = NULL,
      next_attempt_at = clock_timestamp()
    WHERE tenant_id = ${tenantId}::uuid AND id = ${accountId}::uuid`;
  scope.afterCommit(() => enqueue('account.pull', { tenantId, accountId }));
}

// What was noted of a standstill ends with it: a pause is no standstill, and begins no recovery mail.
async function setState(scope: Scope, id: string, state: 'active' | 'paused'): Promise<void> {
  const { tenantId, db } = scope;
  const { count } = await db.mailAccount.updateMany({
    where: { tenantId, id },
    data: {
      ...{ state, version: { increment: 1 }, standsSince: null },
      ...{ alarmSentAt: null, alarmNotedAt: null, alarmNextAt: null },
    },
  });
  if (count === 0) throw notFound();
  scope.afterCommit(() => publish(tenantId, { type: 'account', id, mailboxId: null, version: 0 }));
  if (state === 'paused') scope.afterCommit(() => enqueue('account.pull', { tenantId, accountId: id }));
}
