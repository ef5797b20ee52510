import { addContent, type Case, record } from '#lib/conversations/case.ts';
import type { Scope } from '#lib/db/scope.ts';
import { type Batch, caseOf, settle } from '#lib/inbound/batch.ts';
import { addMessageRows } from '#lib/inbound/message-rows.ts';
import { storedClass } from '#lib/inbound/place-mail.ts';
import type { ReadMail } from '#lib/inbound/read-raw.ts';
import { findThread } from '#lib/inbound/thread.ts';
import { snippet } from '#lib/mail/quote.ts';
import { normaliseSubject } from '#lib/mail/subject.ts';

/**
 * A mail of the quarantine that was tried again: what can be read now stands where its placeholder stood, in the same 案件,
 * with its number and its time. Where its headers lead elsewhere the two are linked. False when it has no placeholder.
 */
export async function replacePlaceholder(scope: Scope, batch: Batch, mail: ReadMail): Promise<boolean> {
  const { raw, parsed } = mail;
  const found = !raw.placeholderId ? null : await placeholder(scope, raw.placeholderId);
  if (!found) return false;
  if (parsed.error) {
    settle(batch, raw.id, 'failed', parsed.error, found.id);
    return true;
  }
  const c = await caseOf(scope, batch, found.conversationId);
  if (!c) return false;
  const thread = findThread(mail, batch.lookups, batch, found.occurredAt);
  const kind = storedClass(mail);
  const { kpiInbound, contentSeq, occurredAt: at } = found;
  await clear(scope, found.id, at);
  addMessageRows(batch, { c, mail, messageId: found.id, at, contentSeq, kind, kpiInbound, thread });
  // Its row is there already: it is changed instead of inserted, what hangs on it is inserted with the batch.
  await overwrite(scope, found.id, batch.messages.pop() ?? {});
  addContent(c);
  await dressCase(scope, batch, c, mail, at);
  const other = thread.found?.row.id ?? thread.linkTo?.id;
  if (other && other !== c.row.id) link(scope, batch, c, other);
  batch.touched.add(c);
  settle(batch, raw.id, 'done', null, found.id);
  return true;
}

function placeholder({ db, tenantId }: Scope, id: string) {
  return db.message.findFirst({
    where: { tenantId, id, parseError: { not: null } },
    select: { id: true, conversationId: true, occurredAt: true, contentSeq: true, kpiInbound: true },
  });
}

async function clear({ db, tenantId }: Scope, messageId: string, at: Date): Promise<void> {
  await db.messageAddress.deleteMany({ where: { tenantId, messageId } });
  await db.attachment.deleteMany({ where: { tenantId, messageId } });
  await db.$executeRaw`
    DELETE FROM search_row WHERE tenant_id = ${tenantId}::uuid AND kind = 'message' AND ref_id = ${messageId}::uuid
      AND at = ${at}::timestamptz`;
}

type Overwritten = Parameters<Scope['db']['message']['update']>[0]['data'];

async function overwrite({ db, tenantId }: Scope, id: string, row: Record<string, unknown>): Promise<void> {
  const { id: _, conversationId, accountId, direction, occurredAt, contentSeq, kpiInbound, ...rest } = row;
  const data = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== null && value !== undefined));
  await db.message.update({
    where: { tenantId_id: { tenantId, id } },
    data: { ...(data as Overwritten), parseError: null },
    select: { id: true },
  });
}

// What the placeholder couldn't say of its case: whose it is, about what, and that there are files.
async function dressCase(
  { db, tenantId }: Scope,
  { lookups }: Batch,
  { row }: Case,
  { parsed, writer, files }: ReadMail,
  at: Date,
): Promise<void> {
  row.customerId ??= lookups.customers.get(writer?.address.toLowerCase() ?? '') ?? null;
  if (row.title === '' && normaliseSubject(parsed.subject) !== '') row.title = parsed.subject;
  if (row.lastMessageAt.getTime() === at.getTime()) row.lastSnippet = snippet(parsed.text);
  row.hasAttachment ||= files.some((file) => !file.inline);
  if (row.subject !== '') return;
  // The subject of a case never changes but here, so writeCases leaves it alone.
  await db.conversation.updateMany({ where: { tenantId, id: row.id }, data: { subject: parsed.subject } });
}

function link(scope: Scope, batch: Batch, c: Case, otherId: string): void {
  batch.links.push({ conversationId: c.row.id, otherId, kind: 'earlier' });
  record(scope, c, 'linked', { other_id: otherId, kind: 'earlier' }, { actor: { kind: 'system', id: null } });
}
