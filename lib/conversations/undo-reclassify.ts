import { requireMay } from '#lib/auth/actor.ts';
import { type Case, record } from '#lib/conversations/case.ts';
import { BY_HAND, backTo, openMessage, othersOf, setClass } from '#lib/conversations/reclassify.ts';
import { countsAsInbound, isInboundNoMore } from '#lib/conversations/waits-of-message.ts';
import { writeCases } from '#lib/conversations/write.ts';
import type { Scope } from '#lib/db/scope.ts';
import { conflict } from '#lib/errors.ts';
import { newId } from '#lib/ids.ts';

/**
 * Takes a member's own last word on a mail's kind back, with all that followed from it: class, wait and status are what they
 * were (domain.md 2, undo). Refused once anything else has happened to the case.
 */
export async function undoReclassify(scope: Scope, messageId: string): Promise<void> {
  requireMay(scope, 'conversation.work');
  const { c, message } = await openMessage(scope, messageId);
  const events = await readEvents(scope, c);
  const said = events.findLast((e) => e.type === 'message.reclassified' && e.data.message_id === messageId);
  const deed = said ? events.filter((e) => e.batchId === said.batchId) : [];
  const ours = said?.actorId === scope.actor.id && events.at(-1)?.batchId === said?.batchId;
  if (!said || !ours || said.data.to !== message.class) throw conflict('changedSince');
  const batchId = newId();
  const start = deed[0]?.seq ?? 0;
  const before = events.findLast((e) => e.type === 'status.changed' && e.seq < start) ?? null;
  record(scope, c, 'undone', { event_ids: deed.map((event) => event.id) }, { batchId });
  if (deed.some((event) => event.type === 'status.changed')) await backTo(scope, c, before, batchId);
  restoreAssignee(c, deed);
  for (const { data } of deed.filter((event) => event.type === 'message.reclassified')) {
    await restoreMessage(scope, c, events, { id: String(data.message_id), from: String(data.from) });
  }
  await writeCases(scope, [c]);
}

type Event = Awaited<ReturnType<typeof readEvents>>[number];

async function readEvents(scope: Scope, c: Case) {
  const events = await scope.db.conversationEvent.findMany({
    where: { tenantId: scope.tenantId, conversationId: c.row.id },
    orderBy: { seq: 'asc' },
  });
  return events.map((event) => ({ ...event, data: event.data as Record<string, unknown> }));
}

function restoreAssignee({ row }: Case, deed: readonly Event[]): void {
  const taken = deed.find((event) => event.type === 'assigned');
  if (taken) row.assigneeId = taken.data.from as string | null;
}

async function restoreMessage(scope: Scope, c: Case, events: readonly Event[], was: { id: string; from: string }) {
  const message = await scope.db.message.findUniqueOrThrow({
    where: { tenantId_id: { tenantId: scope.tenantId, id: was.id } },
  });
  const received = events.find((e) => e.type === 'message.received' && e.data.message_id === was.id);
  const rule = received?.data.class === was.from ? String(received.data.class_rule) : BY_HAND;
  await setClass(scope, was.id, was.from, rule);
  if (was.from === 'human') await countsAsInbound(scope, c, message);
  else await isInboundNoMore(scope, c, was.id);
  const sleeps = c.row.status === 'done' || c.row.status === 'hold';
  if (was.from === 'thanks' && sleeps) c.row.thanksAt ??= message.occurredAt;
  const isCustomers = was.from === 'human' || was.from === 'thanks';
  c.row.notice = !isCustomers && (await othersOf(scope, message, ['human', 'thanks'])) === 0;
}
