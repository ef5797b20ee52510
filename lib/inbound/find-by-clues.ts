import type { Scope } from '#lib/db/scope.ts';
import type { Clues } from '#lib/inbound/clues.ts';

/** Where the clues of a batch lead: conversations by id, own message, number and key. */
export type FoundByClues = {
  references: Map<string, string>;
  loose: Set<string>;
  ownMessages: Map<string, string>;
  numbers: Map<number, string>;
  keys: Map<string, string[]>;
};

type Row = { finder: string; key: string; conversationId: string; loose: boolean };

/** Follows the clues of all mails of a batch in one statement. `ids` are the mails' own, too. */
export async function findByClues(
  scope: Scope,
  mailboxId: string,
  ids: readonly string[],
  clues: readonly Clues[],
): Promise<FoundByClues> {
  const all = <T>(of: (one: Clues) => readonly T[]): T[] => [...new Set(clues.flatMap(of))];
  const numbers = all(({ token, number }) => [token, number]).filter((number) => number !== null);
  const keys = [
    ...all(({ orders }) => orders).map((key) => ({ kind: 'order', key })),
    ...all(({ subjects }) => subjects).map((key) => ({ kind: 'subject', key })),
  ];
  const { tenantId } = scope;
  const rows = await scope.db.$queryRaw<Row[]>`
    SELECT 'reference' AS finder, mail_id AS key, conversation_id AS "conversationId", message_id IS NULL AS loose
    FROM mail_reference WHERE tenant_id = ${tenantId}::uuid AND mailbox_id = ${mailboxId}::uuid AND mail_id = ANY(${[...ids]}::text[])
    UNION ALL
    SELECT 'own', id::text, conversation_id, false FROM message
    WHERE tenant_id = ${tenantId}::uuid AND id = ANY(${all(({ ours }) => ours)}::uuid[]) AND mailbox_id = ${mailboxId}::uuid
    UNION ALL
    SELECT 'number', number::text, id, false FROM conversation
    WHERE tenant_id = ${tenantId}::uuid AND number = ANY(${numbers}::integer[]) AND mailbox_id = ${mailboxId}::uuid
    UNION ALL
    SELECT w.kind, w.key, k.conversation_id, false
    FROM unnest(${keys.map(({ kind }) => kind)}::text[], ${keys.map(({ key }) => key)}::text[]) AS w(kind, key)
    CROSS JOIN LATERAL (SELECT c.conversation_id FROM conversation_key c
      WHERE c.tenant_id = ${tenantId}::uuid AND c.mailbox_id = ${mailboxId}::uuid AND c.kind = w.kind AND c.key = w.key
      ORDER BY c.at DESC LIMIT 5) k`;
  return sorted(rows);
}

function sorted(rows: readonly Row[]): FoundByClues {
  const found: FoundByClues = {
    ...{ references: new Map(), loose: new Set(), ownMessages: new Map(), numbers: new Map(), keys: new Map() },
  };
  for (const { finder, key, conversationId, loose } of rows) {
    if (finder === 'reference') found.references.set(key, conversationId);
    if (finder === 'own') found.ownMessages.set(key, conversationId);
    if (finder === 'number') found.numbers.set(Number(key), conversationId);
    if (loose) found.loose.add(key);
    if (finder !== 'order' && finder !== 'subject') continue;
    found.keys.set(`${finder}:${key}`, [...(found.keys.get(`${finder}:${key}`) ?? []), conversationId]);
  }
  return found;
}

/** Every conversation the clues lead to, each once. */
export const conversationsIn = ({ references, ownMessages, numbers, keys }: FoundByClues): string[] => [
  ...new Set([...references.values(), ...ownMessages.values(), ...numbers.values(), ...[...keys.values()].flat()]),
];

/**
 * The conversations that were opened instead of these, for mails too late or of strangers: those of the batch's own customers
 * alone, however many others somebody may have provoked.
 */
export async function findFollowers(
  scope: Scope,
  conversationIds: readonly string[],
  customerIds: readonly string[],
): Promise<Map<string, string[]>> {
  if (conversationIds.length === 0 || customerIds.length === 0) return new Map();
  const rows = await scope.db.$queryRaw<{ id: string; of: string }[]>`
    WITH RECURSIVE f AS (
      SELECT unnest(${[...conversationIds]}::uuid[]) AS id, NULL::uuid AS of, 0 AS depth
      UNION
      SELECT l.conversation_id, l.other_id, f.depth + 1 FROM f
      JOIN conversation_link l ON l.tenant_id = ${scope.tenantId}::uuid AND l.other_id = f.id AND l.kind IN ('earlier', 'claimed')
      JOIN conversation c ON c.tenant_id = l.tenant_id AND c.id = l.conversation_id
        AND c.customer_id = ANY(${[...customerIds]}::uuid[])
      WHERE f.depth < 5)
    SELECT DISTINCT id, of FROM f WHERE of IS NOT NULL ORDER BY id DESC LIMIT 500`;
  const followers = new Map<string, string[]>();
  for (const { id, of } of rows) followers.set(of, [...(followers.get(of) ?? []), id]);
  return followers;
}
