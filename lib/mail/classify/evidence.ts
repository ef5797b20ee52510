import { normaliseAddress } from '#lib/mail/address.ts';
import type { ClassifyOptions } from '#lib/mail/classify/classify.ts';
import { headerOf } from '#lib/mail/headers/block.ts';
import { parseParams } from '#lib/mail/headers/params.ts';
import type { ParsedMail } from '#lib/mail/parse.ts';
import { splitQuote } from '#lib/mail/quote.ts';

/** How much of a text is looked at, characters: what a mail is stands at its beginning. */
const READ = 20_000;

/** A mail with what several rules ask. Header values in lower case, '' if missing. */
export type Evidence = {
  mail: ParsedMail;
  options: ClassifyOptions;
  own: ReadonlySet<string>;
  sender: string;
  subject: string;
  header: (name: string) => string;
  has: (...names: string[]) => boolean;
  /** The writer's own words without quotes; parted at the first question and kept. */
  words: () => string;
};

export function toEvidence(mail: ParsedMail, options: ClassifyOptions): Evidence {
  const header = (name: string) => (headerOf(mail.headers, name) ?? '').trim().toLowerCase();
  let words: string | null = null;
  return {
    mail,
    options,
    own: new Set(options.ownAddresses.map(normaliseAddress)),
    sender: normaliseAddress(mail.from?.address ?? ''),
    subject: mail.subject.slice(0, 300).normalize('NFKC').trim(),
    header,
    has: (...names) => names.some((name) => header(name) !== ''),
    words: () => {
      words ??= splitQuote(mail.text.slice(0, READ)).own;
      return words;
    },
  };
}

/** The report-type of a multipart/report (RFC 6522), guessed from its parts where it is missing; null if the mail isn't one. */
export function reportType({ mail }: Evidence): string | null {
  const type = parseParams(headerOf(mail.headers, 'content-type') ?? '');
  if (type.value !== 'multipart/report') return null;
  const stated = type.params['report-type']?.trim().toLowerCase();
  if (stated) return stated;
  const part = mail.attachments.find((a) =>
    /^message\/(delivery-status|disposition-notification|feedback-report)$/.test(a.contentType),
  );
  return part?.contentType.slice('message/'.length) ?? '';
}

/** Whether the subject says that a person passes somebody's mail on: what it holds is somebody else's. */
export const isForwarded = ({ subject }: Evidence): boolean => /^(fwd?|転送|wg|i)\s*[:：]/i.test(subject);

/** Whether the subject says it answers (`Re:`, `返信:`), and so repeats somebody else's words. */
export const isReply = ({ subject }: Evidence): boolean =>
  /^(re|返信|回答|aw|sv)\s*[\d[(^*]{0,2}\d{0,3}[\])]?\s*[:：]/i.test(subject);
