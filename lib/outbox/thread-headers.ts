import type { Scope } from '#lib/db/scope.ts';

/**
 * In-Reply-To and References of an answer: the customer's last mail and what that one referred to (RFC 5322 3.6.4); without
 * one, the last mail that isn't a bounce and was not taken back.
 */
export async function threadHeaders(
  scope: Scope,
  conversationId: string,
): Promise<{ inReplyTo: string[]; references: string[] }> {
  const where = { tenantId: scope.tenantId, conversationId, messageIdHeader: { not: null } };
  const stands = { class: { not: 'bounce' }, NOT: { deliveryByMessage: { some: { state: 'cancelled' } } } };
  const select = { messageIdHeader: true, references: true, inReplyTo: true };
  const orderBy = { contentSeq: 'desc' } as const;
  const customers = { direction: 'in', OR: [{ kpiInbound: true }, { class: 'thanks' }] };
  const last =
    (await scope.db.message.findFirst({ where: { ...where, ...customers }, orderBy, select })) ??
    (await scope.db.message.findFirst({ where: { ...where, ...stands }, orderBy, select }));
  if (!last?.messageIdHeader) return { inReplyTo: [], references: [] };
  const before = last.references.length > 0 ? last.references : last.inReplyTo;
  return { inReplyTo: [last.messageIdHeader], references: [...new Set([...before, last.messageIdHeader])] };
}
