import { requireMay } from '#lib/auth/actor.ts';
import { openCase } from '#lib/conversations/case.ts';
import { moveStatus } from '#lib/conversations/status.ts';
import { writeCases } from '#lib/conversations/write.ts';
import type { Scope } from '#lib/db/scope.ts';
import { conflict } from '#lib/errors.ts';

/**
 * 対応終了 or 対応不要. Refused while a mail of it is on its way or its outcome unknown: an end would hide that
 * (domain.md 2).
 */
export async function endConversation(scope: Scope, id: string, input: { noAnswer: boolean }): Promise<void> {
  requireMay(scope, 'conversation.work');
  const c = await openCase(scope, id);
  if (c.row.status === 'done') return;
  const open = await scope.db.delivery.count({
    where: {
      tenantId: scope.tenantId,
      conversationId: id,
      human: true,
      state: { in: ['queued', 'sending', 'retry', 'uncertain'] },
    },
  });
  if (open > 0) throw conflict('endWhileSending');
  c.row.warning = null;
  await moveStatus(scope, c, { to: 'done', trigger: 'hand', doneKind: input.noAnswer ? 'none' : 'answered' });
  await writeCases(scope, [c]);
}
