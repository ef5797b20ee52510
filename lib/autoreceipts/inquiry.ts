import type { Case } from '#lib/conversations/case.ts';
import type { Writer } from '#lib/customers/resolve.ts';
import type { MailClass } from '#lib/mail/classify/index.ts';
import type { ParsedMail } from '#lib/mail/parse.ts';

/** A customer's mail that was just placed in a case: what it takes to say whether it gets an automatic receipt. */
export type Inquiry = {
  c: Case;
  /** As it was classified, not as it is stored: thanks are stored as the customer's words, and get no receipt. */
  class: MailClass;
  /** Whom the receipt would go to: of a form's mail the customer who was read in it. */
  writer: Writer | null;
  mail: Pick<ParsedMail, 'from' | 'replyTo' | 'headers' | 'messageId' | 'inReplyTo' | 'references'>;
  at: Date;
  imported: boolean;
};
