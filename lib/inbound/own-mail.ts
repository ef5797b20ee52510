import { isTestMail } from '#lib/accounts/test-id.ts';
import { addContent, record } from '#lib/conversations/case.ts';
import { moveStatus } from '#lib/conversations/status.ts';
import { answerWaitsUpTo } from '#lib/conversations/waits.ts';
import type { Scope } from '#lib/db/scope.ts';
import { newId } from '#lib/ids.ts';
import { type Batch, settle } from '#lib/inbound/batch.ts';
import { isDuplicate } from '#lib/inbound/duplicate.ts';
import { endAsHistory } from '#lib/inbound/imported.ts';
import { addMessageRows } from '#lib/inbound/message-rows.ts';
import { momentOf } from '#lib/inbound/moment.ts';
import { ownMessageIdIn } from '#lib/inbound/own-id.ts';
import type { ReadMail } from '#lib/inbound/read-raw.ts';
import { deliveryOf, isUndecided } from '#lib/inbound/reported-delivery.ts';
import { findThread } from '#lib/inbound/thread.ts';
import { snippet } from '#lib/mail/quote.ts';
import { resolveByProof } from '#lib/outbox/resolve.ts';

/**
 * Mail that we sent: a copy of one of ours (proof of delivery where the outcome was unknown), or an answer somebody gave
 * by another mail program, found in Sent. True when it was one and is settled.
 */
export async function placeOwnMail(scope: Scope, batch: Batch, mail: ReadMail): Promise<boolean> {
  if (isTestMail(scope.tenantId, idsOf(mail))) {
    settle(batch, mail.raw.id, 'ignored', 'connection-test');
    return true;
  }
  const ours = ownMessageId(batch, mail);
  if (ours) {
    await noteCopy(scope, batch, mail, ours);
    return true;
  }
  if (mail.raw.folderRole !== 'sent') return false;
  if (isDuplicate(batch.lookups, mail)) settle(batch, mail.raw.id, 'duplicate', 'message-id');
  else await importSent(scope, batch, mail);
  return true;
}

// A provider that overwrites Message-ID leaves our second header (architecture.md 4).
const idsOf = ({ parsed }: ReadMail) => [
  parsed.messageId,
  parsed.headers.find(([name]) => name === 'x-madoguchi-id')?.[1],
];

// Only under an address of ours: whoever got the mail knows its ids, and their own words must not pass for our copy.
function ownMessageId(batch: Batch, mail: ReadMail): string | null {
  if (mail.classification.class !== 'own') return null;
  for (const id of idsOf(mail)) {
    const found = id ? ownMessageIdIn(id, batch) : null;
    if (found) return found;
  }
  return null;
}

// A copy seen while the mail is still being sent stays pending: it may have to prove, a little later, that it arrived.
async function noteCopy(scope: Scope, batch: Batch, mail: ReadMail, messageId: string): Promise<void> {
  const found = await deliveryOf(scope, batch, messageId);
  if (found && isUndecided(found.delivery)) return;
  settle(batch, mail.raw.id, 'ignored', 'own-copy');
  if (!found) return;
  const { delivery, c } = found;
  if (delivery.state === 'uncertain') {
    await resolveByProof(scope, c, delivery);
    batch.touched.add(c);
  }
  if (mail.raw.folderRole === 'sent') {
    await scope.db.delivery.updateMany({
      where: { tenantId: scope.tenantId, id: delivery.id, filed: 'pending' },
      data: { filed: 'done' },
    });
  }
}

/** domain.md 2: an answer found in Sent stops the wait; 新着 becomes 対応中, others stay. Who wrote it is unknown. */
async function importSent(scope: Scope, batch: Batch, mail: ReadMail): Promise<void> {
  const at = momentOf(scope, mail);
  const recipient = mail.parsed.to[0] ?? null;
  const thread = findThread({ ...mail, writer: recipient }, batch.lookups, batch, at);
  const c = thread.found;
  if (!c) return settle(batch, mail.raw.id, 'ignored', 'sent-without-conversation');
  const messageId = newId();
  const contentSeq = addContent(c);
  const options = { actor: { kind: 'system', id: null } as const, occurredAt: at, imported: mail.raw.imported };
  record(scope, c, 'message.imported_sent', { message_id: messageId, member_id: null }, options);
  if (at >= c.row.lastMessageAt) {
    c.row.lastMessageAt = at;
    c.row.lastSnippet = snippet(mail.parsed.text);
  }
  c.row.messageCount += 1;
  await answerWaitsUpTo(scope, c, messageId, at);
  batch.lookups.sentAnswers.set(c.row.id, [...(batch.lookups.sentAnswers.get(c.row.id) ?? []), { id: messageId, at }]);
  if (mail.raw.imported && c.row.waitingSince === null) await endAsHistory(scope, c, at);
  else if (c.row.status === 'new') await moveStatus(scope, c, { to: 'doing', trigger: 'send' }, options);
  const kind = 'human' as const;
  const sent = { ...mail, writer: mail.parsed.from };
  addMessageRows(batch, {
    ...{ c, mail: sent, messageId, at, contentSeq, kind, kpiInbound: false, thread },
    direction: 'out',
  });
  batch.touched.add(c);
  settle(batch, mail.raw.id, 'done', null, messageId);
}
