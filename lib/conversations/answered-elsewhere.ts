import type { ConversationShape } from '#lib/conversations/shapes.ts';
import type { Scope } from '#lib/db/scope.ts';
import { memberNames } from '#lib/people/names.ts';

type Row = {
  id: string;
  conversationId: string;
  number: number;
  mailboxId: string;
  mailbox: string;
  authorId: string | null;
  at: Date;
};

/**
 * The last answer that was given to the same mail in another 窓口, or null: an answer in one stops the other (architecture.md 4).
 * Of a 窓口 that isn't among the `visible` only that and when is told.
 */
export async function answeredElsewhere(
  scope: Scope,
  conversationId: string,
  visible: readonly string[],
): Promise<ConversationShape['answeredElsewhere']> {
  const others = await sameMailConversations(scope, conversationId);
  const row = others.length > 0 ? await lastAnswer(scope, others) : undefined;
  if (!row) return null;
  const at = row.at.toISOString();
  if (!visible.includes(row.mailboxId)) return { id: row.id, at, who: '', mailbox: '', number: null };
  const names = await memberNames(scope, [row.authorId]);
  return { id: row.id, at, who: names.get(row.authorId ?? '') ?? '', mailbox: row.mailbox, number: row.number };
}

/**
 * The same, from when nobody else can answer there at the same moment: one transaction after the other, until they commit.
 * Taken after the lock of the conversation.
 */
export async function lockSameMail(scope: Scope, conversationId: string): Promise<void> {
  const all = [conversationId, ...(await sameMailConversations(scope, conversationId))].sort();
  if (all.length === 1) return;
  await scope.db.$queryRaw`SELECT pg_advisory_xact_lock(hashtextextended('same-mail:' || ${all[0]}, 0))::text`;
}

/** The conversations of other 窓口 that hold the same mail, directly or by way of a third. */
export async function sameMailConversations(scope: Scope, conversationId: string): Promise<string[]> {
  const rows = await scope.db.$queryRaw<{ id: string }[]>`
    WITH RECURSIVE same AS (
      SELECT ${conversationId}::uuid AS id
      UNION
      SELECT CASE WHEN l.conversation_id = same.id THEN l.other_id ELSE l.conversation_id END FROM same
      JOIN conversation_link l ON l.tenant_id = ${scope.tenantId}::uuid AND l.kind = 'same_mail'
        AND (l.conversation_id = same.id OR l.other_id = same.id))
    SELECT id FROM same WHERE id <> ${conversationId}::uuid LIMIT 20`;
  return rows.map((row) => row.id);
}

// One that was taken back, or reached nobody, answered nothing; automatic mail is no answer.
async function lastAnswer(scope: Scope, conversationIds: readonly string[]): Promise<Row | undefined> {
  const rows = await scope.db.$queryRaw<Row[]>`
    SELECT m.id, m.conversation_id AS "conversationId", c.number, c.mailbox_id AS "mailboxId", b.name AS mailbox,
      m.author_id AS "authorId", m.occurred_at AS at
    FROM message m
    JOIN conversation c ON c.tenant_id = m.tenant_id AND c.id = m.conversation_id
    JOIN mailbox b ON b.tenant_id = c.tenant_id AND b.id = c.mailbox_id
    LEFT JOIN delivery d ON d.tenant_id = m.tenant_id AND d.message_id = m.id
    WHERE m.tenant_id = ${scope.tenantId}::uuid AND m.conversation_id = ANY(${[...conversationIds]}::uuid[])
      AND m.direction = 'out' AND m.class = 'human'
      AND (d.id IS NULL OR d.human AND d.state NOT IN ('cancelled', 'failed'))
    ORDER BY m.occurred_at DESC, m.id DESC LIMIT 1`;
  return rows[0];
}
