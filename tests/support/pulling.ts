import { loadAccount } from '#lib/accounts/settings.ts';
import { SYSTEM } from '#lib/auth/actor.ts';
import { inTenant } from '#lib/db/scope.ts';
import { newId } from '#lib/ids.ts';
import { connectAccount } from '#lib/inbound/connect.ts';
import { holdAccount, releaseAccount } from '#lib/inbound/lease.ts';
import { receiveMail } from '#lib/inbound/receive.ts';
import { closeImap } from '#lib/mail/imap/index.ts';
import { lookAtFolders } from '#workers/watchers/look.ts';
import { db, type MailWorld } from './mail-world.ts';

/** One line to the account's server, held by this test in place of a worker; `end()` it. */
export async function line({ tenantId, accountId, mailboxId }: MailWorld) {
  const lease = { tenantId, accountId, token: newId() };
  await db.$executeRaw`UPDATE mail_account SET lease_until = NULL, lease_token = NULL WHERE id = ${accountId}::uuid`;
  await holdAccount(lease, 'test');
  let account = await inTenant({ tenantId, actor: SYSTEM }, (scope) => loadAccount(scope, accountId));
  const client = await connectAccount(account);
  return {
    client,
    /** One look at all folders. True while older mail is still to come. */
    look: async (): Promise<boolean> => {
      await holdAccount(lease, 'test');
      const looked = await lookAtFolders(client, account, lease);
      account = looked.account;
      return looked.more;
    },
    receive: () => receiveMail(tenantId, mailboxId),
    end: async () => {
      await closeImap(client);
      await releaseAccount(lease);
    },
  };
}

/** Connects, looks until there is no older mail left, and receives what came: what a worker does at one take-up. */
export async function pullAll(world: MailWorld): Promise<void> {
  const { look, receive, end } = await line(world);
  try {
    while (await look());
    await receive();
  } finally {
    await end();
  }
}

/** As if an hour had passed: the next look compares with the server. */
export async function dueForComparison({ accountId }: MailWorld): Promise<void> {
  await db.$executeRaw`
    UPDATE mail_folder SET reconciled_at = reconciled_at - interval '61 minutes' WHERE account_id = ${accountId}::uuid`;
}

/** What is noted of a folder. */
export const folderOf = ({ tenantId, accountId }: MailWorld, folder = 'INBOX') =>
  db.mailFolder.findUniqueOrThrow({ where: { tenantId_accountId_folder: { tenantId, accountId, folder } } });

/** What happened to the account's receipt, oldest first, as [kind, data]. */
export const incidentsOf = async ({ tenantId, accountId }: MailWorld) =>
  (await db.accountIncident.findMany({ where: { tenantId, accountId }, orderBy: [{ at: 'asc' }, { id: 'asc' }] })).map(
    ({ kind, data }) => [kind, data] as const,
  );
