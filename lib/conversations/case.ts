import type { Actor } from '#lib/auth/actor.ts';
import { CASE_COLUMNS, type CaseRow } from '#lib/conversations/case-row.ts';
import { Prisma, type Scope } from '#lib/db/scope.ts';
import { notFound } from '#lib/errors.ts';
import type { ActorKind, EventData, EventRow, EventType } from '#lib/events/types.ts';
import { newId } from '#lib/ids.ts';
import { visibleMailboxIds } from '#lib/mailboxes/access.ts';

/**
 * A conversation whose row is locked in this transaction, with what happened to it so far. Verbs change `row`, record
 * events and hand the case to writeCases: state and history can't part.
 */
export type Case = { row: CaseRow; events: EventRow[]; waits: NewWait[]; contentAdded: boolean };

/** A customer's message of this transaction whose inbound_wait row isn't written yet: whoever asks for waits must see it. */
export type NewWait = {
  messageId: string;
  occurredAt: Date;
  contentSeq: number;
  answeredBy: string | null;
  closedBy: string | null;
};

export type EventOptions = {
  actor?: { kind: ActorKind; id: string | null };
  occurredAt?: Date;
  causeId?: string;
  batchId?: string;
  imported?: boolean;
};

/** Locks conversations in the order of their ids (domain.md 5.3). Ids that aren't there are left out. */
export async function lockCases(scope: Scope, ids: readonly string[]): Promise<Map<string, Case>> {
  if (ids.length === 0) return new Map();
  const rows = await scope.db.$queryRaw<CaseRow[]>`
    SELECT ${Prisma.raw(CASE_COLUMNS)} FROM conversation
    WHERE tenant_id = ${scope.tenantId}::uuid AND id = ANY(${ids}::uuid[]) ORDER BY id FOR UPDATE`;
  return new Map(rows.map((row) => [row.id, newCase(row)]));
}

/** Locks one conversation that the actor may see; else NotFound. */
export async function openCase(scope: Scope, id: string): Promise<Case> {
  const found = (await lockCases(scope, [id])).get(id);
  if (!found || !(await visibleMailboxIds(scope)).includes(found.row.mailboxId)) throw notFound();
  return found;
}

/** A case with nothing done to it; for a conversation that isn't in the database yet, its number is set before it is written. */
export function newCase(row: CaseRow): Case {
  return { row, events: [], waits: [], contentAdded: false };
}

/** Records what just happened, with the envelope as it is after it. Returns the event's id. */
export function record<T extends EventType>(
  scope: Scope,
  { row, events }: Case,
  type: T,
  data: EventData<T>,
  options: EventOptions = {},
): string {
  const actor = options.actor ?? actorOf(scope.actor);
  row.eventSeq += 1;
  const event: EventRow = {
    id: newId(),
    conversationId: row.id,
    seq: row.eventSeq,
    type,
    occurredAt: options.occurredAt ?? scope.now,
    actorKind: actor.kind,
    actorId: actor.id,
    batchId: options.batchId ?? null,
    causeId: options.causeId ?? null,
    mailboxId: row.mailboxId,
    assigneeId: row.assigneeId,
    status: row.status,
    doneKind: row.doneKind,
    place: row.place,
    imported: options.imported ?? scope.imported,
    data,
  };
  events.push(event);
  return event.id;
}

/** Something was added that a writer must read: only this stops a send (domain.md 5.4). Returns its content_seq. */
export function addContent(c: Case): number {
  c.row.contentSeq += 1;
  c.contentAdded = true;
  return c.row.contentSeq;
}

const actorOf = (actor: Actor): { kind: ActorKind; id: string | null } => ({ kind: actor.kind, id: actor.id });
