import { requireMay } from '#lib/auth/actor.ts';
import type { Scope } from '#lib/db/scope.ts';

/** A mail account as the settings show it: no secrets, how the receipt is doing in the server's own words. */
export type AccountRow = {
  id: string;
  mailboxId: string;
  mailboxName: string;
  address: string;
  imapHost: string;
  smtpHost: string;
  state: 'active' | 'paused';
  failures: number;
  lastSuccessAt: string | null;
  lastErrorCode: string | null;
  lastErrorWords: string | null;
};

/** All accounts of the tenant with their health, for those who may see it (domain.md 3). */
export async function listAccounts(scope: Scope): Promise<AccountRow[]> {
  requireMay(scope, 'account.see');
  const rows = await scope.db.mailAccount.findMany({
    where: { tenantId: scope.tenantId },
    orderBy: [{ mailbox: { position: 'asc' } }, { address: 'asc' }],
    select: {
      ...{ id: true, mailboxId: true, address: true, imapHost: true, smtpHost: true, state: true, failures: true },
      ...{ lastSuccessAt: true, lastErrorCode: true, lastErrorWords: true },
      mailbox: { select: { name: true } },
    },
  });
  return rows.map(({ mailbox, lastSuccessAt, state, ...row }) => ({
    ...row,
    state: state as AccountRow['state'],
    mailboxName: mailbox.name,
    lastSuccessAt: lastSuccessAt?.toISOString() ?? null,
  }));
}

/** Every 窓口 of the tenant by name: an admin sets up accounts for those whose 案件 they don't read, too. */
export async function mailboxesToSetUp(scope: Scope): Promise<{ id: string; name: string }[]> {
  requireMay(scope, 'account.edit');
  return scope.db.mailbox.findMany({
    where: { tenantId: scope.tenantId },
    orderBy: [{ position: 'asc' }, { id: 'asc' }],
    select: { id: true, name: true },
  });
}
