/**
 * What the inbox's JSON routes answer and its actions take: the contract between lib and the browser.
 * Types only (the browser imports them); times are ISO 8601 strings in UTC.
 */
import type { Action } from '#lib/auth/policy.ts';
import type { BounceReason } from '#lib/mail/dsn.ts';

export type Status = 'new' | 'doing' | 'hold' | 'done';
export type DoneKind = 'answered' | 'none' | 'auto';
export type Place = 'normal' | 'spam' | 'trash' | 'merged';
export type ThenStatus = 'done' | 'doing' | 'hold';
/** `open`: everything that isn't ended, what one works off inside a 窓口. */
export type View = 'mine' | 'unassigned' | 'open' | 'new' | 'doing' | 'hold' | 'thanks' | 'done';

/** A member as others see it. */
export type MemberRef = { id: string; name: string };
export type MailboxRef = { id: string; name: string };
export type AddressShape = { name: string; address: string };

/** What an answer is written in: UTF-8, or ISO-2022-JP for old phones and systems. */
export type MailCharset = 'utf-8' | 'iso-2022-jp';

/** One row of the list. */
export type ListRow = {
  id: string;
  number: number;
  mailboxId: string;
  customerName: string;
  subject: string;
  status: Status;
  doneKind: DoneKind | null;
  assignee: MemberRef | null;
  waitingSince: string | null;
  holdUntil: string | null;
  lastMessageAt: string;
  messageCount: number;
  snippet: string;
  hasAttachment: boolean;
  unread: boolean;
  notice: boolean;
  /** Thanks that nobody has confirmed yet. */
  thanks: boolean;
  warning: 'failed' | 'uncertain' | null;
  version: number;
};
export type ListPage = { rows: ListRow[]; next: string | null };

/** Counts of what isn't ended (お礼: unconfirmed), capped at 999 (shown as 999+). 対応終了 has none. */
export type Counts = { views: Record<Exclude<View, 'done' | 'open'>, number>; mailboxes: Record<string, number> };

export type AttachmentShape = { id: string; filename: string; contentType: string; size: number };

/** Where an outbound mail stands; per recipient what the server said. */
export type DeliveryShape = {
  id: string;
  state: 'queued' | 'sending' | 'sent' | 'retry' | 'failed' | 'uncertain' | 'cancelled';
  sendAfter: string;
  nextAttemptAt: string | null;
  acceptedAt: string | null;
  words: string | null;
  recipients: {
    address: string;
    kind: 'to' | 'cc' | 'bcc';
    state: 'pending' | 'accepted' | 'refused';
    words: string | null;
    /** Why it was refused, worded in messages `conversation.delivery.reason`. */
    reason: BounceReason | null;
  }[];
  filed: 'pending' | 'done' | 'skipped' | 'failed';
  /** May the person asking answer 「届いていた」/「もう一度送る」, or cancel? */
  mayResolve: boolean;
};

/**
 * What a web form's mail asked for and got, in its order. Without `customerFound` nobody knows whose it is: the mail is shown
 * under the form's own address, where no customer reads.
 */
export type FormShape = { customerFound: boolean; fields: { field: string; label: string; value: string }[] };

export type MailItem = {
  kind: 'mail';
  id: string;
  direction: 'in' | 'out';
  class: string;
  classRule: string;
  /** How the mail was found to belong to this case (lib/inbound/thread.ts); null for the first one and for our own. */
  threadReason: string | null;
  /** A bounce that was found to report a delivery of this case. */
  attachedToDelivery: boolean;
  from: AddressShape;
  /** Where an answer goes when it isn't the sender (shop forms: the customer). */
  replyTo: AddressShape | null;
  to: AddressShape[];
  cc: AddressShape[];
  subject: string;
  occurredAt: string;
  /** The mail's own Date header, when it differs from the receipt by more than 15 minutes. */
  sentDate: string | null;
  text: string;
  /** Offset in text where the folded quote begins. */
  quotedFrom: number | null;
  snippet: string;
  hasHtml: boolean;
  /** The mail as it came is kept: it can be read again and saved. */
  hasOriginal: boolean;
  attachments: AttachmentShape[];
  /** Set where a web form wrote this mail for a customer. */
  form: FormShape | null;
  author: MemberRef | null;
  delivery: DeliveryShape | null;
  /** The text can't be shown: broken, or over the size limit (bytes on the server); null when it can. */
  unreadable: { why: 'broken' | 'tooLarge'; size: number } | null;
};
export type CommentItem = { kind: 'comment'; id: string; author: MemberRef; text: string; occurredAt: string };
/** One event sentence: message key `events.<type>` (or the `sentence` given) with params already resolved to names. */
export type EventItem = {
  kind: 'event';
  id: string;
  sentence: string;
  params: Record<string, string | number>;
  actor: string;
  occurredAt: string;
  /** Recorded more than 15 minutes after it happened, and not imported. */
  late: boolean;
};
export type TimelineItem = MailItem | CommentItem | EventItem;

