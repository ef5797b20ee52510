import { noteView } from '#lib/audit/view-log.ts';
import { holds, requireMay } from '#lib/auth/actor.ts';
import { blobSize } from '#lib/blobs/index.ts';
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

export type OpenedRaw = { sha256: string; filename: string; headOnly: boolean };

/**
 * The mail exactly as it came, for 原文 and .eml: with all its addresses, so only for those who may see them. That somebody
 * looked is written down. @throws NotFound originalMissing
 */
export async function openRaw(scope: Scope, messageId: string): Promise<OpenedRaw> {
  requireMay(scope, 'conversation.read');
  if (!holds(scope.actor, 'pii.view')) throw forbidden('notAllowed', { action: 'pii.view' });
  const found = await scope.db.message.findUnique({
    where: { tenantId_id: { tenantId: scope.tenantId, id: messageId } },
    select: {
      ...{ mailboxId: true, rawSha256: true, subject: true, parseError: true },
      conversation: { select: { id: true, number: true } },
    },
  });
  if (!found) throw notFound();
  await requireSeen(scope, found.mailboxId);
  const { rawSha256, subject, parseError, conversation } = found;
  if (!rawSha256 || (await blobSize(scope.tenantId, rawSha256)) === null) throw notFound('originalMissing');
  const memberId = scope.actor.id;
  if (memberId) scope.afterCommit((again) => again((later) => noteView(later, memberId, conversation.id)));
  const filename = `${subject.trim().slice(0, 120) || conversation.number}.eml`;
  return { sha256: rawSha256, filename, headOnly: parseError?.startsWith('too-large:') ?? false };
}

async function requireSeen(scope: Scope, mailboxId: string): Promise<void> {
  if (!(await visibleMailboxIds(scope)).includes(mailboxId)) throw notFound();
}
