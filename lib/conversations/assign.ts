import { requireMay } from '#lib/auth/actor.ts';
import { openCase, record } from '#lib/conversations/case.ts';
import { moveStatus } from '#lib/conversations/status.ts';
import { writeCases } from '#lib/conversations/write.ts';
import type { Scope } from '#lib/db/scope.ts';
import { invalid } from '#lib/errors.ts';
import { worksIn } from '#lib/mailboxes/members.ts';

/**
 * Gives a conversation to a member who works in its 窓口, or to nobody (null). Somebody else's conversation may be
 * reassigned by a supervisor only (domain.md 3). By hand it is 着手: 新着 becomes 対応中.
 */
export async function assignConversation(scope: Scope, id: string, input: { memberId: string | null }): Promise<void> {
  requireMay(scope, 'conversation.assign');
  const c = await openCase(scope, id);
  const { row } = c;
  if (row.assigneeId === input.memberId) return;
  if (row.assigneeId !== null && row.assigneeId !== scope.actor.id) requireMay(scope, 'conversation.reassign');
  if (input.memberId !== null && !(await worksIn(scope, input.memberId, row.mailboxId))) {
    throw invalid('memberCannotWorkHere', {}, 'memberId');
  }
  const from = row.assigneeId;
  row.assigneeId = input.memberId;
  record(scope, c, 'assigned', { from, to: input.memberId, how: input.memberId === scope.actor.id ? 'claim' : 'hand' });
  if (row.status === 'new' && input.memberId !== null) await moveStatus(scope, c, { to: 'doing', trigger: 'hand' });
  await writeCases(scope, [c]);
}
