import { requireMay } from '#lib/auth/actor.ts';
import { may } from '#lib/auth/policy.ts';
import type { Scope } from '#lib/db/scope.ts';
import { notFound } from '#lib/errors.ts';
import { visibleMailboxIds } from '#lib/mailboxes/access.ts';

/** The 窓口 whose accounts this actor may see the health of: an admin's are all, everybody else's the visible ones. */
export async function seenMailboxIds(scope: Scope): Promise<string[]> {
  requireMay(scope, 'account.see');
  const { actor, db, tenantId } = scope;
  if (actor.kind === 'system' || !may(actor.roles, 'account.edit')) return visibleMailboxIds(scope);
  const all = await db.mailbox.findMany({ where: { tenantId }, select: { id: true } });
  return all.map((row) => row.id);
}

/** Who may not see an account's 窓口 doesn't know the account. */
export async function requireSeenAccount(scope: Scope, accountId: string): Promise<{ mailboxId: string }> {
  const seen = await seenMailboxIds(scope);
  const account = await scope.db.mailAccount.findUnique({
    where: { tenantId_id: { tenantId: scope.tenantId, id: accountId } },
    select: { mailboxId: true },
  });
  if (!account || !seen.includes(account.mailboxId)) throw notFound();
  return account;
}
