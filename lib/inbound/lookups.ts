import { type Case, lockCases } from '#lib/conversations/case.ts';
import { resolveCustomers, type Writer } from '#lib/customers/resolve.ts';
import type { Scope } from '#lib/db/scope.ts';
import { type Clues, cluesOf, parentIds } from '#lib/inbound/clues.ts';
import { conversationsIn, findByClues, findFollowers } from '#lib/inbound/find-by-clues.ts';
import type { ReadMail } from '#lib/inbound/read-raw.ts';
import { workingMembers } from '#lib/mailboxes/members.ts';

type KnownMail = { digest: string | null; sentDate: number | null; rawSha256: string | null };

/**
 * Everything a batch needs to know, asked by sets: round trips, not fsync, are the cost of receiving (architecture.md 4.2).
 * The maps grow while the batch is placed, so mails of one batch find each other.
 */
export type Lookups = {
  /** `Message-ID` (or `digest:` and the digest, where there is none) -> digests and dates already in this 窓口. */
  known: Map<string, KnownMail[]>;
  /** What each mail says about where it belongs, by the id of its raw row. */
  clues: Map<string, Clues>;
  /** Any id ever seen or referenced here -> conversation. */
  references: Map<string, string>;
  /** Of those the ids that were only referred to: their own mail hasn't come yet. */
  loose: Set<string>;
  /** Messages of ours that are answered -> conversation. */
  ownMessages: Map<string, string>;
  /** Numbers of conversations -> conversation. */
  numbers: Map<number, string>;
  /** `order:` or `subject:` and the key -> conversations, the newest first. */
  keys: Map<string, string[]>;
  /** Conversation -> those opened instead of it since, for the same senders. */
  followers: Map<string, string[]>;
  participants: Map<string, Set<string>>;
  cases: Map<string, Case>;
  customers: Map<string, string>;
  /** Answers found in Sent, by conversation: they answer mails that happened before them and come later. */
  sentAnswers: Map<string, SentAnswer[]>;
  /** Mails that also stand in other 窓口 of the tenant, by the id of their raw row -> those conversations. */
  elsewhere: Map<string, string[]>;
  workers: Set<string>;
  reopenDays: number;
  threadBySubject: boolean;
};

export type SentAnswer = { id: string; at: Date };

/** Looks everything up for these mails and locks the conversations they may belong to. */
export async function lookUp(scope: Scope, mailboxId: string, mails: readonly ReadMail[]): Promise<Lookups> {
  await lockMessageIds(scope, mails);
  const rules = await threadRules(scope, mailboxId);
  const clues = new Map(mails.map((mail) => [mail.raw.id, cluesOfBatch(mail, scope.tenantId, mailboxId, rules)]));
  const ids = [...new Set(mails.flatMap(({ parsed }) => threadIds(parsed)))];
  const found = await findByClues(scope, mailboxId, ids, [...clues.values()]);
  const writers = mails.map((mail) => mail.writer).filter((writer): writer is Writer => writer !== null);
  const customers = await resolveCustomers(scope, writers);
  const direct = conversationsIn(found);
  const followers = await findFollowers(scope, direct, [...new Set(customers.values())]);
  const conversationIds = [...new Set([...direct, ...[...followers.values()].flat()])];
  const cases = await lockCases(scope, conversationIds);
  return {
    ...{ known: await findKnown(scope, mailboxId, mails), clues, ...found, followers, cases, customers, ...rules },
    participants: await findParticipants(scope, conversationIds),
    sentAnswers: await findSentAnswers(scope, conversationIds),
    elsewhere: await findElsewhere(scope, mailboxId, mails),
    workers: new Set((await workingMembers(scope, [mailboxId])).map((member) => member.id)),
  };
}

type Rules = { reopenDays: number; threadBySubject: boolean };

async function threadRules(scope: Scope, mailboxId: string): Promise<Rules> {
  const rows = await scope.db.$queryRaw<Rules[]>`
    SELECT coalesce(b.reopen_days, s.reopen_days, 30) AS "reopenDays", b.thread_by_subject AS "threadBySubject"
    FROM mailbox b LEFT JOIN tenant_setting s ON s.tenant_id = b.tenant_id
    WHERE b.tenant_id = ${scope.tenantId}::uuid AND b.id = ${mailboxId}::uuid`;
  return rows[0] ?? { reopenDays: 30, threadBySubject: false };
}

// A mail found in Sent belongs where its recipient is known.
function cluesOfBatch(mail: ReadMail, tenantId: string, mailboxId: string, rules: Rules): Clues {
  const writer = mail.raw.folderRole === 'sent' ? (mail.parsed.to[0] ?? null) : mail.writer;
  const clues = cluesOf({ ...mail, writer }, { tenantId, mailboxId });
  return rules.threadBySubject ? clues : { ...clues, subjects: [] };
}

/** The ids that lead to a mail's conversation from now on: those it refers to, and its own. */
export const threadIds = (parsed: ReadMail['parsed']): string[] => {
  const own = parsed.messageId;
  return own && Buffer.byteLength(own) <= 900 ? [...parentIds(parsed), own] : parentIds(parsed);
};

