import type { Scope } from '#lib/db/scope.ts';

/** Who looked at a conversation: one row per member, conversation and hour (個人情報のアクセス記録). */
export async function noteView(scope: Scope, memberId: string, conversationId: string): Promise<void> {
  await scope.db.$executeRaw`
    INSERT INTO view_log (tenant_id, member_id, conversation_id, hour)
    VALUES (${scope.tenantId}::uuid, ${memberId}::uuid, ${conversationId}::uuid, date_trunc('hour', clock_timestamp()))
    ON CONFLICT DO NOTHING`;
}
