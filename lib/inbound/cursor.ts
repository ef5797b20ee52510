import type { AccountSettings } from '#lib/accounts/settings.ts';
import type { Scope } from '#lib/db/scope.ts';

export type PulledFolder = { folder: string; role: 'inbox' | 'sent' };
/** Older mail that is taken in beside the new: UIDs above importUid up to importUpto are still to come. */
export type ImportRange = { importUid: number; importUpto: number; importTotal: number };
/** How far a folder has been read. New mail is above lastUid; what lies below firstUid is from before our time. */
export type Cursor = {
  folder: string;
  uidValidity: number;
  firstUid: number;
  lastUid: number;
  older: ImportRange | null;
  reconciledAt: Date | null;
};

/** How far this folder has been read; null before the first time. */
export async function readCursor(scope: Scope, accountId: string, folder: string): Promise<Cursor | null> {
  const row = await scope.db.mailFolder.findUnique({
    where: { tenantId_accountId_folder: { tenantId: scope.tenantId, accountId, folder } },
  });
  if (!row) return null;
  const { importUid, importUpto, importTotal } = row;
  const importing = importUid !== null && importUpto !== null && importUid < importUpto;
  const lastUid = Number(row.lastUid);
  return {
    ...{ folder, uidValidity: Number(row.uidValidity), lastUid, reconciledAt: row.reconciledAt },
    firstUid: row.firstUid === null ? lastUid + 1 : Number(row.firstUid),
    older: importing
      ? { importUid: Number(importUid), importUpto: Number(importUpto), importTotal: importTotal ?? 0 }
      : null,
  };
}

/** Begins a folder at this place, also one that was read before: what was counted of it then says nothing any more. */
export async function writeCursor(
  scope: Scope,
  account: AccountSettings,
  { role }: PulledFolder,
  cursor: Cursor,
): Promise<void> {
  const { folder, uidValidity, firstUid, lastUid, older } = cursor;
  const at = {
    ...{ uidValidity, firstUid, lastUid, updatedAt: new Date(), importDone: 0 },
    ...{ importUid: older?.importUid ?? null, importUpto: older?.importUpto ?? null },
    ...{ importTotal: older?.importTotal ?? null },
    ...{ serverCount: null, keptCount: null, missingCount: null, reconciledAt: null },
  };
  const key = { tenantId: account.tenantId, accountId: account.id, folder };
  await scope.db.mailFolder.upsert({
    where: { tenantId_accountId_folder: key },
    create: { ...key, role, ...at },
    update: at,
    select: { folder: true },
  });
}
