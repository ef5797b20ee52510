import type { ImapFlow } from 'imapflow';
import type { AccountSettings } from '#lib/accounts/settings.ts';
import { importSlice } from '#lib/inbound/import-slice.ts';
import type { Lease } from '#lib/inbound/lease.ts';
import { pullFolder } from '#lib/inbound/pull.ts';
import { reconcileFolder } from '#lib/inbound/reconcile.ts';
import { refetchAsked } from '#lib/inbound/refetch.ts';
import { lookBackAtSent, pullSent } from '#workers/watchers/sent.ts';

/** What a look left: the account as it is afterwards, and whether older mail is still to come. */
export type Looked = { account: AccountSettings; more: boolean };

/**
 * Looks at all folders once. Customers' mail first, and again at the end: IDLE listens to the folder that is open, and what
 * came while another was open rang nobody. Older mail comes in slices in between, that of Sent only after that of INBOX, so
 * that an answer finds its question. A Sent folder that can't be read holds up nobody's mail.
 */
export async function lookAtFolders(client: ImapFlow, before: AccountSettings, lease: Lease): Promise<Looked> {
  const inbox = { folder: before.inboxFolder, role: 'inbox' } as const;
  await pullFolder(client, before, lease, inbox);
  const account = { ...before, sentFolder: await pullSent(client, before, lease) };
  await refetchAsked(client, account, lease, inbox);
  const more = await importSlice(client, account, lease, inbox);
  await reconcileFolder(client, account, lease, inbox);
  const moreSent = !more && (await lookBackAtSent(client, account, lease));
  await pullFolder(client, account, lease, inbox);
  return { account, more: more || moreSent };
}
