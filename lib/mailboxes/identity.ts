import type { Scope } from '#lib/db/scope.ts';
import { notFound } from '#lib/errors.ts';

/** How a 窓口 appears to the outside, and which addresses are its own. */
export type MailboxIdentity = {
  id: string;
  name: string;
  defaultThen: 'done' | 'doing' | 'hold';
  fromName: string;
  signature: string;
  /** The account that sends; null when the 窓口 has none. */
  account: { id: string; address: string } | null;
  /** Every address of ours in the tenant, lower case: left out of reply-all, recognised as own. */
  ownAddresses: string[];
};

/** Name, sender and own addresses of one 窓口. */
export async function mailboxIdentity(scope: Scope, mailboxId: string): Promise<MailboxIdentity> {
  const { db, tenantId } = scope;
  const mailbox = await db.mailbox.findUnique({
    where: { tenantId_id: { tenantId, id: mailboxId } },
    select: { id: true, name: true, defaultThen: true, fromName: true, signature: true },
  });
  if (!mailbox) throw notFound();
  const account = await db.mailAccount.findFirst({
    where: { tenantId, mailboxId, state: 'active' },
    orderBy: { createdAt: 'asc' },
    select: { id: true, address: true },
  });
  return {
    ...mailbox,
    defaultThen: mailbox.defaultThen as MailboxIdentity['defaultThen'],
    account,
    ownAddresses: await ownAddresses(scope),
  };
}

/** All addresses of the tenant's accounts and their aliases, lower case. */
export async function ownAddresses(scope: Scope): Promise<string[]> {
  const rows = await scope.db.$queryRaw<{ address: string }[]>`
    SELECT lower(address) AS address FROM mail_account WHERE tenant_id = ${scope.tenantId}::uuid
    UNION SELECT lower(address) FROM mail_alias WHERE tenant_id = ${scope.tenantId}::uuid`;
  return rows.map((row) => row.address);
}
