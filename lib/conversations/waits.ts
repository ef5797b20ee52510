import type { Case } from '#lib/conversations/case.ts';
import type { Scope } from '#lib/db/scope.ts';

/** Sets waiting_since to the customer's earliest message that has neither answer nor closing end (kpi-fold.md 36). */
export async function refreshWaiting(scope: Scope, { row }: Case): Promise<void> {
  const rows = await scope.db.$queryRaw<{ at: Date | null }[]>`
    SELECT min(occurred_at) AS at FROM inbound_wait
    WHERE tenant_id = ${scope.tenantId}::uuid AND conversation_id = ${row.id}::uuid
      AND answered_by IS NULL AND closed_by IS NULL`;
  row.waitingSince = rows[0]?.at ?? null;
}

/** An answer answers what was there before its writer clicked: messages with a lower content_seq (kpi-fold.md 1). */
export async function answerWaits(scope: Scope, c: Case, answerId: string, belowContentSeq: number): Promise<void> {
  await scope.db.$executeRaw`
    UPDATE inbound_wait SET answered_by = ${answerId}::uuid
    WHERE tenant_id = ${scope.tenantId}::uuid AND conversation_id = ${c.row.id}::uuid
      AND content_seq < ${belowContentSeq} AND answered_by IS NULL AND closed_by IS NULL`;
  await refreshWaiting(scope, c);
}

/** A bounce or failure makes the answer as if never sent: its messages wait again, from their own time (kpi-fold.md 3). */
export async function voidAnswer(scope: Scope, c: Case, answerId: string): Promise<void> {
  await scope.db.$executeRaw`
    UPDATE inbound_wait SET answered_by = NULL
    WHERE tenant_id = ${scope.tenantId}::uuid AND conversation_id = ${c.row.id}::uuid AND answered_by = ${answerId}::uuid`;
  await refreshWaiting(scope, c);
}

/** An end closes what has no answer yet (kpi-fold.md 4). */
export async function closeWaits(scope: Scope, c: Case, endEventId: string): Promise<void> {
  await scope.db.$executeRaw`
    UPDATE inbound_wait SET closed_by = ${endEventId}::uuid
    WHERE tenant_id = ${scope.tenantId}::uuid AND conversation_id = ${c.row.id}::uuid
      AND answered_by IS NULL AND closed_by IS NULL`;
  c.row.waitingSince = null;
}

/** An end taken back by hand or by a bounce closed nothing: those waits go on (kpi-fold.md 3, 10). */
export async function reopenWaits(scope: Scope, c: Case): Promise<void> {
  await scope.db.$executeRaw`
    UPDATE inbound_wait w SET closed_by = NULL
    WHERE w.tenant_id = ${scope.tenantId}::uuid AND w.conversation_id = ${c.row.id}::uuid AND w.closed_by = (
      SELECT e.id FROM conversation_event e
      WHERE e.tenant_id = w.tenant_id AND e.conversation_id = w.conversation_id AND e.type = 'status.changed'
        AND e.status = 'done' ORDER BY e.seq DESC LIMIT 1)`;
  await refreshWaiting(scope, c);
}
