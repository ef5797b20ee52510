import type { Case } from '#lib/conversations/case.ts';
import { newId } from '#lib/ids.ts';
import type { Batch } from '#lib/inbound/batch.ts';
import { orderKeys, subjectKeys } from '#lib/inbound/clues.ts';
import { threadIds } from '#lib/inbound/lookups.ts';
import type { StoredClass } from '#lib/inbound/place-mail.ts';
import { ownWords, type ReadMail } from '#lib/inbound/read-raw.ts';
import type { Thread } from '#lib/inbound/thread.ts';
import { snippet, splitQuote } from '#lib/mail/quote.ts';

/** The longest text kept in the row, characters; the original is in the blob store. */
const LONGEST_TEXT = 1_000_000;
/** Addresses kept in rows for one mail, those to answer first; a list's thousands stand in the original. */
const MOST_ADDRESSES = 500;

export type PlacedMail = {
  c: Case;
  mail: ReadMail;
  messageId: string;
  at: Date;
  contentSeq: number;
  kind: StoredClass;
  kpiInbound: boolean;
  thread: Pick<Thread, 'reason' | 'rank'>;
  direction?: 'in' | 'out';
};

/** The rows of one placed mail: message, recipients, files, ids, search; and what later mails of the batch must know. */
export function addMessageRows(batch: Batch, placed: PlacedMail): void {
  const { c, mail, messageId, at } = placed;
  const { parsed, files } = mail;
  batch.messages.push(messageRow(placed));
  const addresses = [
    ...replyTo(mail).map((a) => ({ role: 'reply_to', ...a })),
    ...parsed.to.map((a) => ({ role: 'to', ...a })),
    ...parsed.cc.map((a) => ({ role: 'cc', ...a })),
  ];
  const kept = addresses.slice(0, MOST_ADDRESSES);
  kept.forEach((a, position) => void batch.addresses.push({ messageId, position, ...a }));
  files.forEach((file, position) => void batch.attachments.push({ id: newId(), messageId, position, ...file }));
  if (parsed.html !== null) batch.htmlMessageIds.push(messageId);
  remember(batch, placed);
  batch.search.push({
    ...{ kind: 'message', refId: messageId, conversationId: c.row.id, mailboxId: batch.mailboxId, at },
    text: [
      parsed.subject,
      mail.writer?.name ?? '',
      mail.writer?.address ?? '',
      splitQuote(parsed.text.slice(0, LONGEST_TEXT)).own,
      ...files.map((file) => file.filename),
    ].join('\n'),
  });
}

function messageRow({ c, mail, messageId, at, contentSeq, kind, kpiInbound, thread, direction }: PlacedMail) {
  const { parsed, raw } = mail;
  // A form whose customer nobody can tell is shown under its own address; answers don't go there (reply-defaults).
  const writer = mail.writer ?? parsed.from;
  return {
    ...{ id: messageId, conversationId: c.row.id, accountId: raw.accountId, direction: direction ?? 'in', class: kind },
    ...{
      classRule: mail.classification.rule,
      kpiInbound,
      fromName: writer?.name ?? '',
      fromAddress: writer?.address ?? '',
    },
    ...{ subject: parsed.subject, text: parsed.text.slice(0, LONGEST_TEXT), hasHtml: parsed.html !== null },
    ...{ snippet: snippet(ownWords(mail)), messageIdHeader: parsed.messageId, inReplyTo: parsed.inReplyTo },
    ...{ references: parsed.references, digest: parsed.digest || null, rawSha256: raw.sha256 },
    ...{ sentDate: parsed.date, occurredAt: at, threadReason: thread.reason, threadRank: thread.rank },
    ...{ charset: parsed.charset, parseError: parsed.error, contentSeq, ...formOf(mail, direction) },
  };
}

// What a form's mail said, for whom, and who stood in its headers instead; `customer` null is what a form without a readable customer is known by later.
function formOf({ form, parsed }: ReadMail, direction: PlacedMail['direction']) {
  if (!form || direction === 'out') return { formPatternId: null, formFields: null };
  const fields = form.fields.map(({ field, label, value }) => ({ field, label, value }));
  const { from: sender, replyTo } = parsed;
  return { formPatternId: form.patternId, formFields: { sender, replyTo, customer: form.customer, fields } };
}

// A form's mail is answered to its customer, whoever stands in From; to nobody where the customer can't be told.
function replyTo({ parsed, form, writer }: ReadMail): { name: string; address: string }[] {
  if (form) return writer ? [{ name: writer.name, address: writer.address }] : [];
  return parsed.replyTo;
}

function remember(batch: Batch, { c, mail, messageId }: PlacedMail): void {
  const { lookups } = batch;
  const { parsed } = mail;
  for (const id of threadIds(parsed)) {
    const own = id === parsed.messageId;
    if (own) lookups.loose.delete(id);
    if (lookups.references.has(id)) {
      if (own) batch.references.push({ mailId: id, conversationId: c.row.id, messageId });
      continue;
    }
    lookups.references.set(id, c.row.id);
    if (!own) lookups.loose.add(id);
    batch.references.push({ mailId: id, conversationId: c.row.id, messageId: own ? messageId : null });
  }
  rememberKeys(batch, c, mail);
  rememberContent(lookups, mail);
  const participants = lookups.participants.get(c.row.id) ?? new Set();
  for (const a of [mail.writer, parsed.from, ...parsed.to, ...parsed.cc, ...parsed.replyTo]) {
    if (a) participants.add(a.address.toLowerCase());
  }
  lookups.participants.set(c.row.id, participants);
}

// Only a person's mail, or a form's, leads anybody to its conversation by an order number or a subject.
function rememberKeys({ lookups, keys }: Batch, c: Case, mail: ReadMail): void {
  const { class: kind } = mail.classification;
  if (kind !== 'human' && kind !== 'thanks' && kind !== 'form') return;
  const wanted = [
    ...orderKeys(mail).map((key) => ({ kind: 'order' as const, key })),
    ...(lookups.threadBySubject && !mail.form
      ? subjectKeys(mail).map((key) => ({ kind: 'subject' as const, key }))
      : []),
  ];
  for (const { kind, key } of wanted) {
    const known = lookups.keys.get(`${kind}:${key}`) ?? [];
    if (known.includes(c.row.id)) continue;
    lookups.keys.set(`${kind}:${key}`, [c.row.id, ...known]);
    keys.push({ kind, key, conversationId: c.row.id, at: c.row.lastMessageAt });
  }
}

// Mails that couldn't be read have nothing to be known by: two of them are two placeholders, not one and its duplicate.
function rememberContent({ known }: Batch['lookups'], { parsed, raw }: ReadMail): void {
  if (parsed.messageId === null && parsed.digest === '') return;
  const key = parsed.messageId ?? `digest:${parsed.digest}`;
  const seen = { digest: parsed.digest, sentDate: parsed.date?.getTime() ?? null, rawSha256: raw.sha256 };
  known.set(key, [...(known.get(key) ?? []), seen]);
}
