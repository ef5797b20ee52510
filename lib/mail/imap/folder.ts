import type { ImapFlow } from 'imapflow';

/** A folder as it stands now. UIDVALIDITY and UIDNEXT are 32-bit numbers (RFC 3501 2.3.1.1). */
export type OpenFolder = { path: string; uidValidity: number; uidNext: number; exists: number };

/**
 * How long a line that has answered before may be silent when a folder is opened, milliseconds: half-open lines are found
 * here, at every look. A new line has the socket's time-out instead: a server may be building its index first.
 */
const WARM_SILENCE_MS = 20_000;
const warm = new WeakSet<ImapFlow>();

/** Opens a folder read-only (EXAMINE), so that nothing we read is ever marked as read. */
export async function openFolder(client: ImapFlow, path: string): Promise<OpenFolder> {
  const opening = client.mailboxOpen(path, { readOnly: true });
  const box = await (warm.has(client) ? within(client, opening) : opening);
  warm.add(client);
  const uidNext = box.uidNext || (await uidAfterLast(client, box.exists));
  return { path: box.path, uidValidity: Number(box.uidValidity), uidNext, exists: box.exists };
}

// RFC 3501 lets a server leave UIDNEXT out of its answer.
async function uidAfterLast(client: ImapFlow, exists: number): Promise<number> {
  if (exists === 0) return 1;
  const last = await client.fetchOne('*', { uid: true });
  return last ? last.uid + 1 : 1;
}

async function within<T>(client: ImapFlow, answer: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      answer.catch(() => {});
      client.close();
      reject(Object.assign(new Error('no answer on a line that had answered before'), { code: 'ETIMEDOUT' }));
    }, WARM_SILENCE_MS);
  });
  return Promise.race([answer, late]).finally(() => clearTimeout(timer));
}

/** The folder's UIDVALIDITY isn't the one the cursor belongs to: its UIDs say nothing about ours. */
export class UidValidityChanged extends Error {
  readonly now: number;
  constructor(path: string, before: number, now: number) {
    super(`UIDVALIDITY of ${path} changed from ${before} to ${now}`);
    this.name = 'UidValidityChanged';
    this.now = now;
  }
}
