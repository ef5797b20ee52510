import type { ImapFlow } from 'imapflow';
import { inboundCap } from '#lib/accounts/inbound-cap.ts';
import { noteIncident } from '#lib/accounts/incidents.ts';
import type { AccountSettings } from '#lib/accounts/settings.ts';
import { SYSTEM } from '#lib/auth/actor.ts';
import { inTenant, type Scope } from '#lib/db/scope.ts';
import type { Cursor, PulledFolder } from '#lib/inbound/cursor.ts';
import type { Lease } from '#lib/inbound/lease.ts';
import { cursorOf } from '#lib/inbound/pull.ts';
import { takeMails } from '#lib/inbound/take-mails.ts';
import { log } from '#lib/log.ts';
import { fetchThese, uidsBetween } from '#lib/mail/imap/index.ts';
import { publish } from '#lib/realtime/index.ts';

/** A folder is compared with the server so often, and when an admin asks for it (pullNow), milliseconds. */
const EVERY_MS = 60 * 60_000;
/** Missing mails fetched in one comparison; the next look goes on with the rest. */
const MOST = 1000;
/** So often a mail that the server didn't give, or whose bytes were lost here, is asked for again by itself, once an hour. */
const MOST_TRIES = 5;

/**
 * Compares what the server lists with what is stored here, up to the cursor: fetches what is missing (a UID the server gave
 * late, a row that was lost), tells the admin, and keeps the counts for the board. Costs one SEARCH and one SELECT.
 */
export async function reconcileFolder(
  client: ImapFlow,
  account: AccountSettings,
  lease: Lease,
  pulled: PulledFolder,
): Promise<void> {
  const cursor = await cursorOf(client, account, lease, pulled);
  if (cursor.reconciledAt && Date.now() - cursor.reconciledAt.getTime() < EVERY_MS) return;
  const onServer = await uidsBetween(client, cursor.firstUid, cursor.lastUid);
  const run = <T>(work: (scope: Scope) => Promise<T>) => inTenant({ tenantId: account.tenantId, actor: SYSTEM }, work);
  const here = await run((scope) => uidsHere(scope, account.id, cursor));
  const missing = onServer.filter((uid) => !here.has(uid) && !isStillToCome(cursor, uid));
  const now = missing.slice(0, MOST);
  const { folder, uidValidity } = cursor;
  const fetched = fetchThese(client, now, { folder, uidValidity, cap: inboundCap() });
  const target = { ...pulled, uidValidity, part: 'gap' } as const;
  const { stored } = now.length > 0 ? await takeMails(client, account, lease, target, fetched) : { stored: 0 };
  const counts = {
    serverCount: onServer.length,
    keptCount: onServer.filter((uid) => here.has(uid)).length + stored,
    missingCount: missing.length - stored,
  };
  await run((scope) => noteCounts(scope, account.id, cursor, { ...counts, whole: missing.length <= MOST, stored }));
}

// Importing goes on by itself; those mails aren't missing.
function isStillToCome({ older }: Cursor, uid: number): boolean {
  return older !== null && uid > older.importUid && uid <= older.importUpto;
}

async function uidsHere(scope: Scope, accountId: string, cursor: Cursor): Promise<Set<number>> {
  const rows = await scope.db.$queryRaw<{ uids: number[] }[]>`
    SELECT coalesce(array_agg(uid::float8), '{}') AS uids FROM inbound_mail
    WHERE tenant_id = ${scope.tenantId}::uuid AND account_id = ${accountId}::uuid AND folder = ${cursor.folder}
      AND uid_validity = ${cursor.uidValidity}::bigint AND uid BETWEEN ${cursor.firstUid}::bigint AND ${cursor.lastUid}::bigint`;
  return new Set(rows[0]?.uids ?? []);
}

type Counts = { serverCount: number; keptCount: number; missingCount: number; whole: boolean; stored: number };

async function noteCounts(scope: Scope, accountId: string, cursor: Cursor, counts: Counts): Promise<void> {
  const { folder, uidValidity } = cursor;
  const { whole, stored, ...numbers } = counts;
  await scope.db.mailFolder.updateMany({
    where: { tenantId: scope.tenantId, accountId, folder, uidValidity },
    data: { ...numbers, reconciledAt: whole ? new Date() : null },
  });
  await askAgain(scope, accountId, folder);
  if (stored > 0) {
    await noteIncident(scope, accountId, 'gap-filled', { folder, filled: stored });
    log.warn('inbound.gapFilled', { accountId, filled: stored });
  }
  scope.afterCommit(() => publish(scope.tenantId, { type: 'account', id: accountId, mailboxId: null, version: 0 }));
}

async function askAgain(scope: Scope, accountId: string, folder: string): Promise<void> {
  await scope.db.$executeRaw`
    UPDATE inbound_mail SET refetch = true
    WHERE tenant_id = ${scope.tenantId}::uuid AND account_id = ${accountId}::uuid AND folder = ${folder}
      AND state = 'failed' AND reason = 'unreadable' AND attempts < ${MOST_TRIES}`;
}
