import type { Readable } from 'node:stream';
import type { ImapFlow } from 'imapflow';
import type { Listed } from '#lib/mail/imap/list-sizes.ts';
import { isSmall, isTooLarge, uidSet } from '#lib/mail/imap/predicates.ts';
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

export type FetchLimits = {
  /** Bytes above which a mail comes by itself, as a stream (1,000,000). */
  smallLimit?: number;
  /** Bytes above which only the header comes. */
  cap: number;
  /** Asked before each command: true ends the fetch there. */
  enough?: () => boolean;
};

const GROUP_BYTES = 8_000_000;
const GROUP_MAILS = 100;

/**
 * Listed mails of the open folder with their sources, in their order. Small ones come in groups, larger ones and those which
 * their group didn't bring one by one as streams, of those over `cap` the header alone. None is left out, so the caller sees
 * which the server doesn't give. By BODY.PEEK: flags on the server stay as they are.
 */
export async function* fetchListed(
  client: ImapFlow,
  listed: readonly Listed[],
  { smallLimit = 1_000_000, cap, enough = () => false }: FetchLimits,
): AsyncGenerator<FetchedMail> {
  let group: Listed[] = [];
  for (const mail of listed) {
    const small = isSmall(mail.size, smallLimit) && !isTooLarge(mail.size, cap);
    if (small) group.push(mail);
    if (group.length > 0 && (!small || isFull(group))) {
      if (enough()) return;
      yield* fetchGroup(client, group);
      group = [];
    }
    if (small) continue;
    if (enough()) return;
    if (isTooLarge(mail.size, cap))
      yield { ...mail, source: { tooLarge: true, header: await headerOf(client, mail.uid) } };
    else yield* fetchAlone(client, mail);
  }
  if (!enough()) yield* fetchGroup(client, group);
}

function isFull(group: readonly Listed[]): boolean {
  return group.length >= GROUP_MAILS || group.reduce((sum, m) => sum + m.size, 0) >= GROUP_BYTES;
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
