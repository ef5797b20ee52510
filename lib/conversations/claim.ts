import { requireMay } from '#lib/auth/actor.ts';
import { type Case, openCase, record } from '#lib/conversations/case.ts';
import { moveStatus } from '#lib/conversations/status.ts';
import { writeCases } from '#lib/conversations/write.ts';
import type { Scope } from '#lib/db/scope.ts';
import { conflict, forbidden } from '#lib/errors.ts';
import { memberName } from '#lib/people/names.ts';

/**
 * 担当する: the actor takes a conversation that nobody has. Under the row lock one of two wins; the other reads the
 * winner's name (Conflict `claimLost`). Taking one's own again changes nothing.
 */
export async function claimConversation(scope: Scope, id: string): Promise<void> {
  requireMay(scope, 'conversation.work');
  const c = await openCase(scope, id);
  const me = scope.actor.id;
  if (me === null) throw forbidden();
  if (c.row.assigneeId === me) return;
  if (c.row.assigneeId !== null) {
    throw conflict('claimLost', { winner: await memberName(scope, c.row.assigneeId) });
  }
  await take(scope, c, me);
  await writeCases(scope, [c]);
}

/** Makes the member the assignee of an unassigned case; 新着 becomes 対応中 (着手). */
export async function take(scope: Scope, c: Case, memberId: string): Promise<void> {
  const from = c.row.assigneeId;
  c.row.assigneeId = memberId;
  record(scope, c, 'assigned', { from, to: memberId, how: 'claim' });
  if (c.row.status === 'new') await moveStatus(scope, c, { to: 'doing', trigger: 'hand' });
}
