import type { Scope } from '#lib/db/scope.ts';

/** What was added above a content_seq, for Conflict `contentAdded`: how many and by whom; 0 is the outcome of a delivery. */
export async function whatWasAdded(
  scope: Scope,
  conversationId: string,
  seen: number,
): Promise<{ count: number; who: string }> {
  const rows = await scope.db.$queryRaw<{ who: string }[]>`
    SELECT coalesce(nullif(m.display_name, ''), nullif(x.from_name, ''), x.from_address) AS who FROM message x
    LEFT JOIN membership m ON m.tenant_id = x.tenant_id AND m.id = x.author_id
    WHERE x.tenant_id = ${scope.tenantId}::uuid AND x.conversation_id = ${conversationId}::uuid AND x.content_seq > ${seen}
    UNION ALL
    SELECT m.display_name FROM comment k JOIN membership m ON m.tenant_id = k.tenant_id AND m.id = k.author_id
    WHERE k.tenant_id = ${scope.tenantId}::uuid AND k.conversation_id = ${conversationId}::uuid AND k.content_seq > ${seen}`;
  return { count: rows.length, who: [...new Set(rows.map((row) => row.who))].join('、') };
}
