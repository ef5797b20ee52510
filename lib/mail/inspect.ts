import type { ClassifyOptions } from '#lib/mail/classify/classify.ts';
import { classifyMail, formCustomer } from '#lib/mail/classify/index.ts';
import { parseBounce } from '#lib/mail/dsn.ts';
import { sanitiseMailHtml } from '#lib/mail/html/sanitise.ts';
import { parseMail } from '#lib/mail/parse.ts';
import { splitQuote } from '#lib/mail/quote.ts';

/**
 * Everything lib/mail finds in one mail, as plain JSON: the expected results of tests/corpus. Attachments without their bytes,
 * HTML sanitised with cid pictures shown as `cid:`.
 */
export async function inspectMail(source: Buffer, options: ClassifyOptions = { ownAddresses: [] }) {
  const parsed = await parseMail(source);
  const { class: kind, rule } = classifyMail(parsed, options);
  const clean =
    parsed.html === null
      ? null
      : sanitiseMailHtml(parsed.html, { cidUrl: (cid) => `https://cid.invalid/${cid}`, remoteImages: false });
  return {
    subject: parsed.subject,
    from: parsed.from,
    replyTo: parsed.replyTo,
    to: parsed.to,
    cc: parsed.cc,
    date: parsed.date?.toISOString() ?? null,
    messageId: parsed.messageId,
    inReplyTo: parsed.inReplyTo,
    references: parsed.references,
    charset: parsed.charset,
    text: parsed.text,
    html: clean?.html ?? null,
    quotedFrom: splitQuote(parsed.text).quotedFrom,
    attachments: parsed.attachments.map(({ content: _, ...attachment }) => attachment),
    classification: { kind, rule },
    formCustomer: kind === 'form' ? formCustomer(parsed, options) : null,
    bounce: parseBounce(parsed),
    error: parsed.error,
  };
}