async function findKnown(scope: Scope, mailboxId: string, mails: readonly ReadMail[]): Promise<Lookups['known']> {
  const ids = mails.map(({ parsed }) => parsed.messageId).filter((id) => id !== null);
  const digests = mails.filter(({ parsed }) => parsed.messageId === null).map(({ parsed }) => parsed.digest);
  const rows = await scope.db.$queryRaw<
    { key: string; digest: string | null; sentDate: Date | null; rawSha256: string | null }[]
  >`
    SELECT message_id_header AS key, digest, sent_date AS "sentDate", raw_sha256 AS "rawSha256" FROM message
    WHERE tenant_id = ${scope.tenantId}::uuid AND mailbox_id = ${mailboxId}::uuid AND message_id_header = ANY(${ids}::text[])
    UNION ALL
    SELECT 'digest:' || digest, digest, sent_date, raw_sha256 FROM message
    WHERE tenant_id = ${scope.tenantId}::uuid AND mailbox_id = ${mailboxId}::uuid AND message_id_header IS NULL
      AND digest = ANY(${digests}::text[])`;
  const known: Lookups['known'] = new Map();
  for (const { key, digest, sentDate, rawSha256 } of rows) {
    known.set(key, [...(known.get(key) ?? []), { digest, sentDate: sentDate?.getTime() ?? null, rawSha256 }]);
  }
  return known;
}

async function findParticipants(scope: Scope, conversationIds: string[]): Promise<Map<string, Set<string>>> {
  const rows = await scope.db.$queryRaw<{ id: string; address: string }[]>`
    SELECT conversation_id AS id, lower(from_address) AS address FROM message
    WHERE tenant_id = ${scope.tenantId}::uuid AND conversation_id = ANY(${conversationIds}::uuid[])
    UNION
    SELECT m.conversation_id, lower(a.address) FROM message m
    JOIN message_address a ON a.tenant_id = m.tenant_id AND a.message_id = m.id
    WHERE m.tenant_id = ${scope.tenantId}::uuid AND m.conversation_id = ANY(${conversationIds}::uuid[])
    UNION
    SELECT c.id, a.address FROM conversation c
    JOIN customer_address a ON a.tenant_id = c.tenant_id AND a.customer_id = c.customer_id
    WHERE c.tenant_id = ${scope.tenantId}::uuid AND c.id = ANY(${conversationIds}::uuid[])`;
  const participants = new Map<string, Set<string>>();
  for (const { id, address } of rows) {
    const set = participants.get(id) ?? new Set();
    participants.set(id, set.add(address));
  }
  return participants;
}

// An answer from the screen has a delivery; one found in Sent has none.
async function findSentAnswers(scope: Scope, conversationIds: string[]): Promise<Lookups['sentAnswers']> {
  const rows = await scope.db.$queryRaw<(SentAnswer & { conversationId: string })[]>`
    SELECT m.conversation_id AS "conversationId", m.id, m.occurred_at AS at FROM message m
    WHERE m.tenant_id = ${scope.tenantId}::uuid AND m.conversation_id = ANY(${conversationIds}::uuid[])
      AND m.direction = 'out' AND NOT EXISTS (SELECT 1 FROM delivery d
        WHERE d.tenant_id = m.tenant_id AND d.message_id = m.id)`;
  return Map.groupBy(rows, (row) => row.conversationId);
}

const messageIds = (mails: readonly ReadMail[]): string[] => [
  ...new Set(mails.map(({ parsed }) => parsed.messageId).filter((id) => id !== null)),
];

/**
 * One mail to two 窓口 is often received in both at the same moment, and neither transaction sees the other's rows: the
 * second waits here until the first has committed, and finds it (findElsewhere). First of all and in one order, so that two
 * batches with the same mails never wait for each other.
 */
async function lockMessageIds(scope: Scope, mails: readonly ReadMail[]): Promise<void> {
  await scope.db.$queryRaw`
    SELECT pg_advisory_xact_lock(k.hash)::text FROM (
      SELECT DISTINCT hashtextextended('mail-id:' || ${scope.tenantId} || id, 0) AS hash
      FROM unnest(${messageIds(mails)}::text[]) AS id ORDER BY hash
    ) k`;
}

type Elsewhere = { id: string; conversationId: string; digest: string | null; sentDate: Date | null; from: string };

// The same id alone is not the same mail: some senders give every mail one. Lists change the body, never sender and date.
async function findElsewhere(
  scope: Scope,
  mailboxId: string,
  mails: readonly ReadMail[],
): Promise<Lookups['elsewhere']> {
  const ids = messageIds(mails);
  const rows = await scope.db.$queryRaw<Elsewhere[]>`
    SELECT m.message_id_header AS id, m.conversation_id AS "conversationId", m.digest, m.sent_date AS "sentDate",
      lower(m.from_address) AS "from" FROM mailbox b
    CROSS JOIN LATERAL (SELECT x.message_id_header, x.conversation_id, x.digest, x.sent_date, x.from_address FROM message x
      WHERE x.tenant_id = b.tenant_id AND x.mailbox_id = b.id AND x.message_id_header = ANY(${ids}::text[])
        AND x.direction = 'in') m
    WHERE b.tenant_id = ${scope.tenantId}::uuid AND b.id <> ${mailboxId}::uuid`;
  const byId = Map.groupBy(rows, (row) => row.id);
  return new Map(
    mails.map((mail) => {
      const same = byId.get(mail.parsed.messageId ?? '')?.filter((row) => isSameMail(mail, row)) ?? [];
      return [mail.raw.id, [...new Set(same.map((row) => row.conversationId))]];
    }),
  );
}

function isSameMail({ parsed, writer }: ReadMail, { digest, sentDate, from }: Elsewhere): boolean {
  if (parsed.digest !== '' && parsed.digest === digest) return true;
  return sentDate !== null && sentDate.getTime() === parsed.date?.getTime() && from === writer?.address.toLowerCase();
}
