import { keptHtml, messageHtml, parseOriginal } from '#lib/attachments/html.ts';
import { imageQuery } from '#lib/attachments/image-link.ts';
import { isTrustedSender } from '#lib/attachments/image-trust.ts';
import { requireMay } from '#lib/auth/actor.ts';
import type { Scope } from '#lib/db/scope.ts';
import { notFound } from '#lib/errors.ts';
import type { RemoteShown } from '#lib/mail/html/document.ts';
import { type Presentation, presentMailHtml } from '#lib/mail/html/present.ts';
import { visibleMailboxIds } from '#lib/mailboxes/access.ts';

export type MailHtml = { html: string; remote: { count: number; shown: RemoteShown } };

export type Wanted = {
  words: Presentation['words'];
  /** true and false are the reader's own wish; left out, pictures are shown if the sender is trusted. */
  images?: boolean | undefined;
  /** Reads the original in this charset instead (文字コードを変えて表示). */
  charset?: string | undefined;
};

/**
 * The HTML of one message the actor may see, made harmless. Made again when it is missing or the sanitiser is newer
 * (architecture.md 4). A message without HTML is NotFound.
 */
export async function readMailHtml(scope: Scope, messageId: string, wanted: Wanted): Promise<MailHtml> {
  requireMay(scope, 'conversation.read');
  const message = await scope.db.message.findUnique({
    where: { tenantId_id: { tenantId: scope.tenantId, id: messageId } },
    select: { id: true, mailboxId: true, hasHtml: true, rawSha256: true, fromAddress: true },
  });
  if (!message?.hasHtml || !(await visibleMailboxIds(scope)).includes(message.mailboxId)) throw notFound();
  const { html, blockedRemote } = wanted.charset
    ? keptHtml(message.id, await parseOriginal(scope.tenantId, message, wanted.charset))
    : await messageHtml(scope, message);
  const shown = blockedRemote === 0 ? 'no' : await shownFor(scope, message.fromAddress, wanted.images);
  const address = (url: string) => `../mail-image?${imageQuery(scope.tenantId, message.id, url)}`;
  return {
    html: presentMailHtml(html, { words: wanted.words, remoteImages: shown === 'no' ? false : address }),
    remote: { count: blockedRemote, shown },
  };
}

async function shownFor(scope: Scope, fromAddress: string, images: boolean | undefined): Promise<RemoteShown> {
  if (images === false) return 'no';
  if (await isTrustedSender(scope, fromAddress)) return 'sender';
  return images ? 'once' : 'no';
}
