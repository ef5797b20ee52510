import type { Case } from '#lib/conversations/case.ts';
import { refreshWaiting } from '#lib/conversations/waits.ts';
import type { Scope } from '#lib/db/scope.ts';

type HistoryEvent = { id: string; seq: number; type: string; occurredAt: Date; data: Record<string, unknown> };
/** What stops a message's wait: an answer or an end; it reaches messages recorded before `before`. */
type Stop = { id: string; kind: 'answer' | 'end'; at: Date; seq: number; before: number };

/**
 * A bounce makes the answer as if never sent, backwards (kpi-fold.md 3): each of its messages belongs to the next valid
 * answer, or to the end that would have closed it, or waits again from its own time. Called after the bounce has taken its
 * end back.
 */
export async function voidAnswer(scope: Scope, c: Case, answerId: string): Promise<void> {
  const { tenantId, db } = scope;
  const history = await readHistory(scope, c);
  const stops = [...validAnswers(history), ...lastingEnds(history)].sort(byTime);
  const key = { tenantId, conversationId: c.row.id, answeredBy: answerId };
  const rows = await db.inboundWait.findMany({ where: key, select: { messageId: true } });
  for (const { messageId } of rows) {
    const data = stopOf(messageId, history, stops);
    await db.inboundWait.update({ where: { tenantId_messageId: { tenantId, messageId } }, data });
  }
  for (const wait of c.waits.filter((one) => one.answeredBy === answerId)) {
    Object.assign(wait, stopOf(wait.messageId, history, stops));
  }
  await refreshWaiting(scope, c);
}

/** The stop of a message that counts as inbound only now: as if it had from the beginning. */
export async function stopFor(scope: Scope, c: Case, messageId: string) {
  const history = await readHistory(scope, c);
  return stopOf(messageId, history, [...validAnswers(history), ...lastingEnds(history)].sort(byTime));
}

/** What stops a message's wait, as a whole history tells it: the first answer or end that reaches it. */
function stopOf(messageId: string, history: readonly HistoryEvent[], stops: readonly Stop[]) {
  const received = history.find((event) => event.type === 'message.received' && event.data.message_id === messageId);
  const stop = received && stops.find(({ at, before }) => received.occurredAt <= at && received.seq < before);
  return {
    answeredBy: stop?.kind === 'answer' ? stop.id : null,
    closedBy: stop?.kind === 'end' ? stop.id : null,
  };
}

// kpi-fold.md 1, 2 and 13: from the screen it answers what was recorded before the click, from Sent whatever happened.
function validAnswers(history: readonly HistoryEvent[]): Stop[] {
  const voided = new Set(history.filter((event) => event.data.voids_answer === true).map((e) => e.data.delivery_id));
  const queuedAt = new Map(history.filter((e) => e.type === 'reply.queued').map((e) => [e.data.delivery_id, e.seq]));
  return history.flatMap(({ type, seq, occurredAt: at, data }): Stop[] => {
    if (type === 'message.imported_sent') {
      return [{ id: String(data.message_id), kind: 'answer', at, seq, before: Number.POSITIVE_INFINITY }];
    }
    if (type !== 'delivery.accepted' || !data.human || !data.to_customer || voided.has(data.delivery_id)) return [];
    return [{ id: String(data.delivery_id), kind: 'answer', at, seq, before: queuedAt.get(data.delivery_id) ?? seq }];
  });
}

// kpi-fold.md 3, 4 and 10: an end that a bounce or a hand took back closes nothing.
function lastingEnds(history: readonly HistoryEvent[]): Stop[] {
  const changes = history.filter((event) => event.type === 'status.changed');
  return changes.flatMap(({ id, seq, occurredAt: at, data }, index): Stop[] => {
    const trigger = changes[index + 1]?.data.trigger;
    if (data.to !== 'done' || trigger === 'hand' || trigger === 'bounce') return [];
    return [{ id, kind: 'end', at, seq, before: seq }];
  });
}

async function readHistory(scope: Scope, c: Case): Promise<HistoryEvent[]> {
  const written = await scope.db.conversationEvent.findMany({
    where: { tenantId: scope.tenantId, conversationId: c.row.id },
    orderBy: { seq: 'asc' },
    select: { id: true, seq: true, type: true, occurredAt: true, data: true },
  });
  const events = [...written, ...c.events].map((event) => ({ ...event, data: event.data as Record<string, unknown> }));
  return withoutUndone(events);
}

// kpi-fold.md 12: what was undone never was, and the way back is no change.
function withoutUndone(events: HistoryEvent[]): HistoryEvent[] {
  const undone = new Set<string>();
  // Backwards: an undo can be undone itself.
  for (const { id, type, data } of events.toReversed()) {
    if (type === 'undone' && !undone.has(id)) for (const named of data.event_ids as string[]) undone.add(named);
  }
  return events.filter(
    ({ id, type, data }) =>
      type !== 'undone' && !undone.has(id) && !(type === 'status.changed' && data.trigger === 'undo'),
  );
}

const byTime = (a: Stop, b: Stop): number => a.at.getTime() - b.at.getTime() || a.seq - b.seq;
