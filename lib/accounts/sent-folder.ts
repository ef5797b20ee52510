import { noteIncident } from '#lib/accounts/incidents.ts';
import type { Scope } from '#lib/db/scope.ts';

/**
 * The account's folder for sent mail has another name now, or its first; `uidValidity` is what the server says of it, null
 * where that isn't known. After a mere renaming UIDVALIDITY is the same: the cursor and what was stored go along, and reading
 * goes on where it stood. A folder that was read beside the other keeps its own cursor.
 */
export async function moveSentFolder(
  scope: Scope,
  accountId: string,
  from: string | null,
  to: string,
  uidValidity: number | null = null,
): Promise<void> {
  const { tenantId, db } = scope;
  await db.mailAccount.updateMany({ where: { tenantId, id: accountId, sentFolder: from }, data: { sentFolder: to } });
  if (from === null || uidValidity === null) return;
  const renamed = await db.mailFolder.count({
    where: { tenantId, accountId, folder: from, role: 'sent', uidValidity },
  });
  if (renamed === 0) return;
  await db.mailFolder.deleteMany({ where: { tenantId, accountId, folder: to } });
  await db.mailFolder.updateMany({ where: { tenantId, accountId, folder: from }, data: { folder: to } });
  await db.$executeRaw`
    UPDATE inbound_mail i SET folder = ${to}
    WHERE i.tenant_id = ${tenantId}::uuid AND i.account_id = ${accountId}::uuid AND i.folder = ${from}
      AND i.uid_validity = ${uidValidity}::bigint
      AND NOT EXISTS (SELECT 1 FROM inbound_mail o WHERE o.tenant_id = i.tenant_id AND o.account_id = i.account_id
        AND o.folder = ${to} AND o.uid_validity = i.uid_validity AND o.uid = i.uid)`;
}

/** The server has no folder for sent mail any more: an admin is told once, until they have seen it. */
export async function noteSentMissing(scope: Scope, accountId: string, folder: string): Promise<void> {
  const told = await scope.db.accountIncident.count({
    where: { tenantId: scope.tenantId, accountId, kind: 'folder-missing', seenAt: null },
  });
  if (told === 0) await noteIncident(scope, accountId, 'folder-missing', { folder });
}
