import type { DoneKind, Place, Status } from '#lib/conversations/shapes.ts';

/** A conversation's row as the verbs handle it. */
export type CaseRow = {
  id: string;
  number: number;
  mailboxId: string;
  customerId: string | null;
  channel: string;
  subject: string;
  title: string;
  status: Status;
  doneKind: DoneKind | null;
  place: Place;
  assigneeId: string | null;
  notice: boolean;
  warning: 'failed' | 'uncertain' | null;
  waitingSince: Date | null;
  holdFor: 'customer' | 'inside' | null;
  holdUntil: Date | null;
  firstMessageAt: Date;
  lastMessageAt: Date;
  lastSnippet: string;
  messageCount: number;
  hasAttachment: boolean;
  endedAt: Date | null;
  /** Since when thanks stand unconfirmed in お礼（未確認）. */
  thanksAt: Date | null;
  version: number;
  contentSeq: number;
  eventSeq: number;
};

const COLUMNS: Record<keyof CaseRow, string> = {
  id: 'id',
  number: 'number',
  mailboxId: 'mailbox_id',
  customerId: 'customer_id',
  channel: 'channel',
  subject: 'subject',
  title: 'title',
  status: 'status',
  doneKind: 'done_kind',
  place: 'place',
  assigneeId: 'assignee_id',
  notice: 'notice',
  warning: 'warning',
  waitingSince: 'waiting_since',
  holdFor: 'hold_for',
  holdUntil: 'hold_until',
  firstMessageAt: 'first_message_at',
  lastMessageAt: 'last_message_at',
  lastSnippet: 'last_snippet',
  messageCount: 'message_count',
  hasAttachment: 'has_attachment',
  endedAt: 'ended_at',
  thanksAt: 'thanks_at',
  version: 'version',
  contentSeq: 'content_seq',
  eventSeq: 'event_seq',
};

/** The select list that reads a CaseRow; constant text, no input in it. */
export const CASE_COLUMNS = Object.entries(COLUMNS)
  .map(([property, column]) => `${column} AS "${property}"`)
  .join(', ');
