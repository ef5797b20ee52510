import type { FetchMessageObject, ImapFlow } from 'imapflow';
import { isNew } from '#lib/mail/imap/predicates.ts';

/** A mail as the server lists it, before anything of it was fetched. */
export type Listed = { uid: number; size: number; internalDate: Date };

type Range = { afterUid: number; uptoUid: number; max: number };
const FACTS = { uid: true, size: true, internalDate: true } as const;

/**
 * The first `max` mails of the open folder above afterUid and up to uptoUid, in ascending UID order. Asks by windows of UIDs
 * that widen while they are empty, so a large mailbox isn't listed whole for every chunk.
 */
export async function listSizes(client: ImapFlow, { afterUid, uptoUid, max }: Range): Promise<Listed[]> {
  const found: Listed[] = [];
  let from = afterUid + 1;
  let width = max;
  while (from <= uptoUid && found.length < max) {
    const to = Math.min(from + width - 1, uptoUid);
    const answers = await client.fetchAll(`${from}:${to}`, FACTS, { uid: true });
    // A range beyond the last UID can answer with the last mail (RFC 3501 6.4.8, `n:*`), which isn't in it.
    for (const answer of answers) if (isNew(answer.uid, from - 1) && answer.uid <= to) found.push(listedOf(answer));
    from = to + 1;
    width *= 2;
  }
  return found.sort((a, b) => a.uid - b.uid).slice(0, max);
}

/** These mails of the open folder, as far as they are still there, in ascending UID order. */
export async function listThese(client: ImapFlow, uidSet: string): Promise<Listed[]> {
  const answers = await client.fetchAll(uidSet, FACTS, { uid: true });
  return answers.map(listedOf).sort((a, b) => a.uid - b.uid);
}

// A server that leaves INTERNALDATE out has the mail now: 1970 would make it look like one from before our time.
function listedOf(answer: FetchMessageObject): Listed {
  const date = new Date(answer.internalDate ?? Number.NaN);
  return {
    ...{ uid: answer.uid, size: answer.size ?? 0 },
    internalDate: Number.isNaN(date.getTime()) ? new Date() : date,
  };
}
