import { type Address, parseAddressList } from '#lib/mail/address.ts';
import { type Carrier, carrierOf } from '#lib/mail/charset/carrier-emoji.ts';
import { cleanLine } from '#lib/mail/charset/clean.ts';
import { dialectOf } from '#lib/mail/charset/dialect.ts';
import { mailDigest } from '#lib/mail/digest.ts';
import { type Header, headerOf, headersOf } from '#lib/mail/headers/block.ts';
import { parseMailDate } from '#lib/mail/headers/date.ts';
import { decodeWords } from '#lib/mail/headers/words.ts';
import { messageIdsIn } from '#lib/mail/message-id.ts';
import type { ParsedAttachment } from '#lib/mail/mime/attachments.ts';
import { assembleBody, type Body } from '#lib/mail/mime/body.ts';
import { repairLineEnds, repairWide } from '#lib/mail/mime/line-ends.ts';
import { readParts } from '#lib/mail/mime/parts.ts';
import { unreadableBody } from '#lib/mail/mime/unreadable.ts';

export type { ParsedAttachment } from '#lib/mail/mime/attachments.ts';

/**
 * A mail as the product sees it. Ids carry their angle brackets. `headers` are in order, names in lower case, values unfolded
 * with raw 8-bit text read and encoded-words left. `date` is what the sender claims. `charset` is the one the body was read in.
 */
export type ParsedMail = {
  messageId: string | null;
  inReplyTo: string[];
  references: string[];
  subject: string;
  from: Address | null;
  replyTo: Address[];
  to: Address[];
  cc: Address[];
  date: Date | null;
  text: string;
  html: string | null;
  attachments: ParsedAttachment[];
  headers: [string, string][];
  digest: string;
  charset: string | null;
  error: string | null;
};

const MAX_SUBJECT = 2000;
const MAX_REFERENCES = 200;

/**
 * Reads a mail. Never throws for its content: where something can't be read, `error` says what and the rest is filled as far
 * as it goes. `charset` reads the body and raw headers in that charset instead (文字コードを変えて表示).
 */
export async function parseMail(source: Buffer, options: { charset?: string } = {}): Promise<ParsedMail> {
  const bytes = repairLineEnds(repairWide(source));
  const { headers, from, carrier, body, error } = readStructure(bytes, options.charset);
  const subject = cutText(cleanLine(decodeWords(headerOf(headers, 'subject') ?? ''), carrier), MAX_SUBJECT);
  return {
    messageId: messageIdsIn(headerOf(headers, 'message-id') ?? '')[0] ?? null,
    inReplyTo: headersOf(headers, 'in-reply-to').flatMap(messageIdsIn),
    references: headersOf(headers, 'references').flatMap(messageIdsIn).slice(-MAX_REFERENCES),
    subject,
    from,
    replyTo: addressesOf(headers, 'reply-to', carrier),
    to: addressesOf(headers, 'to', carrier),
    cc: addressesOf(headers, 'cc', carrier),
    date: parseMailDate(headerOf(headers, 'date') ?? ''),
    ...body,
    headers,
    digest: mailDigest({ subject, from: from?.address ?? '', ...body }),
    error,
  };
}

type Read = { headers: Header[]; from: Address | null; carrier: Carrier | null; body: Body; error: string | null };

function readStructure(bytes: Buffer, charset?: string): Read {
  let headers: Header[] = [];
  let from: Address | null = null;
  let carrier: Carrier | null = null;
  try {
    const as = { charset, dialect: charset ? null : dialectOf(bytes) };
    const structure = readParts(bytes, as);
    headers = structure.headers;
    from = senderOf(headers);
    carrier = carrierOf(from?.address ?? '');
    const { parts } = structure;
    const body = parts.length === 0 ? unreadableBody(bytes) : assembleBody(parts, { ...as, carrier });
    return { headers, from, carrier, body, error: structure.error };
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    return { headers, from, carrier, body: unreadableBody(bytes), error: words };
  }
}

/** At most so many UTF-16 units, without half a character at the end. */
const cutText = (text: string, max: number): string => (text.length > max ? text.slice(0, max).toWellFormed() : text);

/** The first From that holds an address; without one, Sender's. */
function senderOf(headers: readonly Header[]): Address | null {
  const from = [...headersOf(headers, 'from'), ...headersOf(headers, 'sender')].flatMap((value) => {
    const [first] = parseAddressList(value);
    return parseAddressList(value, carrierOf(first?.address ?? ''));
  });
  return from.find((a) => a.address !== '') ?? from[0] ?? null;
}

function addressesOf(headers: readonly Header[], name: string, carrier: Carrier | null): Address[] {
  return headersOf(headers, name)
    .flatMap((value) => parseAddressList(value, carrier))
    .filter((a) => a.address !== '');
}
