import { requireMay } from '#lib/auth/actor.ts';
import { type Case, record } from '#lib/conversations/case.ts';
import { BY_HAND, backTo, openMessage, othersOf, type StoredMessage, setClass } from '#lib/conversations/reclassify.ts';
import { countsAsInbound, isInboundNoMore } from '#lib/conversations/waits-of-message.ts';
import { writeCases } from '#lib/conversations/write.ts';
import type { Scope } from '#lib/db/scope.ts';
import { conflict } from '#lib/errors.ts';
import { newId } from '#lib/ids.ts';

/**
 * Takes a member's own last word on a mail's kind back: class, wait and status are what they were (domain.md 2, undo). Refused
 * once anything else has happened to the case.
 */
export async function undoReclassify(scope: Scope, messageId: string): Promise<void> {
  requireMay(scope, 'conversation.work');
  const { c, message } = await openMessage(scope, messageId);
  const events = await scope.db.conversationEvent.findMany({
    where: { tenantId: scope.tenantId, conversationId: c.row.id },
    orderBy: { seq: 'asc' },
  });
  const data = (event: { data: unknown }) => event.data as Record<string, unknown>;
  const said = events.findLast((e) => e.type === 'message.reclassified' && data(e).message_id === messageId);
  const deed = said ? events.filter((e) => e.batchId === said.batchId) : [];
  const last = events.at(-1);
  if (!said || said.actorId !== scope.actor.id || last?.batchId !== said.batchId || data(said).to !== message.class) {
    throw conflict('changedSince');
  }
  const batchId = newId();
  const from = String(data(said).from);
  const received = events.find((e) => e.type === 'message.received' && data(e).message_id === messageId);
  const rule = received && data(received).class === from ? String(data(received).class_rule) : BY_HAND;
  const before = events.findLast((e) => e.type === 'status.changed' && e.seq < (deed[0]?.seq ?? 0)) ?? null;
  await setClass(scope, messageId, from, rule);
  record(scope, c, 'undone', { event_ids: deed.map((event) => event.id) }, { batchId });
  if (deed.some((event) => event.type === 'status.changed')) await backTo(scope, c, before, batchId);
  await restoreAssignee(c, deed);
  await restoreWait(scope, c, message, from);
  await writeCases(scope, [c]);
}

function restoreAssignee({ row }: Case, deed: readonly { type: string; data: unknown }[]): void {
  const taken = deed.find((event) => event.type === 'assigned');
  if (taken) row.assigneeId = (taken.data as { from: string | null }).from;
}

async function restoreWait(scope: Scope, c: Case, message: StoredMessage, from: string): Promise<void> {
  if (from === 'human') await countsAsInbound(scope, c, message);
  else await isInboundNoMore(scope, c, message.id);
  const sleeps = c.row.status === 'done' || c.row.status === 'hold';
  if (from === 'thanks' && sleeps) c.row.thanksAt ??= message.occurredAt;
  const isCustomers =
    from === 'human' || from === 'thanks' || (await othersOf(scope, message, ['human', 'thanks'])) > 0;
  c.row.notice = !isCustomers && c.row.messageCount > 0;
}
