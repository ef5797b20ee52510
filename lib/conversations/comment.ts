import { requireMay } from '#lib/auth/actor.ts';
import { addContent, openCase, record } from '#lib/conversations/case.ts';
import { writeCases } from '#lib/conversations/write.ts';
import type { Scope } from '#lib/db/scope.ts';
import { forbidden, invalid } from '#lib/errors.ts';
import { indexRows } from '#lib/search/index-rows.ts';

export type CommentInput = { clientId: string; text: string };

/** 社内コメント: never seen by the customer. The browser mints the id, so a repeated request writes one row. */
export async function addComment(scope: Scope, id: string, input: CommentInput): Promise<void> {
  requireMay(scope, 'conversation.comment');
  const authorId = scope.actor.id;
  if (authorId === null) throw forbidden();
  if (input.text.trim() === '') throw invalid('textRequired', {}, 'text');
  const c = await openCase(scope, id);
  const key = { tenantId: scope.tenantId, id: input.clientId };
  if (await scope.db.comment.findUnique({ where: { tenantId_id: key }, select: { id: true } })) return;
  const contentSeq = addContent(c);
  record(scope, c, 'comment.added', { comment_id: input.clientId, mentions: [] });
  await scope.db.comment.create({
    data: { ...key, conversationId: id, authorId, text: input.text, occurredAt: scope.now, contentSeq },
    select: { id: true },
  });
  await indexRows(scope, [
    {
      kind: 'comment',
      refId: input.clientId,
      conversationId: id,
      mailboxId: c.row.mailboxId,
      at: scope.now,
      text: input.text,
    },
  ]);
  await writeCases(scope, [c]);
}
