import { noteView } from '#lib/audit/view-log.ts';
import { requireMay } from '#lib/auth/actor.ts';
import { answeredElsewhere } from '#lib/conversations/answered-elsewhere.ts';
import { CASE_COLUMNS, type CaseRow } from '#lib/conversations/case-row.ts';
import { readDraft } from '#lib/conversations/drafts.ts';
import { maskedFor } from '#lib/conversations/mask.ts';
import { customerPanel, linkedConversations } from '#lib/conversations/panel.ts';
import { replyDefaults } from '#lib/conversations/reply-defaults.ts';
import type { ConversationShape } from '#lib/conversations/shapes.ts';
import { suggestsJis } from '#lib/conversations/suggest-jis.ts';
import { readTimeline } from '#lib/conversations/timeline.ts';
import { Prisma, type Scope } from '#lib/db/scope.ts';
import { notFound } from '#lib/errors.ts';
import { visibleMailboxIds } from '#lib/mailboxes/access.ts';
import { mailboxIdentity } from '#lib/mailboxes/identity.ts';
import { memberNames } from '#lib/people/names.ts';

/** One conversation with all its mails, comments and history, for somebody who sees its 窓口; else NotFound. */
export async function readConversation(scope: Scope, id: string): Promise<ConversationShape> {
  requireMay(scope, 'conversation.read');
  const visible = await visibleMailboxIds(scope);
  const row = await findRow(scope, id);
  if (!row || !visible.includes(row.mailboxId)) throw notFound();
  const mailbox = await mailboxIdentity(scope, row.mailboxId);
  const linked = await linkedConversations(scope, id, visible);
  const items = await readTimeline(scope, id, linked);
  const names = await memberNames(scope, [row.assigneeId]);
  const memberId = scope.actor.id;
  if (memberId) scope.afterCommit((again) => again((later) => noteView(later, memberId, id)));
  return maskedFor(scope.actor, {
    ...shapeOf(row),
    mailbox: {
      id: row.mailboxId,
      name: mailbox.name,
      defaultThen: mailbox.defaultThen,
      ownAddresses: mailbox.ownAddresses,
    },
    assignee: row.assigneeId ? { id: row.assigneeId, name: names.get(row.assigneeId) ?? '' } : null,
    customer: row.customerId ? await customerPanel(scope, row.customerId, visible) : null,
    linked,
    items,
    draft: memberId ? await readDraft(scope, memberId, id) : null,
    replyDefaults: replyDefaults(row.subject, items, mailbox),
    canSend: mailbox.account !== null,
    suggestJis: await suggestsJis(scope, id),
    answeredElsewhere: await answeredElsewhere(scope, id, visible),
  });
}

async function findRow(scope: Scope, id: string): Promise<CaseRow | undefined> {
  const rows = await scope.db.$queryRaw<CaseRow[]>`
    SELECT ${Prisma.raw(CASE_COLUMNS)} FROM conversation
    WHERE tenant_id = ${scope.tenantId}::uuid AND id = ${id}::uuid`;
  return rows[0];
}

function shapeOf(row: CaseRow) {
  const { id, number, subject, title, status, doneKind, place, notice, warning, holdFor, version, contentSeq } = row;
  return {
    ...{ id, number, subject, title, status, doneKind, place, notice, warning, holdFor, version, contentSeq },
    waitingSince: row.waitingSince?.toISOString() ?? null,
    holdUntil: row.holdUntil?.toISOString() ?? null,
    thanks: row.thanksAt !== null,
  };
}
