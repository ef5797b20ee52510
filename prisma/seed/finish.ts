import type { PrismaClient } from '#lib/db/generated/client.ts';

/** After the sixty days: the usual undo window, and everybody has read what isn't 新着. */
export async function finishCompany(db: PrismaClient, tenantId: string): Promise<void> {
  await db.tenantSetting.update({ where: { tenantId }, data: { undoSeconds: 10 } });
  await db.$executeRaw`
    INSERT INTO read_mark (tenant_id, member_id, conversation_id, content_seq)
    SELECT c.tenant_id, m.id, c.id, c.content_seq FROM conversation c
    JOIN membership m ON m.tenant_id = c.tenant_id
    WHERE c.tenant_id = ${tenantId}::uuid AND c.status <> 'new'
    ON CONFLICT (tenant_id, member_id, conversation_id) DO UPDATE SET content_seq = excluded.content_seq`;
}
