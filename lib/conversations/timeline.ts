import { type StoredEvent, sentenceOf } from '#lib/conversations/sentences.ts';
import type {
  CommentItem,
  ConversationShape,
  EventItem,
  FormShape,
  MailItem,
  TimelineItem,
} from '#lib/conversations/shapes.ts';
import { type DeliveryOf, readDeliveries } from '#lib/conversations/timeline-deliveries.ts';
import { type MessageParts, readMessageParts } from '#lib/conversations/timeline-parts.ts';
import type { Scope } from '#lib/db/scope.ts';
import { splitQuote } from '#lib/mail/quote.ts';
import { memberNames } from '#lib/people/names.ts';

/** The longest text of one mail that goes to the screen, characters; the whole stands in the original. */
const LONGEST_TEXT = 200_000;
const LATE_MS = 15 * 60_000;

/** Mails, comments and event sentences of a conversation, oldest first, as its readers see them. */
export async function readTimeline(
  scope: Scope,
  conversationId: string,
  linked: ConversationShape['linked'],
): Promise<TimelineItem[]> {
  const where = { tenantId: scope.tenantId, conversationId };
  const messages = await scope.db.message.findMany({ where, orderBy: [{ occurredAt: 'asc' }, { contentSeq: 'asc' }] });
  const comments = await scope.db.comment.findMany({ where, orderBy: { occurredAt: 'asc' } });
  const events = await scope.db.conversationEvent.findMany({ where, orderBy: { seq: 'asc' } });
  const ids = messages.map((message) => message.id);
  const parts = await readMessageParts(scope, ids);
  const deliveries = await readDeliveries(scope, conversationId);
  const names = await memberNames(scope, [
    ...messages.map((m) => m.authorId),
    ...comments.map((c) => c.authorId),
    ...events.flatMap((e) => [e.actorId, ...memberIdsIn(e.data)]),
  ]);
  const ref = (id: string) => ({ id, name: names.get(id) ?? '' });
  const stored = events.map((e) => ({ ...e, data: e.data as Record<string, unknown> }));
  return inOrder([
    // A cancelled mail never was: its text is back in the draft, the history says so.
    ...messages
      .filter((m) => deliveries.byMessage.get(m.id)?.state !== 'cancelled')
      .map((m) => mailItem(m, parts, deliveries, ref)),
    ...comments.map(
      (c): CommentItem => ({
        kind: 'comment',
        id: c.id,
        author: ref(c.authorId),
        text: c.text,
        occurredAt: c.occurredAt.toISOString(),
      }),
    ),
    ...eventItems(stored, deliveries, linked, (id) => (id ? (names.get(id) ?? '') : '')),
  ]);
}

function eventItems(
  events: readonly StoredEvent[],
  deliveries: DeliveryOf,
  linked: ConversationShape['linked'],
  member: (id: string | null) => string,
): EventItem[] {
  const byId = new Map(events.map((event) => [event.id, event]));
  const authorOfCause = (eventId: string | null) => {
    const deliveryId = eventId ? byId.get(eventId)?.data.delivery_id : null;
    return typeof deliveryId === 'string' ? member(deliveries.authors.get(deliveryId) ?? null) : '';
  };
  const names = {
    member,
    authorOfCause,
    deliveryWords: (id: string) => deliveries.words.get(id) ?? '',
    isAutomatic: (id: string) => deliveries.automatic.has(id),
    linkedNumber: (id: string) => linked.find((other) => other.id === id)?.number ?? 0,
  };
  return events.map((event) => sentenceOf(event, names)).filter((item) => item !== null);
}

type MessageRow = Awaited<ReturnType<Scope['db']['message']['findMany']>>[number];

function mailItem(
  m: MessageRow,
  parts: MessageParts,
  deliveries: DeliveryOf,
  ref: (id: string) => { id: string; name: string },
): MailItem {
  const text = m.text.slice(0, LONGEST_TEXT);
  const addresses = parts.addresses.get(m.id) ?? [];
  const of = (role: string) => addresses.filter((a) => a.role === role).map(({ name, address }) => ({ name, address }));
  const sentLate = m.sentDate && Math.abs(m.sentDate.getTime() - m.occurredAt.getTime()) > LATE_MS;
  return {
    kind: 'mail',
    id: m.id,
    direction: m.direction === 'out' ? 'out' : 'in',
    class: m.class,
    classRule: m.classRule,
    threadReason: m.direction === 'in' ? m.threadReason : null,
    attachedToDelivery: m.threadReason === 'bounce',
    from: { name: m.fromName, address: m.fromAddress },
    replyTo: m.direction === 'in' ? (of('reply_to')[0] ?? null) : null,
    to: of('to'),
    cc: of('cc'),
    subject: m.subject,
    occurredAt: m.occurredAt.toISOString(),
    sentDate: sentLate && m.sentDate ? m.sentDate.toISOString() : null,
    text,
    quotedFrom: splitQuote(text).quotedFrom,
    snippet: m.snippet,
    hasHtml: m.hasHtml,
    hasOriginal: m.rawSha256 !== null,
    attachments: parts.attachments.get(m.id) ?? [],
    form: formShape(m.formFields),
    author: m.authorId ? ref(m.authorId) : null,
    delivery: deliveries.byMessage.get(m.id) ?? null,
    unreadable: unreadable(m.parseError),
  };
}

type StoredForm = { customer: unknown; fields: FormShape['fields'] };

function formShape(stored: unknown): FormShape | null {
  if (stored === null) return null;
  const { customer, fields } = stored as StoredForm;
  return { customerFound: customer !== null, fields };
}

function unreadable(parseError: string | null): MailItem['unreadable'] {
  if (parseError === null) return null;
  const size = /^too-large:(\d+)$/.exec(parseError)?.[1];
  return size ? { why: 'tooLarge', size: Number(size) } : { why: 'broken', size: 0 };
}

// A stable sort: at one moment mails come first, then comments, then what the system noted about them.
const inOrder = (items: TimelineItem[]): TimelineItem[] =>
  items.sort((a, b) => (a.occurredAt < b.occurredAt ? -1 : a.occurredAt > b.occurredAt ? 1 : 0));

const memberIdsIn = (data: unknown): string[] => {
  const { from, to } = (data ?? {}) as { from?: unknown; to?: unknown };
  return [from, to].filter((id): id is string => typeof id === 'string' && id.length === 36);
};
