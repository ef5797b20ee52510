import type { ImapFlow } from 'imapflow';
import type { AccountSettings } from '#lib/accounts/settings.ts';
import { SYSTEM } from '#lib/auth/actor.ts';
import { inTenant } from '#lib/db/scope.ts';
import { failpoint } from '#lib/failpoint.ts';
import { type Lease, LeaseLost } from '#lib/inbound/lease.ts';
import { type RawMail, storeChunk, type Target } from '#lib/inbound/store-chunk.ts';
import { takeMail } from '#lib/inbound/take-mail.ts';
import type { FetchedMail } from '#lib/mail/imap/index.ts';

/** Mails of one storing transaction; the rows are small, the blobs are on disk already. */
const STORE_EVERY = 50;
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
  const rows = collector((full) => store(account, lease, target, full));
  try {
    for await (const mail of mails) {
      const taken = await takeMail(client, account.tenantId, mail);
      refused = taken?.refusal ? refused + 1 : 0;
      if (refused >= ILL_AFTER) throw taken?.refusal;
      if (taken) await rows.add(taken.raw);
      last = mail.uid;
    }
  } finally {
    // Also before an error: what came whole needn't come again, and the next pull begins at the mail that made the trouble.
    await rows.flush();
  }
  return { stored: rows.stored(), last };
}

/** Gathers mails and stores them fifty at a time; a store that failed isn't tried again. */
function collector(put: (mails: readonly RawMail[]) => Promise<void>) {
  let waiting: RawMail[] = [];
  let stored = 0;
  const flush = async () => {
    const full = waiting;
    waiting = [];
    if (full.length > 0) await put(full);
    stored += full.length;
  };
  const add = async (mail: RawMail) => {
    waiting.push(mail);
    if (waiting.length >= STORE_EVERY) await flush();
  };
  return { add, flush, stored: () => stored };
}

async function store(account: AccountSettings, lease: Lease, target: Target, mails: readonly RawMail[]): Promise<void> {
  const kept = await inTenant({ tenantId: account.tenantId, actor: SYSTEM }, (scope) =>
    storeChunk(scope, account, lease, target, mails),
  );
  if (!kept) throw new LeaseLost();
  failpoint('after-raw-store');
}
