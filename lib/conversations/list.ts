import { z } from 'zod';
import { requireMay } from '#lib/auth/actor.ts';
import { maskedRow } from '#lib/conversations/mask.ts';
import type { ListPage, ListRow, View } from '#lib/conversations/shapes.ts';
import { Prisma, type Scope } from '#lib/db/scope.ts';
import { invalid } from '#lib/errors.ts';
import { visibleMailboxIds } from '#lib/mailboxes/access.ts';

export const PAGE_SIZE = 50;
export type ListInput = { view: View; mailboxId?: string | undefined; cursor?: string | undefined };
type Row = Omit<ListRow, 'waitingSince' | 'holdUntil' | 'lastMessageAt' | 'assignee'> & {
  waitingSince: Date | null;
  holdUntil: Date | null;
  lastMessageAt: Date;
  assigneeId: string | null;
  assigneeName: string | null;
};

/**
 * One page of a view, newest mail first, keyset by (last_message_at, id). Each visible 窓口 (and status) is one index
 * range, read by LATERAL and merged, so a page costs the same at a hundred and at a million (architecture.md 3).
 */
export async function listConversations(scope: Scope, input: ListInput): Promise<ListPage> {
  requireMay(scope, 'conversation.read');
  const visible = await visibleMailboxIds(scope);
  const mailboxes = input.mailboxId ? visible.filter((id) => id === input.mailboxId) : visible;
  const memberId = scope.actor.id;
  if (mailboxes.length === 0 || (input.view === 'mine' && memberId === null)) return { rows: [], next: null };
  const rows = await scope.db.$queryRaw<Row[]>`
    WITH page AS (${pageOf(scope, input, mailboxes)})
    SELECT c.id, c.number, c.mailbox_id AS "mailboxId", coalesce(k.name, '') AS "customerName", c.title AS subject, c.status,
      c.done_kind AS "doneKind", c.assignee_id AS "assigneeId", m.display_name AS "assigneeName",
      c.waiting_since AS "waitingSince", c.hold_until AS "holdUntil", c.last_message_at AS "lastMessageAt",
      c.message_count AS "messageCount", c.last_snippet AS snippet, c.has_attachment AS "hasAttachment",
      coalesce(r.content_seq, 0) < c.content_seq AS unread, c.notice, c.thanks_at IS NOT NULL AS thanks,
      c.warning, c.version
    FROM page JOIN conversation c ON c.tenant_id = ${scope.tenantId}::uuid AND c.id = page.id
    LEFT JOIN customer k ON k.tenant_id = c.tenant_id AND k.id = c.customer_id
    LEFT JOIN membership m ON m.tenant_id = c.tenant_id AND m.id = c.assignee_id
    LEFT JOIN read_mark r ON r.tenant_id = c.tenant_id AND r.conversation_id = c.id AND r.member_id = ${memberId}::uuid
    ORDER BY page.last_message_at DESC, page.id DESC`;
  const last = rows.length > PAGE_SIZE ? rows[PAGE_SIZE - 1] : undefined;
  return {
    rows: rows.slice(0, PAGE_SIZE).map((row) => maskedRow(scope.actor, toListRow(row))),
    next: last ? encode(last.lastMessageAt, last.id) : null,
  };
}

// One row more than a page says whether there's a next one.
function pageOf(scope: Scope, { view, cursor }: ListInput, mailboxes: readonly string[]): Prisma.Sql {
  const after = cursor ? Prisma.sql`AND (c.last_message_at, c.id) < ${decode(cursor)}` : Prisma.empty;
  const order = Prisma.sql`ORDER BY c.last_message_at DESC, c.id DESC LIMIT ${PAGE_SIZE + 1}`;
  const tenant = Prisma.sql`c.tenant_id = ${scope.tenantId}::uuid AND c.place = 'normal'`;
  if (view === 'mine') {
    return Prisma.sql`SELECT c.id, c.last_message_at FROM conversation c
      WHERE ${tenant} AND c.status <> 'done' AND c.assignee_id IS NOT NULL AND c.assignee_id = ${scope.actor.id}::uuid
        AND c.mailbox_id = ANY(${mailboxes}::uuid[]) ${after} ${order}`;
  }
  if (view === 'unassigned') {
    return Prisma.sql`SELECT c.id, c.last_message_at FROM unnest(${mailboxes}::uuid[]) AS box(id)
      CROSS JOIN LATERAL (SELECT c.id, c.last_message_at FROM conversation c
        WHERE ${tenant} AND c.mailbox_id = box.id AND c.status <> 'done' AND c.assignee_id IS NULL ${after} ${order}) c
      ${order}`;
  }
  if (view === 'thanks') {
    return Prisma.sql`SELECT c.id, c.last_message_at FROM unnest(${mailboxes}::uuid[]) AS box(id)
      CROSS JOIN LATERAL (SELECT c.id, c.last_message_at FROM conversation c
        WHERE ${tenant} AND c.mailbox_id = box.id AND c.thanks_at IS NOT NULL ${after} ${order}) c
      ${order}`;
  }
  const statuses = view === 'open' ? ['new', 'doing', 'hold'] : [view];
  return Prisma.sql`SELECT c.id, c.last_message_at FROM unnest(${mailboxes}::uuid[]) AS box(id)
    CROSS JOIN unnest(${statuses}::text[]) AS wanted(status)
    CROSS JOIN LATERAL (SELECT c.id, c.last_message_at FROM conversation c
      WHERE ${tenant} AND c.mailbox_id = box.id AND c.status = wanted.status ${after} ${order}) c ${order}`;
}

function toListRow({ assigneeId, assigneeName, ...row }: Row): ListRow {
  return {
    ...row,
    waitingSince: row.waitingSince?.toISOString() ?? null,
    holdUntil: row.holdUntil?.toISOString() ?? null,
    lastMessageAt: row.lastMessageAt.toISOString(),
    assignee: assigneeId ? { id: assigneeId, name: assigneeName ?? '' } : null,
  };
}

const cursorShape = z.tuple([z.iso.datetime(), z.uuid()]);
const encode = (at: Date, id: string) => Buffer.from(JSON.stringify([at.toISOString(), id])).toString('base64url');

function decode(cursor: string): Prisma.Sql {
  try {
    const [at, id] = cursorShape.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
    return Prisma.sql`(${new Date(at)}::timestamptz, ${id}::uuid)`;
  } catch {
    throw invalid('invalidValue', {}, 'cursor');
  }
}
