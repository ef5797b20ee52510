import type { Scope } from '#lib/db/scope.ts';

/** In-Reply-To and References of an answer: the last inbound mail and what that one referred to (RFC 5322 3.6.4). */
export async function threadHeaders(
  scope: Scope,
  conversationId: string,
): Promise<{ inReplyTo: string[]; references: string[] }> {
  const last = await scope.db.message.findFirst({
    where: { tenantId: scope.tenantId, conversationId, messageIdHeader: { not: null } },
    orderBy: [{ direction: 'asc' }, { contentSeq: 'desc' }],
    select: { messageIdHeader: true, references: true, inReplyTo: true },
  });
  if (!last?.messageIdHeader) return { inReplyTo: [], references: [] };
  const before = last.references.length > 0 ? last.references : last.inReplyTo;
  return { inReplyTo: [last.messageIdHeader], references: [...new Set([...before, last.messageIdHeader])] };
}
