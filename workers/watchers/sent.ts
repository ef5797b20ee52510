import type { ImapFlow } from 'imapflow';
import { moveSentFolder, noteSentMissing } from '#lib/accounts/sent-folder.ts';
import type { AccountSettings } from '#lib/accounts/settings.ts';
import { SYSTEM } from '#lib/auth/actor.ts';
import { inTenant, type Scope } from '#lib/db/scope.ts';
import type { PulledFolder } from '#lib/inbound/cursor.ts';
import { importSlice } from '#lib/inbound/import-slice.ts';
import { type Lease, LeaseLost } from '#lib/inbound/lease.ts';
import { pullFolder } from '#lib/inbound/pull.ts';
import { reconcileFolder } from '#lib/inbound/reconcile.ts';
import { refetchAsked } from '#lib/inbound/refetch.ts';
import { log } from '#lib/log.ts';
import { failureOf } from '#lib/mail/connection-test.ts';
import { findSentFolders, openFolder } from '#lib/mail/imap/index.ts';

/** Folders for sent mail that are read beside the account's own: what Outlook or a phone has made there. */
const MOST_OTHERS = 3;

/**
 * Reads what was sent by other mail programs: from the account's Sent folder, and from others that the server or their names
 * call so. A folder that can't be read is looked for anew. Returns the account's Sent folder as it is afterwards.
 */
export async function pullSent(client: ImapFlow, account: AccountSettings, lease: Lease): Promise<string | null> {
  const found = await listed(client);
  let main = account.sentFolder ?? (await moveTo(client, account, null, found[0] ?? null));
  if (main === null) return null;
  const own = main;
  const read = (folder: string) =>
    holdingUpNobody(client, account, async () => {
      await pullFolder(client, account, lease, sent(folder));
      await refetchAsked(client, account, lease, sent(folder));
    });
  if (!(await read(own))) main = await lookForSent(client, account, own);
  for (const other of found.filter((folder) => folder !== main && folder !== own).slice(0, MOST_OTHERS)) {
    await read(other);
  }
  return main;
}

/** Older mail of Sent, and what is missing there. True while there is more. */
export async function lookBackAtSent(client: ImapFlow, account: AccountSettings, lease: Lease): Promise<boolean> {
  if (account.sentFolder === null) return false;
  const folder = sent(account.sentFolder);
  let more = false;
  await holdingUpNobody(client, account, async () => {
    more = await importSlice(client, account, lease, folder);
    await reconcileFolder(client, account, lease, folder);
  });
  return more;
}

const sent = (folder: string): PulledFolder => ({ folder, role: 'sent' });

async function holdingUpNobody(
  client: ImapFlow,
  account: AccountSettings,
  work: () => Promise<void>,
): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (error) {
    if (error instanceof LeaseLost || !client.usable) throw error;
    const { code, words } = failureOf(error, 'folders');
    log.warn('inbound.sentFailed', { accountId: account.id, code, words });
    return false;
  }
}

// Asked once a connection, and again when a folder is missing: people rarely make new ones.
const lists = new WeakMap<ImapFlow, string[]>();

async function listed(client: ImapFlow): Promise<string[]> {
  const known = lists.get(client);
  if (known) return known;
  // A server that refuses its list is asked again at the next look.
  const found = await findSentFolders(client).catch(() => null);
  if (found) lists.set(client, found);
  return found ?? [];
}

// Read at the next look. A folder that was deleted keeps its name here, so that it is found again when it comes back.
async function lookForSent(client: ImapFlow, account: AccountSettings, before: string): Promise<string> {
  lists.delete(client);
  const found = await listed(client);
  if (found.length === 0 && lists.has(client))
    await run(account, (scope) => noteSentMissing(scope, account.id, before));
  if (found.includes(before)) return before;
  return (await moveTo(client, account, before, found[0] ?? null)) ?? before;
}

async function moveTo(
  client: ImapFlow,
  account: AccountSettings,
  before: string | null,
  found: string | null,
): Promise<string | null> {
  if (found === null || found === before) return before;
  const { uidValidity } = await openFolder(client, found);
  await run(account, (scope) => moveSentFolder(scope, account.id, before, found, uidValidity));
  log.info('inbound.sentFolderMoved', { accountId: account.id });
  return found;
}

const run = <T>({ tenantId }: AccountSettings, work: (scope: Scope) => Promise<T>) =>
  inTenant({ tenantId, actor: SYSTEM }, work);
