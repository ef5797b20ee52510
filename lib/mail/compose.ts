import { createHash } from 'node:crypto';
import MailComposer from 'nodemailer/lib/mail-composer';
import { type Address, sendableAddress } from '#lib/mail/address.ts';

/** A file to send; `cid` makes it an inline picture of the HTML. */
export type ComposeAttachment = { filename: string; contentType: string; content: Buffer; cid?: string };

export type ComposeInput = {
  messageId: string;
  from: Address;
  to: Address[];
  cc?: Address[];
  /** Envelope only: never written into the mail. */
  bcc?: Address[];
  replyTo?: Address[];
  subject: string;
  text: string;
  html?: string | null;
  inReplyTo?: string | null;
  references?: string[];
  date: Date;
  headers?: Record<string, string>;
  attachments?: ComposeAttachment[];
  /** Marks an automatic mail (RFC 3834) so that no machine answers it. */
  auto?: 'replied' | 'generated' | null;
};

const MAX_REFERENCES = 30;

/**
 * The bytes of an outgoing mail: UTF-8, CRLF, folded headers, file names in RFC 2231 and encoded-words. Deterministic: the same
 * input gives the same bytes, so a retry after a crash sends the same mail. Our id stands a second time in X-Madoguchi-Id,
 * because some providers overwrite Message-ID.
 */
export async function composeMail(input: ComposeInput): Promise<Buffer> {
  const composer = new MailComposer({
    from: toHeader(input.from),
    to: input.to.map(toHeader),
    cc: (input.cc ?? []).map(toHeader),
    replyTo: (input.replyTo ?? []).map(toHeader),
    subject: oneLine(input.subject),
    text: toCrlf(input.text),
    html: input.html ? toCrlf(input.html) : undefined,
    messageId: input.messageId,
    inReplyTo: input.inReplyTo ?? undefined,
    references: capReferences(input.references ?? []),
    date: input.date,
    headers: { ...input.headers, ...autoHeaders(input.auto), 'X-Madoguchi-Id': input.messageId },
    attachments: (input.attachments ?? []).map(toAttachment),
    textEncoding: 'base64',
    newline: 'windows',
    baseBoundary: createHash('sha256').update(input.messageId).digest('hex').slice(0, 24),
    disableFileAccess: true,
    disableUrlAccess: true,
  } as ConstructorParameters<typeof MailComposer>[0]);
  return composer.compile().build();
}

/** Everybody a mail goes to, each once: for the SMTP envelope. */
export function envelopeRecipients(input: Pick<ComposeInput, 'to' | 'cc' | 'bcc'>): string[] {
  return [...new Set([...input.to, ...(input.cc ?? []), ...(input.bcc ?? [])].map((a) => a.address))];
}

/** First and last ids of a long thread: RFC 5322 3.6.4 keeps the root, and 998 octets hold about thirty. */
function capReferences(ids: string[]): string[] {
  const unique = [...new Set(ids)];
  return unique.length <= MAX_REFERENCES ? unique : [...unique.slice(0, 1), ...unique.slice(1 - MAX_REFERENCES)];
}

function autoHeaders(auto: ComposeInput['auto']): Record<string, string> {
  if (!auto) return {};
  return { 'Auto-Submitted': `auto-${auto}`, 'X-Auto-Response-Suppress': 'All', Precedence: 'bulk' };
}

function toHeader(a: Address): { name: string; address: string } {
  return { name: oneLine(a.name), address: sendableAddress(oneLine(a.address)) };
}

function toAttachment(file: ComposeAttachment) {
  return {
    filename: oneLine(file.filename),
    contentType: file.contentType,
    content: file.content,
    contentDisposition: file.cid ? ('inline' as const) : ('attachment' as const),
    cid: file.cid,
    encoding: 'base64',
  };
}

function oneLine(text: string): string {
  return text.replace(/[\r\n\0]+/g, ' ');
}

function toCrlf(text: string): string {
  return text.replace(/\r\n|\r|\n/g, '\r\n');
}
