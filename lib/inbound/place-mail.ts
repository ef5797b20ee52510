import { addContent, type Case, newCase, record } from '#lib/conversations/case.ts';
import { beginWait } from '#lib/conversations/waits.ts';
import { wakeCase } from '#lib/conversations/wake.ts';
import type { Scope } from '#lib/db/scope.ts';
import type { EventData } from '#lib/events/types.ts';
import { newId } from '#lib/ids.ts';
import { type Batch, settle } from '#lib/inbound/batch.ts';
import { endAsHistory, isHistory } from '#lib/inbound/imported.ts';
import { addMessageRows } from '#lib/inbound/message-rows.ts';
import { momentOf } from '#lib/inbound/moment.ts';
import { ownWords, type ReadMail } from '#lib/inbound/read-raw.ts';
import { findThread, type Thread } from '#lib/inbound/thread.ts';
import { snippet } from '#lib/mail/quote.ts';
import { normaliseSubject } from '#lib/mail/subject.ts';

export type StoredClass = EventData<'message.received'>['class'];
const CUSTOMER = { kind: 'customer', id: null } as const;

/**
 * Puts one inbound mail where it belongs: its conversation or a new one, with the transitions of domain.md 2. Automatic
 * mail changes no status; where it opens a conversation it stands as a notice, so that nothing a customer sent is unseen.
 */
export async function placeMail(scope: Scope, batch: Batch, mail: ReadMail): Promise<void> {
  const at = momentOf(scope, mail);
  const thread = withoutStrangers(mail, findThread(mail, batch.lookups, batch, at));
  const kind = isThanksAfterwards(mail, thread) ? 'thanks' : storedClass(mail);
  const kpiInbound = kind === 'human';
  const messageId = newId();
  const c = thread.found ?? openConversation(scope, batch, mail, at, messageId, kpiInbound);
  const options = { actor: CUSTOMER, occurredAt: at, imported: mail.raw.imported };
  const contentSeq = addContent(c);
  noteMessage(c, mail, at);
  if (kpiInbound) beginWait(c, { messageId, occurredAt: at, contentSeq, answeredBy: answeredBefore(batch, c, at) });
  record(scope, c, 'message.received', receivedData(mail, kind, messageId, thread), options);
  if (thread.linkTo) link(scope, batch, c, thread.linkTo);
  linkSameMail(scope, batch, c, mail);
  linkAnswer(scope, batch, c, mail);
  if (isHistory(scope, mail, at)) await endAsHistory(scope, c, at);
  else if (kpiInbound && thread.found) await wakeCase(scope, c, (id) => batch.lookups.workers.has(id), options);
  else if (kind === 'thanks') c.row.thanksAt ??= at;
  addMessageRows(batch, { c, mail, messageId, at, contentSeq, kind, kpiInbound, thread });
  batch.touched.add(c);
  if (kpiInbound) noteInquiry(batch, c, mail, at);
  settle(batch, mail.raw.id, mail.parsed.error ? 'failed' : 'done', mail.parsed.error, messageId);
}

// Who may get an automatic receipt; whether they do is lib/autoreceipts' to say.
function noteInquiry(batch: Batch, c: Case, { classification, writer, parsed, raw }: ReadMail, at: Date): void {
  batch.inquiries.push({ c, class: classification.class, writer, mail: parsed, at, imported: raw.imported });
}

/**
 * A form's mails may all refer to the same id: that says something of the form and nothing of its customers. Where the
 * customer takes no part in what is referred to, the mail stands alone, without a link to a stranger's case.
 */
function withoutStrangers({ form, writer }: ReadMail, thread: Thread): Thread {
  const strangers = form !== null && (writer === null || thread.linkTo?.kind === 'claimed');
  return strangers ? { reason: 'none', rank: 9, found: null, linkTo: null } : thread;
}

const channelOf = ({ form }: ReadMail): 'mail' | 'form' => (form ? 'form' : 'mail');

/**
 * Thanks leave an ended or held case as it is and stand in お礼（未確認）; anywhere else they are a mail like any other of the
 * customer (domain.md 2).
 */
const isThanksAfterwards = ({ classification }: ReadMail, { found }: Thread): boolean =>
  classification.class === 'thanks' && (found?.row.status === 'done' || found?.row.status === 'hold');

