import type { Scope } from '#lib/db/scope.ts';

/** The warning a conversation keeps once this delivery gives no cause: of another mail nobody knows the fate of. */
export async function remainingWarning(
  scope: Scope,
  conversationId: string,
  deliveryId: string,
): Promise<'uncertain' | null> {
  const other = await scope.db.delivery.findFirst({
    where: { tenantId: scope.tenantId, conversationId, state: 'uncertain', human: true, id: { not: deliveryId } },
    select: { id: true },
  });
  return other ? 'uncertain' : null;
}
