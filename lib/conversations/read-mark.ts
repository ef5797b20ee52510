import { requireMay } from '#lib/auth/actor.ts';
import type { Scope } from '#lib/db/scope.ts';
import { notFound } from '#lib/errors.ts';
import { visibleMailboxIds } from '#lib/mailboxes/access.ts';

/** The member has read up to this content_seq; never goes back by a slower tab. Not visible is NotFound. */
export async function markRead(scope: Scope, id: string, contentSeq: number): Promise<void> {
  requireMay(scope, 'conversation.read');
  if (scope.actor.id === null) return;
  const marked = await scope.db.$executeRaw`
    INSERT INTO read_mark (tenant_id, member_id, conversation_id, content_seq)
    SELECT ${scope.tenantId}::uuid, ${scope.actor.id}::uuid, c.id, least(${contentSeq}::integer, c.content_seq)
    FROM conversation c WHERE c.tenant_id = ${scope.tenantId}::uuid AND c.id = ${id}::uuid
      AND c.mailbox_id = ANY(${await visibleMailboxIds(scope)}::uuid[])
    ON CONFLICT (tenant_id, member_id, conversation_id)
      DO UPDATE SET content_seq = greatest(read_mark.content_seq, excluded.content_seq)`;
  if (marked === 0) throw notFound();
}
