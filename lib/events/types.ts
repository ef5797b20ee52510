import { z } from 'zod';

/** Every event's data, ids and codes only (domain.md 4). A type that isn't here can't be written. */
const id = z.uuid();
const status = z.enum(['new', 'doing', 'hold', 'done']);
const messageClass = z.enum(['human', 'thanks', 'auto', 'list', 'receipt', 'notice', 'spam', 'internal', 'bounce']);
const doneKind = z.enum(['answered', 'none', 'auto']).nullable();

const mails = {
  'conversation.opened': z.object({
    origin: z.enum(['inbound', 'outbound', 'split', 'phone', 'api']),
    channel: z.enum(['mail', 'phone', 'form', 'chat']),
    number: z.int(),
    first_message_id: id.nullable(),
    customer_id: id.nullable(),
    kpi_inbound: z.boolean(),
  }),
  'message.received': z.object({
    message_id: id,
    channel: z.enum(['mail', 'form']),
    class: messageClass,
    class_rule: z.string(),
    kpi_inbound: z.boolean(),
    thread_reason: z.string(),
    thread_rank: z.int(),
    source: z.enum(['internaldate', 'header', 'api']),
    fetched_at: z.string(),
  }),
  'message.imported_sent': z.object({ message_id: id, member_id: id.nullable() }),
  'message.reclassified': z.object({ message_id: id, from: messageClass, to: messageClass }),
  linked: z.object({ other_id: id, kind: z.enum(['earlier', 'claimed', 'same_mail', 'thread']) }),
};

const sending = {
  'reply.queued': z.object({
    message_id: id,
    delivery_id: id,
    kind: z.enum(['reply', 'new', 'forward', 'auto', 'survey', 'campaign']),
    human: z.boolean(),
    send_after: z.string(),
    scheduled: z.boolean(),
    template_ids: z.array(id),
    article_ids: z.array(id),
    then_status: z.enum(['done', 'doing', 'hold']),
  }),
  'delivery.cancelled': z.object({ delivery_id: id, why: z.enum(['undo', 'recall', 'held']) }),
  'delivery.accepted': z.object({
    delivery_id: id,
    message_id: id,
    human: z.boolean(),
    to_customer: z.boolean(),
    accepted: z.int(),
    rejected: z.int(),
  }),
  'delivery.failed': z.object({
    delivery_id: id,
    reason: z.string(),
    hard: z.boolean(),
    recipient_count: z.int(),
    voids_answer: z.boolean(),
  }),
  'delivery.uncertain': z.object({ delivery_id: id, recipient_count: z.int() }),
  'delivery.resolved': z.object({ delivery_id: id, as: z.enum(['sent', 'resend']), by: z.enum(['hand', 'proof']) }),
  'delivery.bounced': z.object({
    delivery_id: id,
    reason: z.string(),
    hard: z.boolean(),
    recipient_count: z.int(),
    voids_answer: z.boolean(),
  }),
};

const work = {
  'status.changed': z.object({
    from: status,
    to: status,
    done_kind: doneKind,
    hold_for: z.enum(['customer', 'inside']).optional(),
    until: z.string().nullable().optional(),
    trigger: z.enum(['hand', 'send', 'inbound', 'timer', 'rule', 'bounce', 'merge', 'undo']),
  }),
  assigned: z.object({
    from: id.nullable(),
    to: id.nullable(),
    how: z.enum(['claim', 'hand', 'rule', 'robin', 'takeover', 'handover', 'absence']),
  }),
  'field.changed': z.object({
    field: z.enum(['thanks']),
    from: z.string().nullable(),
    to: z.string().nullable(),
    source: z.enum(['hand']),
  }),
  undone: z.object({ event_ids: z.array(id) }),
  'comment.added': z.object({ comment_id: id, mentions: z.array(id) }),
};

export const EVENT_DATA = { ...mails, ...sending, ...work };
export type EventType = keyof typeof EVENT_DATA;
export type EventData<T extends EventType> = z.infer<(typeof EVENT_DATA)[T]>;
export type ActorKind = 'person' | 'system' | 'rule' | 'customer' | 'guest' | 'api';

/** One event with its whole envelope; status and the like are those after it. */
export type EventRow = {
  id: string;
  conversationId: string;
  seq: number;
  type: EventType;
  occurredAt: Date;
  actorKind: ActorKind;
  actorId: string | null;
  batchId: string | null;
  causeId: string | null;
  mailboxId: string;
  assigneeId: string | null;
  status: string;
  doneKind: string | null;
  place: string;
  imported: boolean;
  data: unknown;
};
