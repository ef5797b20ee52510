import { holds, requireMay } from '#lib/auth/actor.ts';
import type { Scope } from '#lib/db/scope.ts';
import { forbidden, notFound } from '#lib/errors.ts';
import { visibleMailboxIds } from '#lib/mailboxes/access.ts';

export type OpenedFile = { filename: string; contentType: string; size: number; sha256: string };

/** A file of a mail the actor may see, for download; its bytes lie under sha256 in the tenant's blobs. */
export async function openAttachment(scope: Scope, id: string): Promise<OpenedFile> {
  requireMay(scope, 'conversation.read');
  const found = await scope.db.attachment.findUnique({
    where: { tenantId_id: { tenantId: scope.tenantId, id } },
    include: { message: { select: { mailboxId: true } } },
  });
  if (!found) throw notFound();
  await requireSeen(scope, found.message.mailboxId);
  return { filename: found.filename, contentType: found.contentType, size: Number(found.size), sha256: found.sha256 };
}

/** An image that the mail's own HTML shows by its Content-ID: only within the same message. */
export async function openInline(scope: Scope, messageId: string, cid: string): Promise<OpenedFile> {
  requireMay(scope, 'conversation.read');
  const found = await scope.db.attachment.findFirst({
    where: { tenantId: scope.tenantId, messageId, contentId: cid },
    include: { message: { select: { mailboxId: true } } },
  });
  if (!found) throw notFound();
  await requireSeen(scope, found.message.mailboxId);
  return { filename: found.filename, contentType: found.contentType, size: Number(found.size), sha256: found.sha256 };
}

/** The mail exactly as it came, for 原文 and .eml: with all its addresses, so only for those who may see them. */
export async function openRaw(scope: Scope, messageId: string): Promise<{ sha256: string; number: number }> {
  requireMay(scope, 'conversation.read');
  if (!holds(scope.actor, 'pii.view')) throw forbidden('notAllowed', { action: 'pii.view' });
  const found = await scope.db.message.findUnique({
    where: { tenantId_id: { tenantId: scope.tenantId, id: messageId } },
    select: { mailboxId: true, rawSha256: true, conversation: { select: { number: true } } },
  });
  if (!found?.rawSha256) throw notFound();
  await requireSeen(scope, found.mailboxId);
  return { sha256: found.rawSha256, number: found.conversation.number };
}

async function requireSeen(scope: Scope, mailboxId: string): Promise<void> {
  if (!(await visibleMailboxIds(scope)).includes(mailboxId)) throw notFound();
}
