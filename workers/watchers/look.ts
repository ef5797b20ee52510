import type { ImapFlow } from 'imapflow';
import { moveSentFolder } from '#lib/accounts/sent-folder.ts';
import type { AccountSettings } from '#lib/accounts/settings.ts';
import { SYSTEM } from '#lib/auth/actor.ts';
import { inTenant } from '#lib/db/scope.ts';
import type { Lease } from '#lib/inbound/lease.ts';
import { LeaseLost, pullFolder } from '#lib/inbound/pull.ts';
import { log } from '#lib/log.ts';
import { failureOf } from '#lib/mail/connection-test.ts';
import { findSentFolder } from '#lib/mail/imap/index.ts';

/**
 * Looks at both folders once. Customers' mail first, and again at the end: IDLE listens to the folder that is open, and what
 * came while Sent was open rang nobody. A Sent folder that can't be read doesn't hold up INBOX; it is looked for anew.
 * Returns the account as it is afterwards.
 */
export async function lookAtFolders(
  client: ImapFlow,
  account: AccountSettings,
  lease: Lease,
): Promise<AccountSettings> {
  const inbox = { folder: account.inboxFolder, role: 'inbox' } as const;
  await pullFolder(client, account, lease, inbox);
  if (account.sentFolder === null) return account;
  const sentFolder = await pullSent(client, account, lease, account.sentFolder);
  await pullFolder(client, account, lease, inbox);
  return { ...account, sentFolder };
}

async function pullSent(client: ImapFlow, account: AccountSettings, lease: Lease, folder: string): Promise<string> {
  try {
    await pullFolder(client, account, lease, { folder, role: 'sent' });
    return folder;
  } catch (error) {
    if (error instanceof LeaseLost || !client.usable) throw error;
    const { code, words } = failureOf(error, 'folders');
    log.warn('inbound.sentFailed', { accountId: account.id, code, words });
    return lookForSent(client, account, folder);
  }
}

// Read at the next look. A folder that was deleted keeps its name here, so that it is found again when it comes back.
// A server that refuses its list is asked again as well.
async function lookForSent(client: ImapFlow, { tenantId, id }: AccountSettings, before: string): Promise<string> {
  const found = await findSentFolder(client).catch(() => null);
  if (found === null || found === before) return before;
  await inTenant({ tenantId, actor: SYSTEM }, (scope) => moveSentFolder(scope, id, before, found));
  log.info('inbound.sentFolderMoved', { accountId: id });
  return found;
}
