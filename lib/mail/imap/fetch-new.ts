import type { Readable } from 'node:stream';
import type { FetchMessageObject, ImapFlow } from 'imapflow';
import { openFolder, UidValidityChanged } from '#lib/mail/imap/folder.ts';
import { isNew, isSmall, isTooLarge, uidSet, uidsChanged } from '#lib/mail/imap/predicates.ts';
import { isRefusal } from '#lib/mail/imap/refusal.ts';
import { openSource } from '#lib/mail/imap/source.ts';

/**
 * A mail on the server. `open` asks for it by itself, from its beginning each time; the stream must be read to its end (or
 * left) before the next mail is asked for, and fails where the server doesn't give the mail.
 */
export type FetchedMail = {
  uid: number;
  size: number;
  internalDate: Date;
  source: Buffer | { open: () => Readable } | { tooLarge: true; header: Buffer };
};

export type FetchNewOptions = {
  folder: string;
  afterUid: number;
  /** The UIDVALIDITY the cursor belongs to; null on the first pull. Another one now throws UidValidityChanged. */
  uidValidity: number | null;
  max?: number;
  smallLimit?: number;
  cap: number;
};

type Listed = { uid: number; size: number; internalDate: Date };

const GROUP_BYTES = 8_000_000;
const GROUP_MAILS = 100;

/**
 * The next mails of a folder in ascending UID order, at most `max` (500). Sizes are asked first; mails up to `smallLimit` bytes
 * (1,000,000) come with their source in groups, larger ones and those which their group didn't bring one by one as streams, of
 * those over `cap` the header alone. None of the listed is left out, so the caller sees which the server doesn't give.
 * Read-only and by BODY.PEEK: flags on the server stay as they are.
 */
export async function* fetchNew(client: ImapFlow, options: FetchNewOptions): AsyncGenerator<FetchedMail> {
  const { folder, afterUid, uidValidity, max = 500, smallLimit = 1_000_000, cap } = options;
  const box = await openFolder(client, folder);
  if (uidsChanged(uidValidity, box.uidValidity))
    throw new UidValidityChanged(folder, uidValidity ?? 0, box.uidValidity);
  const listed = await listSizes(client, afterUid, box.uidNext, max);
  let group: Listed[] = [];
  for (const mail of listed) {
    const small = isSmall(mail.size, smallLimit) && !isTooLarge(mail.size, cap);
    if (small) group.push(mail);
    if (group.length > 0 && (!small || isFull(group))) {
      yield* fetchGroup(client, group);
      group = [];
    }
    if (small) continue;
    if (isTooLarge(mail.size, cap))
      yield { ...mail, source: { tooLarge: true, header: await headerOf(client, mail.uid) } };
    else yield* fetchAlone(client, mail);
  }
  yield* fetchGroup(client, group);
}

function isFull(group: readonly Listed[]): boolean {
  return group.length >= GROUP_MAILS || group.reduce((sum, m) => sum + m.size, 0) >= GROUP_BYTES;
}

/** Asks by windows of UIDs that widen while they are empty, so a large mailbox isn't listed whole for every chunk. */
async function listSizes(client: ImapFlow, afterUid: number, uidNext: number, max: number): Promise<Listed[]> {
  const found: Listed[] = [];
  let from = afterUid + 1;
  let width = max;
  for (;;) {
    const to = from + width - 1;
    const last = to >= uidNext - 1;
    const answers = await client.fetchAll(
      `${from}:${last ? '*' : to}`,
      { uid: true, size: true, internalDate: true },
      { uid: true },
    );
    for (const answer of answers) if (isNew(answer.uid, from - 1)) found.push(listedOf(answer));
    if (last || found.length >= max) break;
    from = to + 1;
    width *= 2;
  }
  return found.sort((a, b) => a.uid - b.uid).slice(0, max);
}

function listedOf(answer: FetchMessageObject): Listed {
  return { uid: answer.uid, size: answer.size ?? 0, internalDate: new Date(answer.internalDate ?? 0) };
}

async function* fetchGroup(client: ImapFlow, group: readonly Listed[]): AsyncGenerator<FetchedMail> {
  if (group.length === 0) return;
  const { sources, error } = await collect(client, group);
  for (const mail of group) {
    const source = sources.get(mail.uid);
    sources.delete(mail.uid);
    if (source) yield { ...mail, source };
    // What came before the line was cut is whole; from the first missing one on it is fetched again.
    else if (error && !isRefusal(error)) throw error;
    else yield* fetchAlone(client, mail);
  }
}

// Collected before the first yield: ImapFlow holds the line while a fetch is being iterated. One damaged mail can make a
// server refuse the whole command: what it gave before that counts all the same.
async function collect(client: ImapFlow, group: readonly Listed[]) {
  const sources = new Map<number, Buffer>();
  const answers = client.fetch(uidSet(group.map((m) => m.uid)), { uid: true, source: true }, { uid: true });
  try {
    for await (const { uid, source } of answers) if (source) sources.set(uid, source);
    return { sources, error: null };
  } catch (error) {
    return { sources, error };
  }
}

// Who wrote, and about what: enough to show that it is there. Where even that is refused, the size alone says so.
async function headerOf(client: ImapFlow, uid: number): Promise<Buffer> {
  try {
    const answer = await client.fetchOne(String(uid), { headers: true }, { uid: true });
    return (answer || undefined)?.headers ?? Buffer.alloc(0);
  } catch (error) {
    if (!isRefusal(error)) throw error;
    return Buffer.alloc(0);
  }
}

async function* fetchAlone(client: ImapFlow, mail: Listed): AsyncGenerator<FetchedMail> {
  let stream: Readable | null = null;
  const open = () => {
    stream = openSource(client, mail.uid, mail.size);
    return stream;
  };
  try {
    yield { ...mail, source: { open } };
  } finally {
    (stream as Readable | null)?.destroy();
  }
}
