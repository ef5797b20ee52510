/**
 * Of the jobs in hand at most `perTenant` are one tenant's: its dead mail server takes no other company's places. What is rung
 * beyond that is left to the sweeper, which finds the row within seconds and is fair itself.
 */
export function fairBell<P extends { tenantId: string }>(
  perTenant: number,
  handle: (payload: P) => Promise<void>,
): (payload: P) => Promise<void> {
  const inHand = new Map<string, number>();
  return async (payload) => {
    const { tenantId } = payload;
    const now = inHand.get(tenantId) ?? 0;
    if (now >= perTenant) return;
    inHand.set(tenantId, now + 1);
    try {
      await handle(payload);
    } finally {
      const left = (inHand.get(tenantId) ?? 1) - 1;
      if (left > 0) inHand.set(tenantId, left);
      else inHand.delete(tenantId);
    }
  };
}
