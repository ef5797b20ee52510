import { requireMay } from '#lib/auth/actor.ts';
import { type Case, openCase, record } from '#lib/conversations/case.ts';
import { moveStatus } from '#lib/conversations/status.ts';
import { countsAsInbound, isInboundNoMore } from '#lib/conversations/waits-of-message.ts';
import { wakeCase } from '#lib/conversations/wake.ts';
import { writeCases } from '#lib/conversations/write.ts';
import type { Scope } from '#lib/db/scope.ts';
import { conflict, notFound } from '#lib/errors.ts';
import { newId } from '#lib/ids.ts';
import { workingMembers } from '#lib/mailboxes/members.ts';

export type Reclassified = 'human' | 'auto';
/** The rule that stands at a mail whose kind a person has said. */
export const BY_HAND = 'by-hand';

/**
 * 「お客様のメールとして扱う」/「自動メールとして扱う」: what the mail is counts from its own moment, as if it had arrived so
 * (kpi-fold.md 14), for the wait, the status and the figures. Saying what it is already changes nothing.
 */
export async function reclassifyMessage(scope: Scope, messageId: string, input: { as: Reclassified }): Promise<void> {
  requireMay(scope, 'conversation.work');
  const { c, message } = await openMessage(scope, messageId);
  if (message.direction !== 'in' || message.threadReason === 'bounce') throw conflict('notReclassifiable');
  if (input.as === 'auto' ? message.class === 'auto' : message.class === 'human') return;
  const batchId = newId();
  if (input.as === 'human') await toHuman(scope, c, message, batchId);
  else await toAuto(scope, c, message, batchId);
  await writeCases(scope, [c]);
}

/** One key in お礼（未確認）: the thanks are a customer's mail after all, and the case goes back to 対応中. */
export async function takeUpThanks(scope: Scope, conversationId: string): Promise<void> {
  requireMay(scope, 'conversation.work');
  const c = await openCase(scope, conversationId);
  if (c.row.thanksAt === null) return;
  const thanks = await scope.db.message.findMany({
    where: { tenantId: scope.tenantId, conversationId, class: 'thanks', occurredAt: { gte: c.row.thanksAt } },
    orderBy: { occurredAt: 'asc' },
  });
  const batchId = newId();
  for (const message of thanks) await toHuman(scope, c, message, batchId);
  c.row.thanksAt = null;
  await writeCases(scope, [c]);
}

export type StoredMessage = NonNullable<Awaited<ReturnType<Scope['db']['message']['findUnique']>>>;

/** The message under the lock of its case; not visible is not there. */
export async function openMessage(scope: Scope, messageId: string): Promise<{ c: Case; message: StoredMessage }> {
  const key = { tenantId_id: { tenantId: scope.tenantId, id: messageId } };
  const known = await scope.db.message.findUnique({ where: key, select: { conversationId: true } });
  if (!known) throw notFound();
  const c = await openCase(scope, known.conversationId);
  const message = await scope.db.message.findUnique({ where: key });
  if (message?.conversationId !== c.row.id) throw notFound();
  return { c, message };
}

async function toHuman(scope: Scope, c: Case, message: StoredMessage, batchId: string): Promise<void> {
  await setClass(scope, message.id, 'human', BY_HAND);
  record(
    scope,
    c,
    'message.reclassified',
    { message_id: message.id, from: classOf(message), to: 'human' },
    { batchId },
  );
  const waits = await countsAsInbound(scope, c, message);
  if (!waits) {
    c.row.notice = false;
    return;
  }
  const working = new Set((await workingMembers(scope, [c.row.mailboxId])).map((member) => member.id));
  await wakeCase(scope, c, (id) => working.has(id), { batchId });
}

async function toAuto(scope: Scope, c: Case, message: StoredMessage, batchId: string): Promise<void> {
  const wasThanks = message.class === 'thanks';
  await setClass(scope, message.id, 'auto', BY_HAND);
  record(scope, c, 'message.reclassified', { message_id: message.id, from: classOf(message), to: 'auto' }, { batchId });
  await isInboundNoMore(scope, c, message.id);
  if (wasThanks && !(await othersOf(scope, message, ['thanks']))) c.row.thanksAt = null;
  if (!(await othersOf(scope, message, ['human', 'thanks']))) c.row.notice = c.row.status === 'new';
  await fallAsleep(scope, c, message.id, batchId);
}

/**
 * Where this mail alone woke the case and nothing has been done since, it sleeps on: as it would have, had the mail been
 * known for what it is.
 */
async function fallAsleep(scope: Scope, c: Case, messageId: string, batchId: string): Promise<void> {
  if (c.row.waitingSince !== null || c.row.status !== 'doing') return;
  const events = await scope.db.conversationEvent.findMany({
    where: { tenantId: scope.tenantId, conversationId: c.row.id },
    orderBy: { seq: 'asc' },
  });
  const received = events.find((e) => e.type === 'message.received' && dataOf(e).message_id === messageId);
  const later = events.filter((e) => received && e.seq > received.seq);
  const woke = later.find((e) => e.type === 'status.changed');
  const untouched = later.every(
    (e) => e === woke || (['assigned', 'linked'].includes(e.type) && e.actorKind === 'system'),
  );
  if (!woke || dataOf(woke).trigger !== 'inbound' || !untouched) return;
  const before = events.findLast((e) => e.seq < woke.seq && e.type === 'status.changed');
  record(scope, c, 'undone', { event_ids: [woke.id] }, { batchId });
  await backTo(scope, c, before ?? null, batchId);
}

type Told = { occurredAt: Date; data: unknown };
const dataOf = (event: Pick<Told, 'data'>) => event.data as Record<string, unknown>;

/** Puts the status back to what an earlier change made of it; without one, to how the case was opened. */
export async function backTo(scope: Scope, c: Case, before: Told | null, batchId: string): Promise<void> {
  const data = before ? dataOf(before) : {};
  const to = (data.to ?? 'new') as Case['row']['status'];
  if (to === c.row.status) return;
  const held = {
    holdFor: (data.hold_for ?? 'customer') as 'customer' | 'inside',
    holdUntil: data.until ? new Date(String(data.until)) : null,
  };
  const doneKind = (data.done_kind ?? 'answered') as 'answered' | 'none' | 'auto';
  await moveStatus(scope, c, { to, trigger: 'undo', doneKind, ...held }, { batchId });
  if (to === 'done' && before) c.row.endedAt = before.occurredAt;
}

export async function setClass(scope: Scope, id: string, to: string, rule: string): Promise<void> {
  await scope.db.message.update({
    where: { tenantId_id: { tenantId: scope.tenantId, id } },
    data: { class: to, classRule: rule, kpiInbound: to === 'human' },
    select: { id: true },
  });
}

/** How many other mails of the case are of these classes. */
export const othersOf = (scope: Scope, message: StoredMessage, classes: string[]): Promise<number> =>
  scope.db.message.count({
    where: {
      ...{ tenantId: scope.tenantId, conversationId: message.conversationId, direction: 'in' },
      ...{ id: { not: message.id }, class: { in: classes } },
    },
  });

type Class = 'human' | 'thanks' | 'auto' | 'list' | 'receipt' | 'notice' | 'spam' | 'internal' | 'bounce';
export const classOf = (message: StoredMessage): Class => message.class as Class;
