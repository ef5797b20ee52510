import { rowsJson } from '#lib/db/rows-json.ts';
import type { Scope } from '#lib/db/scope.ts';
import { EVENT_DATA, type EventRow } from '#lib/events/types.ts';

/**
 * Appends events in their conversations' order, marks those conversations for the fold and adds the feed's rows, in one
 * statement. The conversations' rows must be locked: seq comes from event_seq. recorded_at is the database's clock after
 * the lock, never below the previous one (domain.md 5.4, 5.5).
 */
export async function appendEvents(scope: Scope, events: readonly EventRow[]): Promise<void> {
  if (events.length === 0) return;
  const rows = rowsJson(events.map((event) => ({ ...event, data: EVENT_DATA[event.type].parse(event.data) })));
  await scope.db.$executeRaw`
    WITH rows AS (
      SELECT * FROM jsonb_to_recordset(${rows}::jsonb) AS r(id uuid, "conversationId" uuid, seq integer, type text,
        "occurredAt" timestamptz, "actorKind" text, "actorId" uuid, "batchId" uuid, "causeId" uuid, "mailboxId" uuid,
        "assigneeId" uuid, status text, "doneKind" text, place text, imported boolean, data jsonb)
    ), written AS (
      INSERT INTO conversation_event (tenant_id, id, conversation_id, seq, type, v, occurred_at, recorded_at, actor_kind,
        actor_id, batch_id, cause_id, mailbox_id, assignee_id, status, done_kind, place, imported, data)
      SELECT ${scope.tenantId}::uuid, r.id, r."conversationId", r.seq, r.type, 1, r."occurredAt",
        greatest(clock_timestamp(), (SELECT e.recorded_at FROM conversation_event e
          WHERE e.tenant_id = ${scope.tenantId}::uuid AND e.conversation_id = r."conversationId"
          ORDER BY e.seq DESC LIMIT 1)), r."actorKind", r."actorId", r."batchId", r."causeId", r."mailboxId",
        r."assigneeId", r.status, r."doneKind", r.place, r.imported, r.data
      FROM rows r
      ORDER BY r."conversationId", r.seq
    ), due AS (
      INSERT INTO fold_due (tenant_id, conversation_id, event_seq)
      SELECT ${scope.tenantId}::uuid, "conversationId", max(seq) FROM rows GROUP BY 2 ORDER BY 2
      ON CONFLICT (tenant_id, conversation_id) DO UPDATE SET event_seq = greatest(fold_due.event_seq, excluded.event_seq)
    )
    INSERT INTO feed (tenant_id, event_id)
    SELECT ${scope.tenantId}::uuid, id FROM rows ORDER BY "conversationId", seq`;
}
