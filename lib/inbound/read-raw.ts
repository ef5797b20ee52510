import { inboundCap } from '#lib/accounts/inbound-cap.ts';
import { putBlobs, readBlobWaiting } from '#lib/blobs/index.ts';
import type { Writer } from '#lib/customers/resolve.ts';
import { type Classification, classifyMail, type FormReading, readForm } from '#lib/mail/classify/index.ts';
import { type Bounce, parseBounce } from '#lib/mail/dsn.ts';
import { valueOfKind } from '#lib/mail/forms/customer.ts';
import type { FormPattern } from '#lib/mail/forms/pattern.ts';
import { type ParsedMail, parseMail } from '#lib/mail/parse.ts';

/** A pending raw mail as its row says. */
export type PendingMail = {
  id: string;
  accountId: string;
  folderRole: 'inbox' | 'sent';
  sha256: string | null;
  size: number;
  internalDate: Date;
  fetchedAt: Date;
  imported: boolean;
  /** The message that stands for it since it couldn't be read; null when it comes for the first time. */
  placeholderId?: string | null;
  /** When the account was made, for a mail that lay in its folder when UIDVALIDITY changed and is read again; else null. */
  readAgainSince?: Date | null;
};
export type StoredFile = {
  filename: string;
  contentType: string;
  size: number;
  sha256: string;
  contentId: string | null;
  inline: boolean;
};
/** What of the company's settings it takes to say what a mail is. */
export type Known = { ownAddresses: readonly string[]; formPatterns: readonly FormPattern[] };

/**
 * A mail that was read: what it says, what it is, who writes, and its files already in the blob store. Of a `form`'s mail the
 * writer is its customer, and nobody where the customer can't be told.
 */
export type ReadMail = {
  raw: PendingMail;
  parsed: Omit<ParsedMail, 'attachments'>;
  files: StoredFile[];
  classification: Classification;
  writer: Writer | null;
  form: FormReading | null;
  bounce: Bounce | null;
};

/** Parses and classifies a stored mail and puts its files into the blob store; pure but for the store, so it may be repeated. */
export async function readRaw(tenantId: string, raw: PendingMail, known: Known): Promise<ReadMail> {
  const oversized = raw.size > inboundCap();
  if (raw.sha256 === null) return failedReading(raw, oversized ? `too-large:${raw.size}` : 'unreadable');
  if (oversized) return tooLarge(raw, await parseMail(readBlobWaiting(tenantId, raw.sha256)));
  const { attachments, ...parsed } = await parseMail(readBlobWaiting(tenantId, raw.sha256));
  await putBlobs(
    tenantId,
    attachments.map((file) => file.content),
  );
  const files = attachments.map(({ content: _, ...file }): StoredFile => file);
  const whole = { ...parsed, attachments };
  const classification = classifyMail(whole, known);
  const form = classification.class === 'form' ? readForm(whole, known) : null;
  return {
    raw: datedRaw(raw, parsed.date),
    parsed,
    files,
    classification,
    writer: form ? formWriter(form) : parsed.from,
    form,
    bounce: classification.class === 'bounce' ? parseBounce(whole) : null,
  };
}

/** A mail written so long before the account was made is from before our time, milliseconds: a mail may be a day on its way. */
const BEFORE_US_MS = 86_400_000;

/**
 * A server that was restored, or moved to another host, may have lost its dates: then every old mail seems to come now. Where
 * a folder is read again, what was written long before the account was made is from before our time, at its writer's date.
 */
function datedRaw(raw: PendingMail, date: Date | null): PendingMail {
  const { imported, readAgainSince } = raw;
  if (imported || !readAgainSince || date === null) return raw;
  if (readAgainSince.getTime() - date.getTime() < BEFORE_US_MS) return raw;
  return { ...raw, imported: true, internalDate: date };
}

const formWriter = ({ customer, fields }: FormReading): Writer | null =>
  customer && { ...customer, furigana: valueOfKind(fields, 'furigana') };

/** What a list shows a mail by: of a form's mail what was written into its text field, for all its mails begin alike. */
export const ownWords = ({ form, parsed }: Pick<ReadMail, 'form' | 'parsed'>): string =>
  form?.fields.find(({ field }) => field === 'body')?.value || parsed.text;

/** Over the cap: a visible placeholder that says who wrote and about what; the mail itself stays on the server. */
function tooLarge(raw: PendingMail, header: ParsedMail): ReadMail {
  const { attachments: _, ...parsed } = header;
  return {
    raw,
    parsed: { ...parsed, text: '', html: null, error: `too-large:${raw.size}` },
    ...{ files: [], classification: { class: 'human', rule: 'too-large' }, writer: parsed.from, form: null },
    bounce: null,
  };
}

/** A mail whose content can't be shown: a placeholder a person sees, with the original to download where it is stored. */
export function failedReading(raw: PendingMail, error: string): ReadMail {
  const parsed = {
    ...{ messageId: null, inReplyTo: [], references: [], subject: '', from: null, replyTo: [], to: [], cc: [] },
    // Its bytes are what it is known by, so that it isn't doubled when all is read again; without bytes there is nothing.
    digest: raw.sha256 === null ? '' : `raw:${raw.sha256}`,
    ...{ date: null, text: '', html: null, headers: [], charset: null, error },
  };
  const nobody = { writer: null, form: null, bounce: null };
  return { raw, parsed, files: [], classification: { class: 'human', rule: 'unreadable' }, ...nobody };
}
