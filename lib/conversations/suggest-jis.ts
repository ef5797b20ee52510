import type { Scope } from '#lib/db/scope.ts';
import { isCarrierAddress } from '#lib/mail/carrier-address.ts';

/** Whether the customer's last mail came in ISO-2022-JP from a carrier's address: an old phone, which may read nothing else. */
export async function suggestsJis(scope: Scope, conversationId: string): Promise<boolean> {
  const last = await scope.db.message.findFirst({
    where: { tenantId: scope.tenantId, conversationId, direction: 'in', kpiInbound: true },
    orderBy: [{ occurredAt: 'desc' }, { contentSeq: 'desc' }],
    select: { fromAddress: true, charset: true },
  });
  return last?.charset === 'iso-2022-jp' && isCarrierAddress(last.fromAddress);
}
