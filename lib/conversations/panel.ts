import type { ConversationShape, CustomerPanel, DoneKind, Status } from '#lib/conversations/shapes.ts';
import type { Scope } from '#lib/db/scope.ts';

type PanelRow = { id: string; number: number; subject: string; status: Status; doneKind: DoneKind | null; at: Date };

/** The customer beside the conversation: who it is, and all 案件 with them in the visible 窓口, newest first. */
export async function customerPanel(
  scope: Scope,
  customerId: string,
  visible: readonly string[],
): Promise<CustomerPanel | null> {
  const { db, tenantId } = scope;
  const customer = await db.customer.findUnique({
    where: { tenantId_id: { tenantId, id: customerId } },
    select: { id: true, name: true, furigana: true, caution: true },
  });
  if (!customer) return null;
  const addresses = await db.customerAddress.findMany({
    where: { tenantId, customerId },
    select: { written: true },
    orderBy: { address: 'asc' },
  });
  const rows = await db.$queryRaw<PanelRow[]>`
    SELECT id, number, title AS subject, status, done_kind AS "doneKind", last_message_at AS at FROM conversation
    WHERE tenant_id = ${tenantId}::uuid AND customer_id = ${customerId}::uuid AND mailbox_id = ANY(${visible}::uuid[])
      AND place = 'normal' ORDER BY last_message_at DESC LIMIT 50`;
  return {
    ...customer,
    addresses: addresses.map((row) => row.written),
    conversations: rows.map(({ at, ...row }) => ({ ...row, lastMessageAt: at.toISOString() })),
  };
}

/** Conversations that belong to this one and are visible, either way round. */
export async function linkedConversations(
  scope: Scope,
  id: string,
  visible: readonly string[],
): Promise<ConversationShape['linked']> {
  return scope.db.$queryRaw`
    SELECT c.id, c.number, c.title AS subject, l.kind FROM (
      SELECT other_id AS id, kind FROM conversation_link
      WHERE tenant_id = ${scope.tenantId}::uuid AND conversation_id = ${id}::uuid
      UNION SELECT conversation_id, kind FROM conversation_link
      WHERE tenant_id = ${scope.tenantId}::uuid AND other_id = ${id}::uuid) l
    JOIN conversation c ON c.tenant_id = ${scope.tenantId}::uuid AND c.id = l.id
    WHERE c.mailbox_id = ANY(${visible}::uuid[]) ORDER BY c.number`;
}
