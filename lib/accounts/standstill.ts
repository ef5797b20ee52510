import { seenMailboxIds } from '#lib/accounts/seen-accounts.ts';
import { requireMay } from '#lib/auth/actor.ts';
import type { Scope } from '#lib/db/scope.ts';

/** An account that receives nothing, for the banner above the inbox. */
export type Standstill = { accountId: string; mailboxId: string; mailboxName: string; since: string; code: string };

/**
 * The accounts of the actor's 窓口 that have received nothing for five minutes or longer, longest first. The mails are safe:
 * they stay at the server.
 */
export async function standstills(scope: Scope): Promise<Standstill[]> {
  requireMay(scope, 'account.see');
  const seen = await seenMailboxIds(scope);
  const rows = await scope.db.$queryRaw<(Omit<Standstill, 'since'> & { since: Date })[]>`
    SELECT a.id AS "accountId", a.mailbox_id AS "mailboxId", b.name AS "mailboxName", a.stands_since AS since,
      coalesce(a.last_error_code, 'unknown') AS code
    FROM mail_account a JOIN mailbox b ON b.tenant_id = a.tenant_id AND b.id = a.mailbox_id
    WHERE a.tenant_id = ${scope.tenantId}::uuid AND a.mailbox_id = ANY(${seen}::uuid[]) AND a.state = 'active'
      AND a.stands_since < clock_timestamp() - interval '5 minutes'
    ORDER BY a.stands_since, a.id`;
  return rows.map((row) => ({ ...row, since: row.since.toISOString() }));
}
