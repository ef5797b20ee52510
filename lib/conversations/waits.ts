import type { Case, NewWait } from '#lib/conversations/case.ts';
import type { Scope } from '#lib/db/scope.ts';

// Each of these changes the rows and the case's own waits, which have no rows yet, alike.

/** A customer's message begins to wait, or was answered before we learnt of it. */
export function beginWait({ row, waits }: Case, wait: Omit<NewWait, 'closedBy'>): void {
  waits.push({ ...wait, closedBy: null });
  if (wait.answeredBy !== null) return;
  row.waitingSince = earliest(row.waitingSince, wait.occurredAt);
}

/** Sets waiting_since to the customer's earliest message that has neither answer nor closing end (kpi-fold.md 36). */
export async function refreshWaiting(scope: Scope, { row, waits }: Case): Promise<void> {
  const written = isUnwritten(row) ? null : await earliestWritten(scope, row.id);
  row.waitingSince = waits.filter(isOpen).reduce((at, wait) => earliest(at, wait.occurredAt), written);
}

async function earliestWritten(scope: Scope, conversationId: string): Promise<Date | null> {
  const rows = await scope.db.$queryRaw<{ at: Date | null }[]>`
    SELECT min(occurred_at) AS at FROM inbound_wait
    WHERE tenant_id = ${scope.tenantId}::uuid AND conversation_id = ${conversationId}::uuid
      AND answered_by IS NULL AND closed_by IS NULL`;
  return rows[0]?.at ?? null;
}

/** An answer answers what was there before its writer clicked: messages with a lower content_seq (kpi-fold.md 1). */
export async function answerWaits(scope: Scope, c: Case, answerId: string, belowContentSeq: number): Promise<void> {
  await scope.db.$executeRaw`
    UPDATE inbound_wait SET answered_by = ${answerId}::uuid
    WHERE tenant_id = ${scope.tenantId}::uuid AND conversation_id = ${c.row.id}::uuid
      AND content_seq < ${belowContentSeq} AND answered_by IS NULL AND closed_by IS NULL`;
  for (const wait of c.waits.filter(isOpen)) if (wait.contentSeq < belowContentSeq) wait.answeredBy = answerId;
  await refreshWaiting(scope, c);
}

/** An answer by another program answers whatever had happened up to then, whenever it was recorded (kpi-fold.md 13). */
export async function answerWaitsUpTo(scope: Scope, c: Case, answerId: string, at: Date): Promise<void> {
  await scope.db.$executeRaw`
    UPDATE inbound_wait SET answered_by = ${answerId}::uuid
    WHERE tenant_id = ${scope.tenantId}::uuid AND conversation_id = ${c.row.id}::uuid
      AND occurred_at <= ${at}::timestamptz AND answered_by IS NULL AND closed_by IS NULL`;
  for (const wait of c.waits.filter(isOpen)) if (wait.occurredAt <= at) wait.answeredBy = answerId;
  await refreshWaiting(scope, c);
}

/** An end closes what has no answer yet (kpi-fold.md 4). */
export async function closeWaits(scope: Scope, c: Case, endEventId: string): Promise<void> {
  if (!isUnwritten(c.row)) {
    await scope.db.$executeRaw`
      UPDATE inbound_wait SET closed_by = ${endEventId}::uuid
      WHERE tenant_id = ${scope.tenantId}::uuid AND conversation_id = ${c.row.id}::uuid
        AND answered_by IS NULL AND closed_by IS NULL`;
  }
  for (const wait of c.waits.filter(isOpen)) wait.closedBy = endEventId;
  c.row.waitingSince = null;
}

/** An end taken back by hand or by a bounce closed nothing: those waits go on (kpi-fold.md 3, 10). */
export async function reopenWaits(scope: Scope, c: Case): Promise<void> {
  const endEventId = await lastEnd(scope, c);
  await scope.db.$executeRaw`
    UPDATE inbound_wait SET closed_by = NULL
    WHERE tenant_id = ${scope.tenantId}::uuid AND conversation_id = ${c.row.id}::uuid AND closed_by = ${endEventId}::uuid`;
  for (const wait of c.waits) if (wait.closedBy === endEventId) wait.closedBy = null;
  await refreshWaiting(scope, c);
}

async function lastEnd(scope: Scope, c: Case): Promise<string | null> {
  const unwritten = c.events.findLast((event) => isEnd(event));
  if (unwritten) return unwritten.id;
  const written = await scope.db.conversationEvent.findFirst({
    where: {
      ...{ tenantId: scope.tenantId, conversationId: c.row.id, type: 'status.changed', status: 'done' },
      NOT: { data: { path: ['trigger'], equals: 'undo' } },
    },
    orderBy: { seq: 'desc' },
    select: { id: true },
  });
  return written?.id ?? null;
}

// Going back to 対応終了 by an undo is no end of its own: the first one goes on.
const isEnd = ({ type, status, data }: Case['events'][number]): boolean =>
  type === 'status.changed' && status === 'done' && (data as { trigger?: string }).trigger !== 'undo';

// Opened in this very transaction: nothing of it is in the database, and an import opens a hundred at a time.
const isUnwritten = ({ version }: Case['row']): boolean => version === 0;
const isOpen = (wait: NewWait): boolean => wait.answeredBy === null && wait.closedBy === null;
const earliest = (a: Date | null, b: Date): Date => (a !== null && a < b ? a : b);
