import { enqueue } from '#lib/queue/index.ts';

type Range = { firstId: string; lastId: string };

/** What came with HTML into a 窓口 since its bell rang last. A process that dies with it leaves it to the sweep for missing HTML. */
const arrived = new Map<string, Range>();

/** Remembers messages with HTML; after the commit that wrote them. */
export function noteHtml(mailboxId: string, messageIds: readonly string[]): void {
  const known = arrived.get(mailboxId);
  const ids = [...messageIds, ...(known ? [known.firstId, known.lastId] : [])].toSorted();
  const [firstId, lastId] = [ids[0], ids.at(-1)];
  if (firstId && lastId) arrived.set(mailboxId, { firstId, lastId });
}

/** Has them made safe: one bell when the 窓口 is drained, as mail that waits goes first and a reader makes what he opens. */
export async function ringSanitiser(tenantId: string, mailboxId: string): Promise<void> {
  const range = arrived.get(mailboxId);
  arrived.delete(mailboxId);
  if (range) await enqueue('mail.sanitise', { tenantId, mailboxId, ...range });
}