/** What is stored of the classification where the case goes on: a form's mail and thanks are their customer's. */
export function storedClass({ classification }: ReadMail): StoredClass {
  const { class: name } = classification;
  if (name === 'form' || name === 'thanks') return 'human';
  return name === 'own' ? 'internal' : name;
}

function openConversation(
  scope: Scope,
  batch: Batch,
  mail: ReadMail,
  at: Date,
  messageId: string,
  kpiInbound: boolean,
): Case {
  const subject = mail.parsed.subject;
  const customerId = batch.lookups.customers.get(mail.writer?.address.toLowerCase() ?? '') ?? null;
  const c = newCase({
    ...{ id: newId(), number: 0, mailboxId: batch.mailboxId, customerId, channel: channelOf(mail), subject },
    ...{ title: normaliseSubject(subject) === '' ? '' : subject, status: 'new', doneKind: null, place: 'normal' },
    ...{ assigneeId: null, notice: !kpiInbound, warning: null, waitingSince: null, holdFor: null, holdUntil: null },
    ...{ firstMessageAt: at, lastMessageAt: at, lastSnippet: '', messageCount: 0, hasAttachment: false, endedAt: null },
    thanksAt: null,
    ...{ version: 0, contentSeq: 0, eventSeq: 0 },
  });
  const data = {
    ...({ origin: 'inbound', channel: channelOf(mail), number: 0, first_message_id: messageId } as const),
    customer_id: customerId,
    kpi_inbound: kpiInbound,
  };
  record(scope, c, 'conversation.opened', data, { actor: CUSTOMER, occurredAt: at, imported: mail.raw.imported });
  batch.opened.push({ c, data });
  batch.lookups.cases.set(c.row.id, c);
  return c;
}

// The first answer found in Sent that was given after this mail, which we hear of only now (kpi-fold.md 13).
function answeredBefore({ lookups }: Batch, c: Case, at: Date): string | null {
  const later = lookups.sentAnswers.get(c.row.id)?.filter((answer) => answer.at >= at) ?? [];
  return later.sort((a, b) => a.at.getTime() - b.at.getTime())[0]?.id ?? null;
}

function noteMessage({ row }: Case, mail: ReadMail, at: Date): void {
  if (row.messageCount === 0 || at >= row.lastMessageAt) {
    row.lastMessageAt = at;
    row.lastSnippet = snippet(ownWords(mail));
  }
  if (at < row.firstMessageAt) row.firstMessageAt = at;
  row.messageCount += 1;
  row.hasAttachment ||= mail.files.some((file) => !file.inline);
}

function link(
  scope: Scope,
  batch: Batch,
  c: Case,
  to: { id: string; kind: 'earlier' | 'claimed' | 'same_mail' | 'thread' },
): void {
  const known = batch.links.some((one) => one.conversationId === c.row.id && one.otherId === to.id);
  if (to.id === c.row.id || known) return;
  batch.links.push({ conversationId: c.row.id, otherId: to.id, kind: to.kind });
  record(scope, c, 'linked', { other_id: to.id, kind: to.kind }, { actor: { kind: 'system', id: null } });
}

function linkSameMail(scope: Scope, batch: Batch, c: Case, { raw }: ReadMail): void {
  for (const id of batch.lookups.elsewhere.get(raw.id) ?? []) link(scope, batch, c, { id, kind: 'same_mail' });
}

// Its answer came first and stands in a conversation of its own: both go on by themselves, and show each other.
function linkAnswer(scope: Scope, batch: Batch, c: Case, { parsed }: ReadMail): void {
  const { lookups } = batch;
  const answer =
    parsed.messageId !== null && lookups.loose.has(parsed.messageId) ? lookups.references.get(parsed.messageId) : null;
  if (answer) link(scope, batch, c, { id: answer, kind: 'thread' });
}

function receivedData(
  mail: ReadMail,
  kind: StoredClass,
  messageId: string,
  thread: Thread,
): EventData<'message.received'> {
  return {
    message_id: messageId,
    channel: channelOf(mail),
    class: kind,
    class_rule: mail.classification.rule,
    kpi_inbound: kind === 'human',
    thread_reason: thread.reason,
    thread_rank: thread.rank,
    source: 'internaldate',
    fetched_at: mail.raw.fetchedAt.toISOString(),
  };
}
