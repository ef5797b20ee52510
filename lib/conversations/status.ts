import { type Case, type EventOptions, record } from '#lib/conversations/case.ts';
import type { DoneKind, Status } from '#lib/conversations/shapes.ts';
import { closeWaits, reopenWaits } from '#lib/conversations/waits.ts';
import type { Scope } from '#lib/db/scope.ts';
import type { EventData } from '#lib/events/types.ts';

export type Trigger = EventData<'status.changed'>['trigger'];
export type StatusChange = {
  to: Status;
  trigger: Trigger;
  doneKind?: DoneKind;
  holdFor?: 'customer' | 'inside';
  holdUntil?: Date | null;
};

/**
 * The one place that moves a status (domain.md 2): sets what belongs to the new one, records `status.changed`, closes or
 * reopens the waits. From a status to itself it does nothing, but for 保留, which starts a new hold (kpi-fold.md 22).
 */
export async function moveStatus(
  scope: Scope,
  c: Case,
  change: StatusChange,
  options: EventOptions = {},
): Promise<void> {
  const { row } = c;
  const from = row.status;
  if (from === change.to && change.to !== 'hold') return;
  row.status = change.to;
  row.doneKind = change.to === 'done' ? (change.doneKind ?? 'answered') : null;
  row.endedAt = change.to === 'done' ? (options.occurredAt ?? scope.now) : null;
  // In 対応中 the thanks are read like any other mail.
  if (change.to === 'new' || change.to === 'doing') row.thanksAt = null;
  row.holdFor = change.to === 'hold' ? (change.holdFor ?? 'customer') : null;
  row.holdUntil = change.to === 'hold' ? (change.holdUntil ?? null) : null;
  const eventId = record(
    scope,
    c,
    'status.changed',
    {
      from,
      to: change.to,
      done_kind: row.doneKind,
      trigger: change.trigger,
      ...(row.holdFor ? { hold_for: row.holdFor, until: row.holdUntil?.toISOString() ?? null } : {}),
    },
    options,
  );
  // What is undone never was: the waits are restored by whoever undoes it.
  if (change.trigger === 'undo') return;
  if (change.to === 'done') await closeWaits(scope, c, eventId);
  else if (from === 'done' && (change.trigger === 'hand' || change.trigger === 'bounce')) await reopenWaits(scope, c);
}
