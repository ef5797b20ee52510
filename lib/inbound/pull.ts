import type { ImapFlow } from 'imapflow';
import { inboundCap } from '#lib/accounts/inbound-cap.ts';
import type { AccountSettings } from '#lib/accounts/settings.ts';
import { SYSTEM } from '#lib/auth/actor.ts';
import { inTenant } from '#lib/db/scope.ts';
import { type Cursor, type PulledFolder, readCursor } from '#lib/inbound/cursor.ts';
import type { Lease } from '#lib/inbound/lease.ts';
import { startCursor } from '#lib/inbound/start-cursor.ts';
import { takeMails } from '#lib/inbound/take-mails.ts';
import { LIMITS } from '#lib/limits.ts';
import { fetchNew, openFolder, UidValidityChanged } from '#lib/mail/imap/index.ts';

/** A server that gives another UIDVALIDITY each time it is asked isn't one that can be read. */
const MOST_CHANGES = 3;

/**
 * Brings every new mail of a folder into the raw store, in chunks of 500 UIDs. A UIDVALIDITY that changes meanwhile begins
 * the folder anew.
 */
export async function pullFolder(
  client: ImapFlow,
  account: AccountSettings,
  lease: Lease,
  pulled: PulledFolder,
): Promise<void> {
  for (let changes = 0; ; changes += 1) {
    try {
      return await pullNew(client, account, lease, pulled);
    } catch (error) {
      if (!(error instanceof UidValidityChanged) || changes >= MOST_CHANGES) throw error;
    }
  }
}

/** The folder's cursor as it stands, begun or begun anew where it must be. Leaves the folder open. */
export async function cursorOf(
  client: ImapFlow,
  account: AccountSettings,
  lease: Lease,
  pulled: PulledFolder,
): Promise<Cursor> {
  const opened = await openFolder(client, pulled.folder);
  const known = await inTenant({ tenantId: account.tenantId, actor: SYSTEM }, (scope) =>
    readCursor(scope, account.id, pulled.folder),
  );
  if (known?.uidValidity === opened.uidValidity) return known;
  return startCursor(client, account, lease, pulled, opened, known);
}

async function pullNew(client: ImapFlow, account: AccountSettings, lease: Lease, pulled: PulledFolder): Promise<void> {
  const { uidValidity, lastUid } = await cursorOf(client, account, lease, pulled);
  const target = { ...pulled, uidValidity, part: 'new' } as const;
  let afterUid = lastUid;
  for (;;) {
    const range = { folder: pulled.folder, uidValidity, afterUid, max: LIMITS.pullChunk, cap: inboundCap() };
    const { last } = await takeMails(client, account, lease, target, fetchNew(client, range));
    if (last <= afterUid) return;
    afterUid = last;
  }
}
