import type { ImapFlow } from 'imapflow';
import { type AccountSettings, loadAccount } from '#lib/accounts/settings.ts';
import { SYSTEM } from '#lib/auth/actor.ts';
import { fixedClock } from '#lib/clock.ts';
import { inTenant } from '#lib/db/scope.ts';
import { newId } from '#lib/ids.ts';
import { connectAccount } from '#lib/inbound/connect.ts';
import { holdAccount, type Lease, releaseAccount } from '#lib/inbound/lease.ts';
import { pullFolder } from '#lib/inbound/pull.ts';
import { receiveMail } from '#lib/inbound/receive.ts';
import { closeImap } from '#lib/mail/imap/index.ts';

type Box = { account: AccountSettings; lease: Lease; append: ImapFlow; pull: ImapFlow; heartbeat: NodeJS.Timeout };
const boxes = new Map<string, Box>();

async function boxOf(tenantId: string, accountId: string): Promise<Box> {
  const known = boxes.get(accountId);
  if (known) return known;
  const account = await inTenant({ tenantId, actor: SYSTEM }, (scope) => loadAccount(scope, accountId));
  const lease = { tenantId, accountId, token: newId() };
  await holdAccount(lease, 'seed');
  const heartbeat = setInterval(() => void holdAccount(lease, 'seed').catch(() => {}), 10_000);
  const box = { account, lease, heartbeat, append: await connectAccount(account), pull: await connectAccount(account) };
  await pullFolder(box.pull, account, lease, { folder: account.inboxFolder, role: 'inbox' });
  boxes.set(accountId, box);
  return box;
}

/** Puts a mail into the account's INBOX as if it had arrived at that moment. */
export async function arrive(tenantId: string, accountId: string, raw: Buffer, at: Date): Promise<void> {
  const { append, account } = await boxOf(tenantId, accountId);
  await append.append(account.inboxFolder, raw, [], at);
}

/** Pulls and receives what has arrived, at that moment of business time. */
export async function receiveNow(tenantId: string, accountId: string, at: Date): Promise<void> {
  const { pull, account, lease } = await boxOf(tenantId, accountId);
  await pullFolder(pull, account, lease, { folder: account.inboxFolder, role: 'inbox' });
  await receiveMail(tenantId, account.mailboxId, { clock: fixedClock(at), imported: true });
}

/** Signs out everywhere and gives the accounts to the workers. */
export async function closeBoxes(): Promise<void> {
  for (const { append, pull, lease, heartbeat } of boxes.values()) {
    clearInterval(heartbeat);
    await closeImap(append);
    await closeImap(pull);
    await releaseAccount(lease);
  }
  boxes.clear();
}
