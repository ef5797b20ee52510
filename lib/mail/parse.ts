import { type Address, parseAddressList } from '#lib/mail/address.ts';
import { cleanLine } from '#lib/mail/charset/clean.ts';
import { mailDigest } from '#lib/mail/digest.ts';
import { type Header, headerOf, headersOf } from '#lib/mail/headers/block.ts';
import { parseMailDate } from '#lib/mail/headers/date.ts';
import { decodeWords } from '#lib/mail/headers/words.ts';
import { messageIdsIn } from '#lib/mail/message-id.ts';
import { assembleBody, type Body, type ParsedAttachment } from '#lib/mail/mime/body.ts';
import { repairLineEnds } from '#lib/mail/mime/line-ends.ts';
import { readParts } from '#lib/mail/mime/parts.ts';
import { unreadableBody } from '#lib/mail/mime/unreadable.ts';

export type { ParsedAttachment } from '#lib/mail/mime/body.ts';

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
  const bytes = repairLineEnds(source);
  const { headers, body, error } = readStructure(bytes, options.charset);
  const subject = cleanLine(decodeWords(headerOf(headers, 'subject') ?? '')).slice(0, MAX_SUBJECT);
  const from = senderOf(headers);
  return {
    messageId: messageIdsIn(headerOf(headers, 'message-id') ?? '')[0] ?? null,
    inReplyTo: headersOf(headers, 'in-reply-to').flatMap(messageIdsIn),
    references: headersOf(headers, 'references').flatMap(messageIdsIn).slice(-MAX_REFERENCES),
    subject,
    from,
    replyTo: addressesOf(headers, 'reply-to'),
    to: addressesOf(headers, 'to'),
    cc: addressesOf(headers, 'cc'),
    date: parseMailDate(headerOf(headers, 'date') ?? ''),
    ...body,
    headers,
    digest: mailDigest({ subject, from: from?.address ?? '', ...body }),
    error,
  };
}

function readStructure(bytes: Buffer, charset?: string): { headers: Header[]; body: Body; error: string | null } {
  let headers: Header[] = [];
  try {
    const structure = readParts(bytes, charset);
    headers = structure.headers;
    return { headers, body: assembleBody(structure.parts, charset), error: structure.error };
  } catch (error) {
    return { headers, body: unreadableBody(bytes), error: error instanceof Error ? error.message : String(error) };
  }
}

/** The first From that holds an address; without one, Sender's. */
function senderOf(headers: readonly Header[]): Address | null {
  const from = [...headersOf(headers, 'from'), ...headersOf(headers, 'sender')].flatMap(parseAddressList);
  return from.find((a) => a.address !== '') ?? from[0] ?? null;
}

function addressesOf(headers: readonly Header[], name: string): Address[] {
  return headersOf(headers, name)
    .flatMap(parseAddressList)
    .filter((a) => a.address !== '');
}
