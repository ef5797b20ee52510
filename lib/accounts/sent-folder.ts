import type { Scope } from '#lib/db/scope.ts';

/**
 * The account's folder for sent mail has another name now. The cursor goes along: after a mere renaming UIDVALIDITY is the
 * same and reading goes on where it stood; with another one what is known already becomes a duplicate (startCursor).
 */
export async function moveSentFolder(scope: Scope, accountId: string, from: string, to: string): Promise<void> {
  const { tenantId, db } = scope;
  await db.mailAccount.updateMany({
    where: { tenantId, id: accountId, sentFolder: from },
    data: { sentFolder: to },
  });
  await db.$executeRaw`
    UPDATE mail_folder f SET folder = ${to}, updated_at = clock_timestamp()
    WHERE f.tenant_id = ${tenantId}::uuid AND f.account_id = ${accountId}::uuid AND f.folder = ${from} AND f.role = 'sent'
      AND NOT EXISTS (SELECT 1 FROM mail_folder o
        WHERE o.tenant_id = f.tenant_id AND o.account_id = f.account_id AND o.folder = ${to})`;
}
