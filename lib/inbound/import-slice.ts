import type { ImapFlow } from 'imapflow';
import { inboundCap } from '#lib/accounts/inbound-cap.ts';
import type { AccountSettings } from '#lib/accounts/settings.ts';
import { SYSTEM } from '#lib/auth/actor.ts';
import { inTenant, type Scope } from '#lib/db/scope.ts';
import type { PulledFolder } from '#lib/inbound/cursor.ts';
import type { Lease } from '#lib/inbound/lease.ts';
import { cursorOf } from '#lib/inbound/pull.ts';
import { takeMails } from '#lib/inbound/take-mails.ts';
import { LIMITS } from '#lib/limits.ts';
import { fetchNew } from '#lib/mail/imap/index.ts';
import { publish } from '#lib/realtime/index.ts';

/** New mail waits for a slice at the longest: no further command is begun after so many milliseconds. */
const SLICE_MS = 2000;

/**
 * Takes in some of a folder's older mail, oldest first, and tells the browsers how far it is. A cursor of its own moves with
 * it, so it goes on where it stood after a kill, and new mail is never behind it. True while there is more.
 */
export async function importSlice(
  client: ImapFlow,
  account: AccountSettings,
  lease: Lease,
  pulled: PulledFolder,
): Promise<boolean> {
  const { uidValidity, older } = await cursorOf(client, account, lease, pulled);
  if (!older) return false;
  const until = Date.now() + SLICE_MS;
  let begun = false;
  // The first command of a slice is always given: a slow server must get on as well.
  const enough = () => begun && Date.now() > until;
  const range = {
    afterUid: older.importUid,
    uptoUid: older.importUpto,
    max: LIMITS.pullChunk,
    cap: inboundCap(),
  };
  const fetched = fetchNew(client, { folder: pulled.folder, uidValidity, ...range, enough });
  const { last } = await takeMails(
    client,
    account,
    lease,
    { ...pulled, uidValidity, part: 'older' },
    (async function* () {
      for await (const mail of fetched) {
        begun = true;
        yield mail;
      }
    })(),
  );
  const ended = last === 0 || last >= older.importUpto;
  await inTenant({ tenantId: account.tenantId, actor: SYSTEM }, async (scope) => {
    if (ended) await endImport(scope, account.id, pulled.folder, uidValidity);
    scope.afterCommit(() => publish(scope.tenantId, { type: 'account', id: account.id, mailboxId: null, version: 0 }));
  });
  return !ended;
}

// What was counted at the beginning may have been expunged since: the progress ends at its own end.
async function endImport(scope: Scope, accountId: string, folder: string, uidValidity: number): Promise<void> {
  await scope.db.$executeRaw`
    UPDATE mail_folder SET import_uid = import_upto, import_done = import_total, reconciled_at = NULL
    WHERE tenant_id = ${scope.tenantId}::uuid AND account_id = ${accountId}::uuid AND folder = ${folder}
      AND uid_validity = ${uidValidity}::bigint`;
}