export type DraftShape = {
  clientId: string;
  to: AddressShape[];
  cc: AddressShape[];
  subject: string;
  text: string;
  charset: MailCharset;
  seenContentSeq: number;
  version: number;
  updatedAt: string;
};

export type ConversationShape = {
  id: string;
  number: number;
  mailbox: MailboxRef & { defaultThen: ThenStatus; ownAddresses: string[] };
  subject: string;
  title: string;
  status: Status;
  doneKind: DoneKind | null;
  place: Place;
  notice: boolean;
  /** Thanks that nobody has confirmed yet. */
  thanks: boolean;
  warning: 'failed' | 'uncertain' | null;
  assignee: MemberRef | null;
  waitingSince: string | null;
  holdFor: 'customer' | 'inside' | null;
  holdUntil: string | null;
  version: number;
  contentSeq: number;
  customer: CustomerPanel | null;
  linked: { id: string; number: number; subject: string; kind: string }[];
  /** Oldest first: mails, comments and event sentences in one order. */
  items: TimelineItem[];
  draft: DraftShape | null;
  /** What a new reply starts from: the customer's addresses without our own, the subject, signature below. */
  replyDefaults: { to: AddressShape[]; cc: AddressShape[]; subject: string; text: string; from: AddressShape };
  /** The customer's last mail came in ISO-2022-JP from a carrier's phone: an answer in UTF-8 may be unreadable there. */
  suggestJis: boolean;
  /**
   * The same mail was answered in another 窓口: by whom, where and when; without names where that 窓口 isn't visible. `id` goes
   * back with a reply that is sent all the same.
   */
  answeredElsewhere: { id: string; at: string; who: string; mailbox: string; number: number | null } | null;
  /** False when the 窓口 has no account to send by. */
  canSend: boolean;
};
export type CustomerPanel = {
  id: string;
  name: string;
  furigana: string | null;
  caution: string | null;
  addresses: string[];
  /** All visible 案件 of this customer, newest first, at most 50. */
  conversations: {
    id: string;
    number: number;
    subject: string;
    status: Status;
    doneKind: DoneKind | null;
    lastMessageAt: string;
  }[];
};

/** Everything the inbox's shell needs once. */
export type InboxShell = {
  tenant: { slug: string; name: string; zone: string; undoSeconds: number };
  /** `seesAddresses`: 個人情報の閲覧 (pii.view). */
  me: MemberRef & { may: Partial<Record<Action, boolean>>; seesAddresses: boolean };
  mailboxes: (MailboxRef & { health: 'ok' | 'failing' | 'none'; failingSince: string | null })[];
  /** Who may be made the assignee, by 窓口 (mailbox id -> members). */
  assignable: Record<string, MemberRef[]>;
};

/** What an action answers: the screen shows `error.reason` from messages `errors.*`. */
export type Problem = {
  code: string;
  reason: string;
  params: Record<string, string | number>;
  field?: string;
  id?: string;
};
export type ActionResult<T = undefined> = { ok: true; value: T } | { ok: false; error: Problem };

export type ReplyInput = {
  clientId: string;
  to: AddressShape[];
  cc: AddressShape[];
  subject: string;
  text: string;
  seenContentSeq: number;
  thenStatus: ThenStatus;
  holdUntil?: string | null;
  charset?: MailCharset;
  /** The answer in another 窓口 that the writer knows of and sends all the same. */
  knownElsewhere?: string | null;
};
/** Conflict `contentAdded` at send carries in params: count, who (joined names), kinds. */
export type SentReply = { deliveryId: string; sendAfter: string };

/** What the stream carries: never content (architecture.md 4.3). */
export type StreamEvent = {
  type: 'conversation' | 'mailbox' | 'delivery' | 'access' | 'account';
  id: string;
  mailboxId: string | null;
  version: number;
};
