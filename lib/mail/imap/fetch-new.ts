import type { Readable } from 'node:stream';
import type { FetchMessageObject, ImapFlow } from 'imapflow';
import { openFolder, UidValidityChanged } from '#lib/mail/imap/folder.ts';
import { isNew, isSmall, isTooLarge, uidSet, uidsChanged } from '#lib/mail/imap/predicates.ts';

/** A mail on the server. A `stream` must be read to its end (or left) before the next mail is asked for. */
export type FetchedMail = {
  uid: number;
  size: number;
  internalDate: Date;
  source: Buffer | { stream: Readable } | { tooLarge: true; header: Buffer };
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
 * (1,000,000) come with their source in groups, larger ones one by one as streams, of those over `cap` the header alone. What was
 * expunged in between is left out. Read-only and by BODY.PEEK: flags on the server stay as they are.
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
    else yield* fetchLarge(client, mail);
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
  // Collected before the first yield: ImapFlow holds the line while a fetch is being iterated.
  const answers = await client.fetchAll(uidSet(group.map((m) => m.uid)), { uid: true, source: true }, { uid: true });
  const sources = new Map(answers.map((a) => [a.uid, a.source]));
  for (const mail of group) {
    const source = sources.get(mail.uid);
    sources.delete(mail.uid);
    if (source) yield { ...mail, source };
  }
}

// Who wrote, and about what: enough to show that it is there.
async function headerOf(client: ImapFlow, uid: number): Promise<Buffer> {
  const answer = await client.fetchOne(String(uid), { headers: true }, { uid: true });
  return (answer || undefined)?.headers ?? Buffer.alloc(0);
}

async function* fetchLarge(client: ImapFlow, mail: Listed): AsyncGenerator<FetchedMail> {
  const download = await client.download(String(mail.uid), undefined, { uid: true, chunkSize: 512 * 1024 });
  if (!download.content) return;
  try {
    yield { ...mail, source: { stream: download.content } };
  } finally {
    if (!download.content.readableEnded) download.content.destroy();
  }
}
