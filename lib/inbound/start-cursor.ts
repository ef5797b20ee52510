import type { ImapFlow } from 'imapflow';
import { noteIncident } from '#lib/accounts/incidents.ts';
import type { AccountSettings } from '#lib/accounts/settings.ts';
import { SYSTEM } from '#lib/auth/actor.ts';
import { inTenant } from '#lib/db/scope.ts';
import { type Cursor, type PulledFolder, writeCursor } from '#lib/inbound/cursor.ts';
import { isOurs, type Lease, LeaseLost } from '#lib/inbound/lease.ts';
import { log } from '#lib/log.ts';
import { type OpenFolder, uidsBetween, uidsSince } from '#lib/mail/imap/index.ts';
import { publish } from '#lib/realtime/index.ts';

/**
 * The newest mails that are read at once, in a folder that has more: the team sees them within seconds, and what came while
 * we were down is among them. The rest comes in slices beside the new mail, oldest first.
 */
const AT_ONCE = 200;

/**
 * Where to begin in a folder seen for the first time, or whose UIDVALIDITY is another: then everything is read again from
 * the import date on, and what (Message-ID, digest) knows already becomes a duplicate; the admin is told. Without an import
 * date a new folder begins at its end: what was there before us is not ours.
 */
export async function startCursor(
  client: ImapFlow,
  account: AccountSettings,
  lease: Lease,
  pulled: PulledFolder,
  opened: OpenFolder,
  known: Cursor | null,
): Promise<Cursor> {
  const since = account.importSince ?? (known ? account.createdAt : null);
  const at = await placeOf(client, since, opened);
  const cursor = { folder: pulled.folder, uidValidity: opened.uidValidity, reconciledAt: null, ...at };
  await inTenant({ tenantId: account.tenantId, actor: SYSTEM }, async (scope) => {
    if (!(await isOurs(scope, lease))) throw new LeaseLost();
    await writeCursor(scope, account, pulled, cursor);
    scope.afterCommit(() => publish(scope.tenantId, { type: 'account', id: account.id, mailboxId: null, version: 0 }));
    if (!known) return;
    await noteIncident(scope, account.id, 'uidvalidity-changed', {
      ...{ folder: pulled.folder, before: known.uidValidity, now: opened.uidValidity, upto: opened.uidNext - 1 },
    });
  });
  if (known) log.warn('inbound.uidValidityChanged', { accountId: account.id, role: pulled.role });
  return cursor;
}

type Place = Pick<Cursor, 'firstUid' | 'lastUid' | 'older'>;

async function placeOf(client: ImapFlow, since: Date | null, { uidNext, exists }: OpenFolder): Promise<Place> {
  const end = { firstUid: uidNext, lastUid: uidNext - 1, older: null };
  // Some servers refuse a SEARCH in an empty folder.
  const firstUid = since === null || exists === 0 ? null : await uidsSince(client, since);
  if (firstUid === null) return end;
  const uids = await uidsBetween(client, firstUid, uidNext - 1);
  const newest = uids[uids.length - AT_ONCE] ?? firstUid;
  const older = { importUid: firstUid - 1, importUpto: newest - 1, importTotal: uids.length - AT_ONCE };
  return { firstUid, lastUid: newest - 1, older: older.importTotal > 0 ? older : null };
}
