import { Readable } from 'node:stream';
import type { ImapFlow } from 'imapflow';
import type { AccountSettings } from '#lib/accounts/settings.ts';
import { SYSTEM } from '#lib/auth/actor.ts';
import { putBlob } from '#lib/blobs/index.ts';
import { inTenant } from '#lib/db/scope.ts';
import { failpoint } from '#lib/failpoint.ts';
import { type Cursor, readCursor, startCursor } from '#lib/inbound/cursor.ts';
import type { Lease } from '#lib/inbound/lease.ts';
import { type RawMail, storeChunk } from '#lib/inbound/store-chunk.ts';
import { LIMITS } from '#lib/limits.ts';
import { type FetchedMail, fetchNew, openFolder } from '#lib/mail/imap/index.ts';

export type PulledFolder = { folder: string; role: 'inbox' | 'sent' };
/** Mails of one storing transaction; the rows are small, the blobs are on disk already. */
const STORE_EVERY = 50;

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
  let mails = 0;
  let batch: RawMail[] = [];
  const flush = async () => {
    if (batch.length === 0) return;
    await store(account, lease, cursor, role, batch);
    mails += batch.length;
    batch = [];
  };
  const options = { folder: cursor.folder, afterUid: cursor.lastUid, uidValidity: cursor.uidValidity };
  for await (const mail of fetchNew(client, { ...options, max: LIMITS.pullChunk, cap: LIMITS.inboundMail })) {
    batch.push(await toRaw(account.tenantId, mail));
    last = mail.uid;
    if (batch.length >= STORE_EVERY) await flush();
  }
  await flush();
  return { mails, last };
}

async function toRaw(tenantId: string, { uid, size, internalDate, source }: FetchedMail): Promise<RawMail> {
  if ('tooLarge' in source) {
    const header = await putBlob(tenantId, source.header);
    return { uid, size, internalDate, sha256: header.sha256 };
  }
  const bytes = Buffer.isBuffer(source) ? source : source.stream;
  const blob = await putBlob(tenantId, bytes instanceof Readable || Buffer.isBuffer(bytes) ? bytes : Buffer.alloc(0));
  return { uid, size: blob.size, internalDate, sha256: blob.sha256 };
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
