import { putBlob, readBlob } from '#lib/blobs/index.ts';
import { LIMITS } from '#lib/limits.ts';
import type { Address } from '#lib/mail/address.ts';
import { type Classification, classifyMail, formCustomer } from '#lib/mail/classify/index.ts';
import { type Bounce, parseBounce } from '#lib/mail/dsn.ts';
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
};
export type StoredFile = {
  filename: string;
  contentType: string;
  size: number;
  sha256: string;
  contentId: string | null;
  inline: boolean;
};
/** A mail that was read: what it says, what it is, who writes, and its files already in the blob store. */
export type ReadMail = {
  raw: PendingMail;
  parsed: Omit<ParsedMail, 'attachments'>;
  files: StoredFile[];
  classification: Classification;
  writer: Address | null;
  bounce: Bounce | null;
};

/** Parses and classifies a stored mail and puts its files into the blob store; pure but for the store, so it may be repeated. */
export async function readRaw(tenantId: string, raw: PendingMail, ownAddresses: readonly string[]): Promise<ReadMail> {
  const oversized = raw.size > LIMITS.inboundMail;
  if (raw.sha256 === null) return failedReading(raw, oversized ? `too-large:${raw.size}` : 'unreadable');
  if (oversized) return tooLarge(raw, await parseMail(await readBlob(tenantId, raw.sha256)));
  const { attachments, ...parsed } = await parseMail(await readBlob(tenantId, raw.sha256));
  const files: StoredFile[] = [];
  for (const { content, ...file } of attachments) {
    await putBlob(tenantId, content);
    files.push(file);
  }
  const whole = { ...parsed, attachments };
  const classification = classifyMail(whole, { ownAddresses });
  const customer = classification.class === 'form' ? formCustomer(whole, { ownAddresses }) : null;
  return {
    raw,
    parsed,
    files,
    classification,
    writer: customer ?? parsed.from,
    bounce: classification.class === 'bounce' ? parseBounce(whole) : null,
  };
}

/** Over the cap: a visible placeholder that says who wrote and about what; the mail itself stays on the server. */
function tooLarge(raw: PendingMail, header: ParsedMail): ReadMail {
  const { attachments: _, ...parsed } = header;
  return {
    raw,
    parsed: { ...parsed, text: '', html: null, error: `too-large:${raw.size}` },
    ...{ files: [], classification: { class: 'human', rule: 'too-large' }, writer: parsed.from, bounce: null },
  };
}

/** A mail whose content can't be shown: a placeholder a person sees, with the original to download where it is stored. */
export function failedReading(raw: PendingMail, error: string): ReadMail {
  const parsed = {
    ...{ messageId: null, inReplyTo: [], references: [], subject: '', from: null, replyTo: [], to: [], cc: [] },
    ...{ date: null, text: '', html: null, headers: [], digest: '', charset: null, error },
  };
  return { raw, parsed, files: [], classification: { class: 'human', rule: 'unreadable' }, writer: null, bounce: null };
}
