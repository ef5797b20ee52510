import { requireMay } from '#lib/auth/actor.ts';
import { type Case, openCase, record } from '#lib/conversations/case.ts';
import { writeCases } from '#lib/conversations/write.ts';
import type { Scope } from '#lib/db/scope.ts';

/**
 * 確認済み: somebody has read the thanks, they leave お礼（未確認）; with `confirmed` false they are put back there. The status
 * stays as it is.
 */
export async function confirmThanks(scope: Scope, id: string, { confirmed }: { confirmed: boolean }): Promise<void> {
  requireMay(scope, 'conversation.work');
  const c = await openCase(scope, id);
  if (confirmed === (c.row.thanksAt === null)) return;
  const since = confirmed ? null : await lastThanks(scope, id);
  if (!confirmed && (since === null || c.row.status === 'new' || c.row.status === 'doing')) return;
  c.row.thanksAt = since;
  const [from, to] = confirmed ? ['unconfirmed', 'confirmed'] : ['confirmed', 'unconfirmed'];
  record(scope, c, 'field.changed', { field: 'thanks', from: from ?? null, to: to ?? null, source: 'hand' });
  await writeCases(scope, [c]);
}

/** Whoever answers has read the thanks that were there before the click; later ones stay to be confirmed. */
export async function answerThanks(scope: Scope, c: Case, belowContentSeq: number): Promise<void> {
  if (c.row.thanksAt === null) return;
  const later = await scope.db.message.findFirst({
    where: {
      ...{ tenantId: scope.tenantId, conversationId: c.row.id, class: 'thanks' },
      ...{ contentSeq: { gt: belowContentSeq }, occurredAt: { gte: c.row.thanksAt } },
    },
    orderBy: { occurredAt: 'asc' },
    select: { occurredAt: true },
  });
  c.row.thanksAt = later?.occurredAt ?? null;
}

async function lastThanks(scope: Scope, conversationId: string): Promise<Date | null> {
  const message = await scope.db.message.findFirst({
    where: { tenantId: scope.tenantId, conversationId, class: 'thanks' },
    orderBy: { occurredAt: 'desc' },
    select: { occurredAt: true },
  });
  return message?.occurredAt ?? null;
}
