import type { Case } from '#lib/conversations/case.ts';
import { type Lookups, threadIds } from '#lib/inbound/lookups.ts';
import { ownMessageIdIn } from '#lib/inbound/own-id.ts';
import type { ReadMail } from '#lib/inbound/read-raw.ts';

/** Which finder placed a mail (1 = most trusted), and where; `linkTo` when it only points to a conversation. */
export type Thread = {
  reason: string;
  rank: number;
  found: Case | null;
  linkTo: { id: string; kind: 'earlier' | 'claimed' } | null;
};

const NOTHING: Thread = { reason: 'none', rank: 9, found: null, linkTo: null };

/**
 * Finds the conversation of a mail by its headers: our own signed id first, then any id ever seen in this 窓口. Somebody who
 * takes no part in any found conversation gets a new one, linked to the first; so does a mail to one in 迷惑 or ごみ箱, or ended
 * longer ago than the reopen window (architecture.md 4, domain.md 2).
 */
export function findThread(
  mail: ReadMail,
  lookups: Lookups,
  owner: { tenantId: string; mailboxId: string },
  at: Date,
): Thread {
  let claimed: Thread | null = null;
  for (const id of threadIds(mail.parsed)) {
    const c = lookups.cases.get(lookups.references.get(id) ?? '');
    if (!c) continue;
    const own = ownMessageIdIn(id, owner) !== null;
    const thread = { reason: own ? 'own-id' : 'reference', rank: own ? 1 : 3 };
    const refusal = whyNot(mail, c, lookups, at);
    if (!refusal) return { ...thread, found: c, linkTo: null };
    const refused = { ...thread, found: null, linkTo: { id: c.row.id, kind: refusal } };
    if (refusal !== 'claimed') return claimed ?? refused;
    claimed ??= refused;
  }
  return claimed ?? NOTHING;
}

function whyNot({ writer }: ReadMail, c: Case, lookups: Lookups, at: Date): 'claimed' | 'earlier' | null {
  const { row } = c;
  const address = writer?.address.toLowerCase() ?? '';
  if (!lookups.participants.get(row.id)?.has(address)) return 'claimed';
  if (row.place !== 'normal') return 'earlier';
  if (row.status !== 'done' || row.endedAt === null) return null;
  return at.getTime() - row.endedAt.getTime() > lookups.reopenDays * 86_400_000 ? 'earlier' : null;
}
