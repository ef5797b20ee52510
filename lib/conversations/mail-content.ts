import { messageHtml } from '#lib/attachments/html.ts';
import { requireMay } from '#lib/auth/actor.ts';
import type { Scope } from '#lib/db/scope.ts';
import { notFound } from '#lib/errors.ts';
import { visibleMailboxIds } from '#lib/mailboxes/access.ts';

export type MailHtml = { html: string; blockedRemote: number };

/**
 * The sanitised HTML of one message the actor may see. Made again when it is missing or the sanitiser is newer
 * (architecture.md 4). A message without HTML is NotFound.
 */
export async function readMailHtml(scope: Scope, messageId: string): Promise<MailHtml> {
  requireMay(scope, 'conversation.read');
  const message = await scope.db.message.findUnique({
    where: { tenantId_id: { tenantId: scope.tenantId, id: messageId } },
    select: { id: true, mailboxId: true, hasHtml: true, rawSha256: true },
  });
  if (!message?.hasHtml || !(await visibleMailboxIds(scope)).includes(message.mailboxId)) throw notFound();
  return messageHtml(scope, message);
}
