import type { ImapFlow } from 'imapflow';
import type { AccountSettings } from '#lib/accounts/settings.ts';
import { SYSTEM } from '#lib/auth/actor.ts';
import { inTenant } from '#lib/db/scope.ts';
import { failpoint } from '#lib/failpoint.ts';
import { type Lease, LeaseLost } from '#lib/inbound/lease.ts';
import { rawCollector } from '#lib/inbound/raw-collector.ts';
import { type RawMail, storeChunk, type Target } from '#lib/inbound/store-chunk.ts';
import { takeMail } from '#lib/inbound/take-mail.ts';
import type { FetchedMail } from '#lib/mail/imap/index.ts';

/**
 * So many mails refused in a row, and it is the server that is ill, not the mails: the pull ends there as failed and goes on
 * after the account's pause, instead of making placeholders of a whole INBOX.
 */
const ILL_AFTER = 3;

/**
 * Takes fetched mails into the raw store: bytes to the blob store first, then the rows and the cursor in one transaction, so
 * that a mail is either wholly there or fetched again (architecture.md 4.1). Returns how many were stored and the last UID
 * that was dealt with (0 without any).
 */
export async function takeMails(
  client: ImapFlow,
  account: AccountSettings,
  lease: Lease,
  target: Target,
  mails: AsyncIterable<FetchedMail>,
): Promise<{ stored: number; last: number }> {
  let last = 0;
  let refused = 0;
  const rows = rawCollector(account.tenantId, (full) => store(account, lease, target, full));
  try {
    for await (const mail of mails) {
      const taken = Buffer.isBuffer(mail.source) ? null : await takeMail(client, account.tenantId, mail);
      refused = taken?.refusal ? refused + 1 : 0;
      if (refused >= ILL_AFTER) throw taken?.refusal;
      if (Buffer.isBuffer(mail.source)) await rows.add(withBytes(mail, mail.source));
      else if (taken) await rows.add(taken.raw);
      last = mail.uid;
    }
  } finally {
    // Also before an error: what came whole needn't come again, and the next pull begins at the mail that made the trouble.
    await rows.end();
  }
  return { stored: rows.stored(), last };
}

const withBytes = ({ source: _, ...told }: FetchedMail, bytes: Buffer) => ({ ...told, bytes });

async function store(account: AccountSettings, lease: Lease, target: Target, mails: readonly RawMail[]): Promise<void> {
  const kept = await inTenant({ tenantId: account.tenantId, actor: SYSTEM }, (scope) =>
    storeChunk(scope, account, lease, target, mails),
  );
  if (!kept) throw new LeaseLost();
  failpoint('after-raw-store');
}
