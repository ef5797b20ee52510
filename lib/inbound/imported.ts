import type { Case, EventOptions } from '#lib/conversations/case.ts';
import { moveStatus } from '#lib/conversations/status.ts';
import type { Scope } from '#lib/db/scope.ts';
import type { ReadMail } from '#lib/inbound/read-raw.ts';

/** Mail from before our time that is older than this when it is taken in is history, not work: days. */
const HISTORY_AFTER_DAYS = 14;

/**
 * Is this mail history: from before the account was ours, and so old that nobody waits for an answer here? One that couldn't
 * be read isn't: somebody has to look at it.
 */
export function isHistory(
  scope: Pick<Scope, 'now'>,
  { raw, parsed }: Pick<ReadMail, 'raw' | 'parsed'>,
  at: Date,
): boolean {
  if (parsed.error) return false;
  return raw.imported && scope.now.getTime() - at.getTime() > HISTORY_AFTER_DAYS * 86_400_000;
}

/**
 * An imported 案件 that is history, or that was answered by another mail program, is 対応終了 (自動) at that mail's own time:
 * years of mail must not flood 新着 (decision 014). One that somebody here has taken stays as it is.
 */
export async function endAsHistory(scope: Scope, c: Case, at: Date): Promise<void> {
  const { row } = c;
  if (row.status === 'done' || row.assigneeId !== null) return;
  const options: EventOptions = { actor: { kind: 'system', id: null }, occurredAt: at, imported: true };
  await moveStatus(scope, c, { to: 'done', trigger: 'timer', doneKind: 'auto' }, options);
}
