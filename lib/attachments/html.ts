import { readBlob } from '#lib/blobs/index.ts';
import { rowsJson } from '#lib/db/rows-json.ts';
import type { Scope } from '#lib/db/scope.ts';
import { notFound } from '#lib/errors.ts';
import { arrangeMailHtml } from '#lib/mail/html/arrange.ts';
import { SANITISER_VERSION } from '#lib/mail/html/sanitise.ts';
import { type ParsedMail, parseMail } from '#lib/mail/parse.ts';

type Source = { id: string; rawSha256: string | null };
export type KeptHtml = { html: string; blockedRemote: number };

/**
 * The kept HTML of a mail (arrangeMailHtml), or a fresh one from the original when it is missing or older than the sanitiser.
 * @throws NotFound originalMissing when it would have to be made and the original isn't there
 */
export async function messageHtml(scope: Scope, message: Source): Promise<KeptHtml> {
  const key = { tenantId: scope.tenantId, messageId: message.id };
  const stored = await scope.db.messageBody.findUnique({ where: { tenantId_messageId: key } });
  if (stored && stored.sanitiserVersion >= SANITISER_VERSION && !stored.lost) return stored;
  const made = keptHtml(message.id, await parseOriginal(scope.tenantId, message));
  await keep(scope, message.id, { ...made, lost: false });
  return made;
}

/** The HTML of a mail as it is kept. */
export const keptHtml = (messageId: string, { html, subject }: Pick<ParsedMail, 'html' | 'subject'>): KeptHtml =>
  arrangeMailHtml(html ?? '', { cidUrl: cidUrl(messageId), subject });

/** Reads the original of a mail again, in the given charset if one is named. @throws NotFound originalMissing */
export async function parseOriginal(tenantId: string, { rawSha256 }: Source, charset?: string): Promise<ParsedMail> {
  if (!rawSha256) throw notFound('originalMissing');
  const raw = await readBlob(tenantId, rawSha256).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') throw notFound('originalMissing');
    throw error;
  });
  return parseMail(raw, charset ? { charset } : {});
}

async function keep(scope: Scope, messageId: string, body: KeptHtml & { lost: boolean }): Promise<void> {
  const key = { tenantId: scope.tenantId, messageId };
  const row = { ...body, sanitiserVersion: SANITISER_VERSION };
  await scope.db.messageBody.upsert({
    where: { tenantId_messageId: key },
    create: { ...key, ...row },
    update: row,
    select: { messageId: true },
  });
}

/** Keeps the HTML of many mails at once; what is kept already stays. */
export async function keepMany(scope: Scope, made: readonly (KeptHtml & { messageId: string })[]): Promise<void> {
  if (made.length === 0) return;
  await scope.db.$executeRaw`
    INSERT INTO message_body (tenant_id, message_id, html, sanitiser_version, blocked_remote)
    SELECT ${scope.tenantId}::uuid, r."messageId", r.html, ${SANITISER_VERSION}, r."blockedRemote"
    FROM jsonb_to_recordset(${rowsJson(made)}::jsonb) AS r("messageId" uuid, html text, "blockedRemote" integer)
    ON CONFLICT (tenant_id, message_id) DO NOTHING`;
}

// Relative to /api/t/TENANT/mail-content/MESSAGE, so the stored HTML knows no tenant name and no host.
const cidUrl = (messageId: string) => (cid: string) => `${messageId}/cid/${encodeURIComponent(cid)}`;

/**
 * Makes the HTML of a mail safe before anybody asks for it, or anew when the sanitiser has changed. Nothing to do: no HTML, or
 * done already. Where the original is gone, the row says so, and what an older sanitiser made is thrown away.
 */
export async function sanitiseStored(scope: Scope, messageId: string): Promise<void> {
  const message = await scope.db.message.findUnique({
    where: { tenantId_id: { tenantId: scope.tenantId, id: messageId } },
    select: { id: true, hasHtml: true, rawSha256: true },
  });
  if (!message?.hasHtml) return;
  await messageHtml(scope, message).catch(async (error: { reason?: string }) => {
    if (error.reason !== 'originalMissing') throw error;
    await keep(scope, messageId, { html: '', blockedRemote: 0, lost: true });
  });
}
