import type { EventItem } from '#lib/conversations/shapes.ts';

/** One event as stored, with what its sentence needs. */
export type StoredEvent = {
  id: string;
  type: string;
  occurredAt: Date;
  recordedAt: Date;
  actorKind: string;
  actorId: string | null;
  causeId: string | null;
  imported: boolean;
  data: Record<string, unknown>;
};
export type SentenceNames = {
  member: (id: string | null) => string;
  /** The writer of the answer behind an event that says it was accepted. */
  authorOfCause: (eventId: string | null) => string;
  deliveryWords: (deliveryId: string) => string;
  /** Was it an automatic receipt, which is nobody's answer? */
  isAutomatic: (deliveryId: string) => boolean;
  linkedNumber: (conversationId: string) => number;
};

type Sentence = { sentence: string; params?: Record<string, string | number> };
const LATE_MS = 15 * 60_000;

/** The history's sentence for an event (messages `events.*`), or null: mails and comments show themselves. */
export function sentenceOf(event: StoredEvent, names: SentenceNames): EventItem | null {
  const made = SENTENCES[event.type]?.(event, names);
  if (!made) return null;
  const actor = names.member(event.actorId) || names.authorOfCause(event.causeId);
  return {
    kind: 'event',
    id: event.id,
    sentence: made.sentence,
    params: { actor, ...made.params },
    actor,
    occurredAt: event.occurredAt.toISOString(),
    late: !event.imported && event.recordedAt.getTime() - event.occurredAt.getTime() > LATE_MS,
  };
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

const SENTENCES: Record<string, (event: StoredEvent, names: SentenceNames) => Sentence | null> = {
  'conversation.opened': ({ data }) => ({ sentence: 'opened', params: { number: Number(data.number) } }),
  assigned: ({ data, actorId }, names): Sentence => {
    if (data.to === null) return { sentence: 'unassigned', params: { from: names.member(text(data.from)) } };
    if (data.to === actorId) return { sentence: 'claimed' };
    return { sentence: 'assigned', params: { to: names.member(text(data.to)) } };
  },
  'status.changed': statusSentence,
  'message.imported_sent': () => ({ sentence: 'importedSent' }),
  'message.reclassified': ({ data }) => ({ sentence: data.to === 'human' ? 'reclassifiedHuman' : 'reclassifiedAuto' }),
  'field.changed': ({ data }) => {
    if (data.field !== 'thanks') return null;
    return { sentence: data.to === 'confirmed' ? 'thanksConfirmed' : 'thanksUnconfirmed' };
  },
  undone: ({ actorKind }) => (actorKind === 'person' ? { sentence: 'undone' } : null),
  linked: ({ data }, names) => ({ sentence: 'linkedTo', params: { number: names.linkedNumber(text(data.other_id)) } }),
  'delivery.cancelled': () => ({ sentence: 'replyCancelled' }),
  'delivery.failed': deliverySentence('deliveryFailed', 'autoReceiptFailed'),
  'delivery.uncertain': deliverySentence('deliveryUncertain', 'autoReceiptUncertain'),
  'delivery.bounced': deliverySentence('deliveryBounced', 'autoReceiptBounced'),
  'delivery.resolved': ({ data }) => ({
    sentence: data.as === 'sent' ? 'deliveryResolvedArrived' : 'deliveryResolvedResend',
  }),
};

function deliverySentence(sentence: string, automatic: string) {
  return ({ data }: StoredEvent, names: SentenceNames): Sentence => ({
    sentence: names.isAutomatic(text(data.delivery_id)) ? automatic : sentence,
    params: { words: names.deliveryWords(text(data.delivery_id)), reason: text(data.reason) },
  });
}

function statusSentence({ data }: StoredEvent): Sentence | null {
  const { to, trigger, from } = data;
  if (trigger === 'undo') return null;
  if (to === 'done') return { sentence: data.done_kind === 'none' ? 'statusNone' : 'statusDone' };
  if (to === 'hold') {
    return data.until
      ? { sentence: 'statusHoldUntil', params: { until: text(data.until) } }
      : { sentence: 'statusHold' };
  }
  if (trigger === 'inbound') return { sentence: 'reopenedByCustomer' };
  if (trigger === 'timer') return { sentence: 'holdOver' };
  if (trigger === 'bounce') return { sentence: 'statusDoingByFailure' };
  if (trigger === 'send') return { sentence: 'statusDoingBySend' };
  if (from === 'done') return { sentence: 'reopenedByHand' };
  return { sentence: 'statusDoing' };
}
