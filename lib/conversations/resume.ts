import { requireMay } from '#lib/auth/actor.ts';
import { openCase } from '#lib/conversations/case.ts';
import { moveStatus } from '#lib/conversations/status.ts';
import { writeCases } from '#lib/conversations/write.ts';
import type { Scope } from '#lib/db/scope.ts';

/** Back to 対応中 by hand, from 新着, 保留 or 対応終了. An end taken back this way closed no wait (kpi-fold.md 10). */
export async function resumeConversation(scope: Scope, id: string): Promise<void> {
  requireMay(scope, 'conversation.work');
  const c = await openCase(scope, id);
  if (c.row.status === 'doing') return;
  await moveStatus(scope, c, { to: 'doing', trigger: 'hand' });
  await writeCases(scope, [c]);
}
