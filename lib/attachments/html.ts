import { readBlob } from '#lib/blobs/index.ts';
import type { Scope } from '#lib/db/scope.ts';
import { notFound } from '#lib/errors.ts';
import { SANITISER_VERSION, sanitiseMailHtml } from '#lib/mail/html/sanitise.ts';
import { parseMail } from '#lib/mail/parse.ts';

type Source = { id: string; rawSha256: string | null };

/** The stored sanitised HTML, or a fresh one from the original when it is missing or older than the sanitiser. */
export async function messageHtml(scope: Scope, message: Source): Promise<{ html: string; blockedRemote: number }> {
  const key = { tenantId: scope.tenantId, messageId: message.id };
  const stored = await scope.db.messageBody.findUnique({ where: { tenantId_messageId: key } });
  if (stored && stored.sanitiserVersion >= SANITISER_VERSION) return stored;
  if (!message.rawSha256) throw notFound();
  const parsed = await parseMail(await readBlob(scope.tenantId, message.rawSha256));
  const made = sanitiseMailHtml(parsed.html ?? '', { cidUrl: cidUrl(message.id), remoteImages: false });
  const body = { html: made.html, blockedRemote: made.blockedRemote, sanitiserVersion: SANITISER_VERSION };
  await scope.db.messageBody.upsert({
    where: { tenantId_messageId: key },
    create: { ...key, ...body },
    update: body,
    select: { messageId: true },
  });
  return body;
}

// Relative to /api/t/TENANT/mail-content/MESSAGE, so the stored HTML knows no tenant name and no host.
const cidUrl = (messageId: string) => (cid: string) => `${messageId}/cid/${encodeURIComponent(cid)}`;

/** Makes the HTML of a received mail safe before anybody asks for it. Nothing to do: no HTML, or done already. */
export async function sanitiseStored(scope: Scope, messageId: string): Promise<void> {
  const message = await scope.db.message.findUnique({
    where: { tenantId_id: { tenantId: scope.tenantId, id: messageId } },
    select: { id: true, hasHtml: true, rawSha256: true },
  });
  if (message?.hasHtml) await messageHtml(scope, message);
}
