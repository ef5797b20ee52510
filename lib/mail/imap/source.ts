import { Readable } from 'node:stream';
import type { ImapFlow } from 'imapflow';
import { NoSource } from '#lib/mail/imap/refusal.ts';

/** Bytes of one partial FETCH. */
const CHUNK = 512 * 1024;

/**
 * One mail of the open folder as a stream, `size` bytes as the server announced it. Fails with NoSource when there are none,
 * with ImapFlow's error when the server refuses.
 */
export function openSource(client: ImapFlow, uid: number, size: number): Readable {
  return Readable.from(chunksOf(client, uid, size), { objectMode: false });
}

/**
 * Not ImapFlow's download(): it takes a short answer for the end, and a cut mail would pass for the whole. Here the end is
 * the announced size, or an empty answer where fewer bytes came: RFC822.SIZE is only an estimate at some servers.
 */
async function* chunksOf(client: ImapFlow, uid: number, size: number): AsyncGenerator<Buffer> {
  let from = 0;
  for (;;) {
    const chunk = await chunkOf(client, uid, from);
    if (chunk === null && from === 0 && size > 0) throw new NoSource(uid);
    if (chunk === null) return;
    yield chunk;
    from += chunk.length;
    // Some servers don't know partial FETCH and answer with the whole mail (Tencent Exmail): more than was asked for.
    if (chunk.length > CHUNK || (chunk.length < CHUNK && from >= size)) return;
    if (from > 2 * size + CHUNK) throw new Error(`the server gives UID ${uid} without end`);
  }
}

async function chunkOf(client: ImapFlow, uid: number, from: number): Promise<Buffer | null> {
  const query = { uid: true, source: { start: from, maxLength: CHUNK } };
  const answer = await client.fetchOne(String(uid), query, { uid: true });
  // ImapFlow answers undefined after the line was cut.
  if (answer === undefined) throw new Error('connection closed');
  if (answer === false) throw new NoSource(uid);
  return answer.source && answer.source.length > 0 ? answer.source : null;
}

/** Is the mail still in the open folder? NOOP first: only there may a server tell what others have expunged (RFC 3501 7.4.1). */
export async function isListed(client: ImapFlow, uid: number): Promise<boolean> {
  await client.noop();
  const found = await client.search({ uid: String(uid) }, { uid: true });
  if (!found) throw new Error('connection closed');
  return found.includes(uid);
}
