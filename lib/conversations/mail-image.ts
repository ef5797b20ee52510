import { type ImageLink, isOurs } from '#lib/attachments/image-link.ts';
import { requireMay } from '#lib/auth/actor.ts';
import type { Scope } from '#lib/db/scope.ts';
import { notFound } from '#lib/errors.ts';
import { visibleMailboxIds } from '#lib/mailboxes/access.ts';

/**
 * Whether the actor may have this picture from outside fetched: it stands in a mail that they may see, and the link to it is one
 * that we wrote. @throws NotFound for everything else
 */
export async function allowMailImage(scope: Scope, link: ImageLink): Promise<void> {
  requireMay(scope, 'conversation.read');
  if (!isOurs(scope.tenantId, link)) throw notFound();
  const message = await scope.db.message.findUnique({
    where: { tenantId_id: { tenantId: scope.tenantId, id: link.messageId } },
    select: { mailboxId: true },
  });
  if (!message || !(await visibleMailboxIds(scope)).includes(message.mailboxId)) throw notFound();
}
