import type { ImapFlow } from 'imapflow';

/** The UID of the mail with this Message-ID in a folder, or null. */
export async function findByMessageId(client: ImapFlow, folder: string, messageId: string): Promise<number | null> {
  const lock = await client.getMailboxLock(folder, { readOnly: true });
  try {
    const uids = await client.search({ header: { 'message-id': messageId } }, { uid: true });
    return uids && uids.length > 0 ? (uids[0] ?? null) : null;
  } finally {
    lock.release();
  }
}

/**
 * Files our own mail in the Sent folder, once: a mail with this Message-ID already there is left as it is (`appended: false`).
 * Marked as read; `date` becomes the server's internal date.
 */
export async function appendSent(
  client: ImapFlow,
  folder: string,
  raw: Buffer,
  options: { date: Date; messageId: string },
): Promise<{ appended: boolean; uid: number | null }> {
  const found = await findByMessageId(client, folder, options.messageId);
  if (found !== null) return { appended: false, uid: found };
  const answer = await client.append(folder, raw, ['\\Seen'], options.date);
  return { appended: true, uid: answer ? (answer.uid ?? null) : null };
}
