import type { Address } from '#lib/mail/address.ts';
import type { ClassifyOptions, MailClass } from '#lib/mail/classify/classify.ts';
import { classifyMail, type FormReading, readForm } from '#lib/mail/classify/index.ts';
import { type Bounce, parseBounce } from '#lib/mail/dsn.ts';
import { sanitiseMailHtml } from '#lib/mail/html/sanitise.ts';
import { type ParsedAttachment, parseMail } from '#lib/mail/parse.ts';
import { splitQuote } from '#lib/mail/quote.ts';

/** The classes as people outside ask for them: who wrote, a person or a machine, and of which sort. */
export type InspectedKind = 'human' | 'auto-reply' | 'bounce' | 'list' | 'own';

/** What `npm run mail:inspect` prints of one mail (docs/development.md), without its file. */
export type InspectedMail = {
  subject: string;
  from: Address | null;
  replyTo: Address[];
  to: Address[];
  cc: Address[];
  date: string | null;
  messageId: string | null;
  inReplyTo: string[];
  references: string[];
  text: string;
  html: string | null;
  quotedFrom: number | null;
  attachments: Omit<ParsedAttachment, 'content'>[];
  classification: { kind: InspectedKind; rule: string; class: MailClass };
  bounce: Bounce | null;
  error: string | null;
};

/** With what only the corpus looks at. `formFields` is there for form mail alone. */
export type Inspected = InspectedMail & {
  charset: string | null;
  formCustomer: Address | null;
  formFields?: FormReading['fields'];
};

const KINDS: Record<MailClass, InspectedKind> = {
  human: 'human',
  thanks: 'human',
  form: 'human',
  auto: 'auto-reply',
  receipt: 'auto-reply',
  notice: 'auto-reply',
  bounce: 'bounce',
  list: 'list',
  own: 'own',
};

/**
 * Everything lib/mail finds in one mail, as plain JSON: the expected results of tests/corpus and, without the last three keys, the
 * lines of `npm run mail:inspect`. Attachments without their bytes, HTML sanitised with its own pictures shown as `cid:`.
 */
export async function inspectMail(source: Buffer, options: ClassifyOptions = { ownAddresses: [] }): Promise<Inspected> {
  const parsed = await parseMail(source);
  const { class: found, rule } = classifyMail(parsed, options);
  const form = found === 'form' ? readForm(parsed, options) : null;
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
    text: parsed.text,
    html: parsed.html === null ? null : shownHtml(parsed.html),
    quotedFrom: splitQuote(parsed.text).quotedFrom,
    attachments: parsed.attachments.map(({ content: _, ...attachment }) => attachment),
    classification: { kind: KINDS[found] ?? 'human', rule, class: found },
    bounce: found === 'bounce' ? parseBounce(parsed) : null,
    error: parsed.error,
    charset: parsed.charset,
    formCustomer: form?.customer ?? null,
    ...(form ? { formFields: form.fields } : {}),
  };
}

const CID = 'cid.invalid/';

function shownHtml(html: string): string {
  const { html: clean } = sanitiseMailHtml(html, { cidUrl: (cid) => CID + cid, remoteImages: false });
  return clean.replaceAll(`src="${CID}`, 'src="cid:');
}
