import type { Case } from '#lib/conversations/case.ts';
import { type Clues, cluesOf } from '#lib/inbound/clues.ts';
import type { Lookups } from '#lib/inbound/lookups.ts';
import type { ReadMail } from '#lib/inbound/read-raw.ts';
import { withoutToken } from '#lib/mail/plus-address.ts';

/** Which finder placed a mail (1 = most trusted), and where; `linkTo` when it only points to a conversation. */
export type Thread = {
  reason: string;
  rank: number;
  found: Case | null;
  linkTo: { id: string; kind: 'earlier' | 'claimed' } | null;
};

const NOTHING: Thread = { reason: 'none', rank: 9, found: null, linkTo: null };
/** A subject says nothing any more about a conversation that has been silent for so long. */
const SUBJECT_DAYS = 14;
const DAY = 86_400_000;

type Place = {
  tenantId: string;
  mailboxId: string;
  links: readonly { conversationId: string; otherId: string; kind: string }[];
};

/**
 * Finds the conversation of a mail, the surest finder first: our own signed id, the address signed for a case, any id ever seen
 * in this 窓口, a case or order number, subject and sender where the 窓口 wants it. Somebody who takes no part in what is found
 * gets a new conversation, linked to it; so does a mail to one in 迷惑 or ごみ箱, or ended longer ago than the reopen window, but
 * for the one that was opened since for the same reason (architecture.md 4, domain.md 2).
 */
export function findThread(mail: ReadMail, lookups: Lookups, place: Place, at: Date): Thread {
  let claimed: Thread | null = null;
  const clues = lookups.clues.get(mail.raw.id) ?? cluesOf(mail, place);
  for (const { reason, rank, id } of candidates(mail, clues, lookups)) {
    const c = lookups.cases.get(id);
    if (!c || (reason === 'subject' && isSilent(c, at))) continue;
    const refusal = whyNot(mail, c, lookups, at);
    const found = refusal ? since(c, mail, lookups, place, at) : c;
    if (found) return { reason, rank, found, linkTo: null };
    // Another person's order or subject is no claim: the same words stand in many mails.
    if (refusal === 'claimed' && (reason === 'order' || reason === 'subject')) continue;
    const refused = { reason, rank, found: null, linkTo: { id: c.row.id, kind: refusal ?? 'claimed' } };
    if (refusal === 'earlier') return claimed ?? refused;
    claimed ??= refused;
  }
  return claimed ?? NOTHING;
}

type Candidate = { reason: string; rank: number; id: string };

function candidates(mail: ReadMail, clues: Clues, lookups: Lookups): Candidate[] {
  const found: { reason: string; rank: number; id: string | undefined }[] = [
    ...clues.ours.map((uuid) => ({ reason: 'own-id', rank: 1, id: lookups.ownMessages.get(uuid) })),
    { reason: 'plus-address', rank: 2, id: clues.token === null ? undefined : lookups.numbers.get(clues.token) },
    ...clues.parents.map((id) => ({ reason: 'reference', rank: 3, id: lookups.references.get(id) })),
    { reason: 'reference', rank: 3, id: byItsOwnId(mail, lookups) },
    { reason: 'case-number', rank: 4, id: clues.number === null ? undefined : lookups.numbers.get(clues.number) },
    ...clues.orders.flatMap((key) => keyed(lookups, 'order', key, 4)),
    ...clues.subjects.flatMap((key) => keyed(lookups, 'subject', key, 5)),
  ];
  return found.filter((one): one is Candidate => one.id !== undefined);
}

const keyed = (lookups: Lookups, reason: 'order' | 'subject', key: string, rank: number) =>
  (lookups.keys.get(`${reason}:${key}`) ?? []).map((id) => ({ reason, rank, id }));

/**
 * A mail that came after its answer is found by its own id; so is a second copy of the same mail (by a list, say). Another mail
 * under an id that was used before isn't: some phones and scanners give every mail the same.
 */
function byItsOwnId({ parsed }: ReadMail, lookups: Lookups): string | undefined {
  const { messageId, date } = parsed;
  if (messageId === null) return undefined;
  const isCopy = date !== null && lookups.known.get(messageId)?.some((known) => known.sentDate === date.getTime());
  return lookups.loose.has(messageId) || isCopy ? lookups.references.get(messageId) : undefined;
}

function whyNot({ writer }: ReadMail, c: Case, lookups: Lookups, at: Date): 'claimed' | 'earlier' | null {
  const { row } = c;
  const address = withoutToken(writer?.address.toLowerCase() ?? '');
  if (!lookups.participants.get(row.id)?.has(address)) return 'claimed';
  if (row.place !== 'normal') return 'earlier';
  if (row.status !== 'done' || row.endedAt === null) return null;
  return at.getTime() - row.endedAt.getTime() > lookups.reopenDays * DAY ? 'earlier' : null;
}

/** The conversation opened instead of this one for an earlier mail of the same sender, in this batch or before. */
function since(c: Case, mail: ReadMail, lookups: Lookups, place: Place, at: Date): Case | null {
  const seen = new Set([c.row.id]);
  for (const id of seen) {
    const later = place.links.filter((link) => link.otherId === id && link.kind !== 'same_mail');
    const ids = [...(lookups.followers.get(id) ?? []), ...later.map((link) => link.conversationId)];
    for (const next of ids.filter((one) => !seen.has(one))) {
      const follower = lookups.cases.get(next);
      if (follower && whyNot(mail, follower, lookups, at) === null) return follower;
      seen.add(next);
    }
  }
  return null;
}

const isSilent = ({ row }: Case, at: Date): boolean => at.getTime() - row.lastMessageAt.getTime() > SUBJECT_DAYS * DAY;
