import type { InspectedMail } from '#lib/mail/inspect.ts';

/** One line of `npm run mail:inspect`: exactly these keys, in this order. */
export function lineOf(file: string, mail: InspectedMail): string {
  const { recipient = null, status = null, reason, hard } = mail.bounce ?? {};
  return JSON.stringify({
    file,
    subject: mail.subject,
    from: mail.from,
    replyTo: mail.replyTo,
    to: mail.to,
    cc: mail.cc,
    date: mail.date,
    messageId: mail.messageId,
    inReplyTo: mail.inReplyTo,
    references: mail.references,
    text: mail.text,
    html: mail.html,
    quotedFrom: mail.quotedFrom,
    attachments: mail.attachments.map(({ filename, contentType, size, sha256, contentId }) => {
      return { filename, contentType, size, sha256, contentId };
    }),
    classification: { kind: mail.classification.kind, rule: mail.classification.rule },
    bounce: mail.bounce === null ? null : { recipient, status, reason, hard },
    error: mail.error,
  });
}

/** The line of a file that gave nothing to read: every key is there, `error` says why. */
export function lineOfFailure(file: string, error: string): string {
  return JSON.stringify({
    file,
    subject: '',
    from: null,
    replyTo: [],
    to: [],
    cc: [],
    date: null,
    messageId: null,
    inReplyTo: [],
    references: [],
    text: '',
    html: null,
    quotedFrom: null,
    attachments: [],
    classification: { kind: 'human', rule: 'unreadable' },
    bounce: null,
    error,
  });
}
