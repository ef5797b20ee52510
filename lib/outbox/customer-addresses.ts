import type { Scope } from '#lib/db/scope.ts';

/**
 * The addresses at which an answer reaches the customer of a conversation, lower case: those on the card, and those from
 * which (or for which, by Reply-To) somebody wrote here. A mail to others alone, a supplier say, or to the form of a customer
 * nobody could tell, answers nobody.
 */
export async function customerAddresses(
  scope: Scope,
  conversationId: string,
  customerId: string | null,
): Promise<Set<string>> {
  const rows = await scope.db.$queryRaw<{ address: string }[]>`
    SELECT address FROM customer_address
    WHERE tenant_id = ${scope.tenantId}::uuid AND customer_id = ${customerId}::uuid
    UNION
    SELECT lower(from_address) FROM message WHERE tenant_id = ${scope.tenantId}::uuid
      AND conversation_id = ${conversationId}::uuid AND direction = 'in' AND kpi_inbound
      AND (form_fields IS NULL OR jsonb_typeof(form_fields->'customer') = 'object')
    UNION
    SELECT lower(a.address) FROM message m
    JOIN message_address a ON a.tenant_id = m.tenant_id AND a.message_id = m.id AND a.role = 'reply_to'
    WHERE m.tenant_id = ${scope.tenantId}::uuid AND m.conversation_id = ${conversationId}::uuid
      AND m.direction = 'in' AND m.kpi_inbound`;
  return new Set(rows.map((row) => row.address));
}
