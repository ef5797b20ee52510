import type { ImapFlow } from 'imapflow';
import type { AccountSettings } from '#lib/accounts/settings.ts';
import { SYSTEM } from '#lib/auth/actor.ts';
import { inTenant } from '#lib/db/scope.ts';
import { failpoint } from '#lib/failpoint.ts';
import { type Cursor, readCursor, startCursor } from '#lib/inbound/cursor.ts';
import type { Lease } from '#lib/inbound/lease.ts';
import { type RawMail, storeChunk } from '#lib/inbound/store-chunk.ts';
import { takeMail } from '#lib/inbound/take-mail.ts';
import { LIMITS } from '#lib/limits.ts';
import { fetchNew, openFolder } from '#lib/mail/imap/index.ts';

export type PulledFolder = { folder: string; role: 'inbox' | 'sent' };
/** Mails of one storing transaction; the rows are small, the blobs are on disk already. */
const STORE_EVERY = 50;
/**
 * So many mails refused in a row, and it is the server that is ill, not the mails: the pull ends there as failed and goes on
 * after the account's pause, instead of making placeholders of a whole INBOX.
 */
const ILL_AFTER = 3;

/** Thrown when the account's lease went to another process: drop everything, it goes on there. */
export class LeaseLost extends Error {}

/**
 * Brings every new mail of a folder into the raw store, in chunks of 500 UIDs: bytes to the blob store first, then the
 * rows and the cursor in one transaction, so that a mail is either wholly there or fetched again (architecture.md 4.1).
 * Returns how many mails were stored.
 */
export async function pullFolder(
  client: ImapFlow,
  account: AccountSettings,
  lease: Lease,
  { folder, role }: PulledFolder,
): Promise<number> {
  const opened = await openFolder(client, folder);
  let cursor = await inTenant(system(account), (scope) => readCursor(scope, account.id, folder));
  if (!cursor || cursor.uidValidity !== opened.uidValidity) {
    cursor = await startCursor(client, account, { folder, role }, opened, cursor !== null);
  }
  let stored = 0;
  for (;;) {
    const { mails, last } = await pullChunk(client, account, lease, cursor, role);
    stored += mails;
    if (last === cursor.lastUid) return stored;
    cursor = { ...cursor, lastUid: last };
  }
}

async function pullChunk(
  client: ImapFlow,
  account: AccountSettings,
  lease: Lease,
  cursor: Cursor,
  role: PulledFolder['role'],
): Promise<{ mails: number; last: number }> {
  let last = cursor.lastUid;
  let refused = 0;
  const rows = collector((mails) => store(account, lease, cursor, role, mails));
  const options = { folder: cursor.folder, afterUid: cursor.lastUid, uidValidity: cursor.uidValidity };
  try {
    for await (const mail of fetchNew(client, { ...options, max: LIMITS.pullChunk, cap: LIMITS.inboundMail })) {
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
  return { mails: rows.stored(), last };
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

async function store(
  account: AccountSettings,
  lease: Lease,
  cursor: Cursor,
  role: PulledFolder['role'],
  mails: readonly RawMail[],
): Promise<void> {
  const kept = await inTenant(system(account), (scope) =>
    storeChunk(scope, account, lease, { ...cursor, role }, mails),
  );
  if (!kept) throw new LeaseLost();
  failpoint('after-raw-store');
}

const system = (account: AccountSettings) => ({ tenantId: account.tenantId, actor: SYSTEM });
