import type { Case } from '#lib/conversations/case.ts';
import { rowsJson } from '#lib/db/rows-json.ts';
import type { Scope } from '#lib/db/scope.ts';
import { appendEvents } from '#lib/events/append.ts';
import { publish } from '#lib/realtime/index.ts';

/**
 * Writes changed and new cases with their events: one statement for the rows, one for the events, and after the commit a
 * message to the browsers. `version` goes up once per case and transaction.
 */
export async function writeCases(scope: Scope, cases: readonly Case[]): Promise<void> {
  if (cases.length === 0) return;
  for (const { row } of cases) row.version += 1;
  await upsert(scope, cases);
  await appendEvents(
    scope,
    cases.flatMap((c) => c.events),
  );
  for (const { row } of cases.filter((one) => !isHistory(one))) {
    const event = { type: 'conversation', id: row.id, mailboxId: row.mailboxId, version: row.version } as const;
    scope.afterCommit(() => publish(scope.tenantId, event));
  }
}

// Ended cases from before our time: fifty thousand of them aren't news to anybody's open inbox.
const isHistory = ({ row, events }: Case): boolean => row.status === 'done' && events.every((event) => event.imported);

async function upsert(scope: Scope, cases: readonly Case[]): Promise<void> {
  const rows = rowsJson(cases.map((c) => c.row));
  await scope.db.$executeRaw`
    INSERT INTO conversation AS c (tenant_id, id, number, mailbox_id, customer_id, channel, subject, title, status,
      done_kind, place, assignee_id, notice, warning, waiting_since, hold_for, hold_until, first_message_at,
      last_message_at, last_snippet, message_count, has_attachment, ended_at, thanks_at, version, content_seq, event_seq, created_at)
    SELECT ${scope.tenantId}::uuid, r.id, r.number, r."mailboxId", r."customerId", r.channel, r.subject, r.title, r.status,
      r."doneKind", r.place, r."assigneeId", r.notice, r.warning, r."waitingSince", r."holdFor", r."holdUntil",
      r."firstMessageAt", r."lastMessageAt", r."lastSnippet", r."messageCount", r."hasAttachment", r."endedAt", r."thanksAt",
      r.version,
      r."contentSeq", r."eventSeq", clock_timestamp()
    FROM jsonb_to_recordset(${rows}::jsonb) AS r(id uuid, number integer, "mailboxId" uuid, "customerId" uuid,
      channel text, subject text, title text, status text, "doneKind" text, place text, "assigneeId" uuid,
      notice boolean, warning text, "waitingSince" timestamptz, "holdFor" text, "holdUntil" timestamptz,
      "firstMessageAt" timestamptz, "lastMessageAt" timestamptz, "lastSnippet" text, "messageCount" integer,
      "hasAttachment" boolean, "endedAt" timestamptz, "thanksAt" timestamptz,
      version integer, "contentSeq" integer, "eventSeq" integer)
    ORDER BY r.id
    ON CONFLICT (tenant_id, id) DO UPDATE SET
      mailbox_id = excluded.mailbox_id, customer_id = excluded.customer_id, title = excluded.title,
      status = excluded.status, done_kind = excluded.done_kind, place = excluded.place,
      assignee_id = excluded.assignee_id, notice = excluded.notice, warning = excluded.warning,
      waiting_since = excluded.waiting_since, hold_for = excluded.hold_for, hold_until = excluded.hold_until,
      first_message_at = excluded.first_message_at, last_message_at = excluded.last_message_at,
      last_snippet = excluded.last_snippet, message_count = excluded.message_count,
      has_attachment = excluded.has_attachment, ended_at = excluded.ended_at, thanks_at = excluded.thanks_at, version = excluded.version,
      content_seq = excluded.content_seq, event_seq = excluded.event_seq`;
}
