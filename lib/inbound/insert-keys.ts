import { rowsJson } from '#lib/db/rows-json.ts';
import type { Scope } from '#lib/db/scope.ts';
import type { Batch } from '#lib/inbound/batch.ts';

/** Writes the order numbers and subjects by which later mails find these conversations. */
export async function insertKeys(scope: Scope, { tenantId, mailboxId, keys }: Batch): Promise<void> {
  if (keys.length === 0) return;
  await scope.db.$executeRaw`
    INSERT INTO conversation_key (tenant_id, mailbox_id, kind, key, conversation_id, at)
    SELECT ${tenantId}::uuid, ${mailboxId}::uuid, r.kind, r.key, r."conversationId", r.at
    FROM jsonb_to_recordset(${rowsJson(keys)}::jsonb) AS r(kind text, key text, "conversationId" uuid, at timestamptz)
    ORDER BY r.kind, r.key, r."conversationId"
    ON CONFLICT DO NOTHING`;
}
