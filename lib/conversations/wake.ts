import { type Case, type EventOptions, record } from '#lib/conversations/case.ts';
import { moveStatus } from '#lib/conversations/status.ts';
import type { Scope } from '#lib/db/scope.ts';

/**
 * A customer wrote to this case: 保留 always and 対応終了 go back to 対応中. The assignee stays if they still work here. What
 * was only a notice is a customer's case from now on.
 */
export async function wakeCase(
  scope: Scope,
  c: Case,
  works: (memberId: string) => boolean,
  options: EventOptions,
): Promise<void> {
  const { row } = c;
  row.notice = false;
  if (row.status !== 'hold' && row.status !== 'done') return;
  const system = { ...options, actor: { kind: 'system', id: null } as const };
  await moveStatus(scope, c, { to: 'doing', trigger: 'inbound' }, system);
  if (row.assigneeId === null || works(row.assigneeId)) return;
  const from = row.assigneeId;
  row.assigneeId = null;
  record(scope, c, 'assigned', { from, to: null, how: 'absence' }, system);
}
