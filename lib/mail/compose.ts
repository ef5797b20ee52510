import { createHash } from 'node:crypto';
import type { Address } from '#lib/mail/address.ts';
import { addressField, idField, oneLine, textField } from '#lib/mail/compose/header.ts';
import { type ComposeAttachment, filePart, htmlPart, multipart, type Part, textPart } from '#lib/mail/compose/part.ts';
import type { OutCharset } from '#lib/mail/compose/words.ts';

export type { ComposeAttachment } from '#lib/mail/compose/part.ts';
export type { OutCharset } from '#lib/mail/compose/words.ts';

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
  /** Of subject, names and text. What doesn't fit ISO-2022-JP goes in UTF-8: ask unfitIn before. */
  charset?: OutCharset;
};

const MAX_REFERENCES = 30;
const MAX_REFERENCES_OCTETS = 6000;

/**
 * The bytes of an outgoing mail: CRLF, 7 bit, headers in one fixed order and folded below 78, each once, so that DKIM signs
 * what arrives; file names in RFC 2231 and encoded-words. Deterministic: the same input gives the same bytes, so a retry after a
 * crash sends the same mail. Our id stands a second time in X-Madoguchi-Id, because some providers overwrite Message-ID.
 */
export async function composeMail(input: ComposeInput): Promise<Buffer> {
  const part = body(input);
  const fields = [...headers(input), ...part.fields];
  return Buffer.concat([Buffer.from(`${fields.join('\r\n')}\r\n\r\n`), part.body]);
}

/** Everybody a mail goes to, each once: for the SMTP envelope. */
export function envelopeRecipients(input: Pick<ComposeInput, 'to' | 'cc' | 'bcc'>): string[] {
  return [...new Set([...input.to, ...(input.cc ?? []), ...(input.bcc ?? [])].map((a) => a.address))];
}

function headers(input: ComposeInput): string[] {
  const charset = input.charset ?? 'utf-8';
  const addresses = (name: string, list: Address[] = []) =>
    list.length > 0 ? addressField(name, list, charset) : null;
  const ours = [
    `Date: ${input.date.toUTCString().replace('GMT', '+0000')}`,
    addressField('From', [input.from], charset),
    addresses('Reply-To', input.replyTo),
    addresses('To', input.to),
    addresses('Cc', input.cc),
    idField('Message-ID', [input.messageId]),
    idField('In-Reply-To', input.inReplyTo ? [input.inReplyTo] : []),
    idField('References', capReferences(input.references ?? [])),
    textField('Subject', input.subject, charset),
    idField('X-Madoguchi-Id', [input.messageId]),
    ...Object.entries(autoHeaders(input.auto)).map(([name, value]) => `${name}: ${value}`),
  ].filter((line) => line !== null);
  return [...ours, ...further(input.headers ?? {}, ours, charset), 'MIME-Version: 1.0'];
}

// Nothing a caller adds doubles a field of ours or of the body.
function further(headers: Record<string, string>, ours: readonly string[], charset: OutCharset): string[] {
  const taken = new Set(['mime-version', 'bcc', ...ours.map((line) => line.slice(0, line.indexOf(':')).toLowerCase())]);
  return Object.entries(headers)
    .filter(([name]) => /^[A-Za-z][A-Za-z0-9-]{0,60}$/.test(name) && !/^content-/i.test(name))
    .filter(([name]) => !taken.has(name.toLowerCase()))
    .map(([name, value]) => textField(name, oneLine(value), charset));
}

function body({ messageId, text, html, attachments = [], charset = 'utf-8' }: ComposeInput): Part {
  const boundary = (level: string) =>
    `${level}_${createHash('sha256').update(`${level}${messageId}`).digest('hex').slice(0, 24)}`;
  const inline = html ? attachments.filter((file) => file.cid) : [];
  const files = attachments.filter((file) => !inline.includes(file)).map(filePart);
  let part = textPart(text, charset);
  if (html) {
    const shown = htmlPart(html);
    const related = inline.length > 0 ? multipart('related', boundary('r'), [shown, ...inline.map(filePart)]) : shown;
    part = multipart('alternative', boundary('a'), [part, related]);
  }
  return files.length > 0 ? multipart('mixed', boundary('m'), [part, ...files]) : part;
}

/** First and last ids of a long thread: RFC 5322 3.6.4 keeps the root; very long ids leave fewer of them. */
function capReferences(ids: readonly string[]): string[] {
  const unique = [...new Set(ids)];
  const capped =
    unique.length <= MAX_REFERENCES ? unique : [...unique.slice(0, 1), ...unique.slice(1 - MAX_REFERENCES)];
  while (capped.length > 2 && capped.join(' ').length > MAX_REFERENCES_OCTETS) capped.splice(1, 1);
  return capped;
}

function autoHeaders(auto: ComposeInput['auto']): Record<string, string> {
  if (!auto) return {};
  return { 'Auto-Submitted': `auto-${auto}`, 'X-Auto-Response-Suppress': 'All', Precedence: 'bulk' };
}
