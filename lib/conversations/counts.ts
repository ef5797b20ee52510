import { requireMay } from '#lib/auth/actor.ts';
import type { Counts } from '#lib/conversations/shapes.ts';
import type { Scope } from '#lib/db/scope.ts';
import { LIMITS } from '#lib/limits.ts';
import { visibleMailboxIds } from '#lib/mailboxes/access.ts';

type CountRow = {
  mailboxId: string;
  new: number;
  doing: number;
  hold: number;
  unassigned: number;
  mine: number;
  thanks: number;
};
const CAP = LIMITS.countCap + 1;

/**
 * What isn't ended, by view and by 窓口, over the visible ones. Each count stops one above the cap: a forgotten backlog of
 * a million must not make the navigation slow. One statement of short index ranges.
 */
export async function countConversations(scope: Scope): Promise<Counts> {
  requireMay(scope, 'conversation.read');
  const mailboxes = await visibleMailboxIds(scope);
  const rows = await scope.db.$queryRaw<CountRow[]>`
    SELECT box.id AS "mailboxId", s.new, s.doing, s.hold, u.n AS unassigned, m.n AS mine, k.n AS thanks
    FROM unnest(${mailboxes}::uuid[]) AS box(id)
    CROSS JOIN LATERAL (
      SELECT coalesce(max(n) FILTER (WHERE status = 'new'), 0)::integer AS new,
        coalesce(max(n) FILTER (WHERE status = 'doing'), 0)::integer AS doing,
        coalesce(max(n) FILTER (WHERE status = 'hold'), 0)::integer AS hold
      FROM unnest(ARRAY['new', 'doing', 'hold']) AS wanted(status)
      CROSS JOIN LATERAL (SELECT count(*) AS n FROM (SELECT 1 FROM conversation c
        WHERE c.tenant_id = ${scope.tenantId}::uuid AND c.mailbox_id = box.id AND c.status = wanted.status
          AND c.place = 'normal' LIMIT ${CAP}) capped) counted) s
    CROSS JOIN LATERAL (SELECT count(*)::integer AS n FROM (SELECT 1 FROM conversation c
      WHERE c.tenant_id = ${scope.tenantId}::uuid AND c.mailbox_id = box.id AND c.assignee_id IS NULL
        AND c.status <> 'done' AND c.place = 'normal' LIMIT ${CAP}) capped) u
    CROSS JOIN LATERAL (SELECT count(*)::integer AS n FROM (SELECT 1 FROM conversation c
      WHERE c.tenant_id = ${scope.tenantId}::uuid AND c.assignee_id IS NOT NULL AND c.assignee_id = ${scope.actor.id}::uuid
        AND c.mailbox_id = box.id AND c.status <> 'done' AND c.place = 'normal' LIMIT ${CAP}) capped) m
    CROSS JOIN LATERAL (SELECT count(*)::integer AS n FROM (SELECT 1 FROM conversation c
      WHERE c.tenant_id = ${scope.tenantId}::uuid AND c.mailbox_id = box.id AND c.thanks_at IS NOT NULL
        AND c.place = 'normal' LIMIT ${CAP}) capped) k`;
  const sum = (key: Exclude<keyof CountRow, 'mailboxId'>) =>
    Math.min(
      CAP,
      rows.reduce((total, row) => total + row[key], 0),
    );
  return {
    views: {
      mine: sum('mine'),
      unassigned: sum('unassigned'),
      new: sum('new'),
      doing: sum('doing'),
      hold: sum('hold'),
      thanks: sum('thanks'),
    },
    mailboxes: Object.fromEntries(rows.map((row) => [row.mailboxId, Math.min(CAP, row.new + row.doing + row.hold)])),
  };
}
