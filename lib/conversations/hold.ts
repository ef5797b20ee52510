import { requireMay } from '#lib/auth/actor.ts';
import { openCase } from '#lib/conversations/case.ts';
import { moveStatus } from '#lib/conversations/status.ts';
import { writeCases } from '#lib/conversations/write.ts';
import type { Scope } from '#lib/db/scope.ts';
import { conflict, invalid } from '#lib/errors.ts';

export type HoldInput = { for: 'customer' | 'inside'; until: Date | null };

/** 保留にする, waiting for the customer or for somebody inside, until a date or until the customer writes. */
export async function holdConversation(scope: Scope, id: string, input: HoldInput): Promise<void> {
  requireMay(scope, 'conversation.work');
  if (input.until !== null && input.until <= scope.now) throw invalid('untilPast', {}, 'until');
  const c = await openCase(scope, id);
  if (c.row.status === 'done') throw conflict('alreadyEnded');
  await moveStatus(scope, c, { to: 'hold', trigger: 'hand', holdFor: input.for, holdUntil: input.until });
  await writeCases(scope, [c]);
}

/** 保留's date has come: back to 対応中, the assignee kept. Does nothing if somebody was faster. */
export async function releaseHold(scope: Scope, id: string): Promise<void> {
  const c = await openCase(scope, id);
  if (c.row.status !== 'hold' || c.row.holdUntil === null || c.row.holdUntil > scope.now) return;
  await moveStatus(scope, c, { to: 'doing', trigger: 'timer' });
  await writeCases(scope, [c]);
}
