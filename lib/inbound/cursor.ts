import type { ImapFlow } from 'imapflow';
import type { AccountSettings } from '#lib/accounts/settings.ts';
import { SYSTEM } from '#lib/auth/actor.ts';
import { inTenant, type Scope } from '#lib/db/scope.ts';
import type { PulledFolder } from '#lib/inbound/pull.ts';
import { log } from '#lib/log.ts';
import type { OpenFolder } from '#lib/mail/imap/index.ts';

export type Cursor = { folder: string; uidValidity: number; lastUid: number };

/** How far this folder has been read; null before the first time. */
export async function readCursor(scope: Scope, accountId: string, folder: string): Promise<Cursor | null> {
  const row = await scope.db.mailFolder.findUnique({
    where: { tenantId_accountId_folder: { tenantId: scope.tenantId, accountId, folder } },
  });
  return row ? { folder, uidValidity: Number(row.uidValidity), lastUid: Number(row.lastUid) } : null;
}

/**
 * Where to begin in a folder seen for the first time, or whose UIDVALIDITY is another: then everything is read again from
 * the import date on, and what (Message-ID, digest) knows already becomes a duplicate. Sent begins at the end at first:
 * what was sent before us is not ours to import.
 */
export async function startCursor(
  client: ImapFlow,
  account: AccountSettings,
  { folder, role }: PulledFolder,
  opened: OpenFolder,
  known: boolean,
): Promise<Cursor> {
  const since = account.importSince ?? (known ? account.createdAt : null);
  const lastUid = await firstUidBefore(client, role === 'sent' && !known ? null : since, opened);
  if (known) log.warn('inbound.uidValidityChanged', { accountId: account.id, role });
  await inTenant({ tenantId: account.tenantId, actor: SYSTEM }, (scope) =>
    scope.db.mailFolder.upsert({
      where: { tenantId_accountId_folder: { tenantId: account.tenantId, accountId: account.id, folder } },
      create: {
        tenantId: account.tenantId,
        accountId: account.id,
        folder,
        role,
        uidValidity: opened.uidValidity,
        lastUid,
      },
      update: { uidValidity: opened.uidValidity, lastUid, updatedAt: new Date() },
      select: { folder: true },
    }),
  );
  return { folder, uidValidity: opened.uidValidity, lastUid };
}

// Without a date only what arrives from now on is ours. SEARCH SINCE knows whole days in the server's zone only, so we ask
// for the day before: a few mails too many are better than one too few.
async function firstUidBefore(client: ImapFlow, since: Date | null, opened: OpenFolder): Promise<number> {
  if (since === null) return opened.uidNext - 1;
  const found = await client.search({ since: new Date(since.getTime() - 86_400_000) }, { uid: true });
  const uids = found || [];
  return uids.length === 0 ? opened.uidNext - 1 : uids.reduce((a, b) => Math.min(a, b)) - 1;
}
