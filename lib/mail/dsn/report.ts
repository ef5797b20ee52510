import { type Header, headerOf, parseHeaderBlock } from '#lib/mail/headers/block.ts';
import type { ParsedMail } from '#lib/mail/parse.ts';

/** What was found before it is judged: whom it concerns, the status if given, and all words that explain. */
export type RawBounce = { recipient: string | null; recipients: string[]; status: string | null; diagnostic: string };

/** Reads message/delivery-status (RFC 3464): the recipients whose Action is `failed`, the reason of the first. null: no such part or no failure. */
export function readReport(parsed: ParsedMail): RawBounce | null {
  const part = parsed.attachments.find((a) => /^message\/(global-)?delivery-status$/.test(a.contentType));
  if (!part) return null;
  const blocks = part.content
    .toString('latin1')
    .split(/\r?\n[ \t]*\r?\n/)
    .slice(0, 200)
    .map((block) => parseHeaderBlock(block));
  const failed = blocks.filter((block) => isFailure(block));
  const [first] = failed;
  if (!first) return null;
  const recipients = failed.map((block) => addressIn(recipientOf(block))).filter((address) => address !== null);
  const status = /[245]\.\d{1,3}\.\d{1,3}/.exec(headerOf(first, 'status') ?? '')?.[0] ?? null;
  const diagnostic = headerOf(first, 'diagnostic-code') ?? '';
  const narrow = status && !/^[45]\.0\.0$/.test(status) ? status : null;
  return {
    recipient: addressIn(recipientOf(first)),
    recipients,
    status: narrow ?? narrowStatus(diagnostic) ?? status,
    diagnostic: diagnostic || parsed.text.slice(0, 4000),
  };
}

const recipientOf = (block: Header[]): string =>
  headerOf(block, 'original-recipient') ?? headerOf(block, 'final-recipient') ?? '';

const isFailure = (block: Header[]): boolean =>
  recipientOf(block) !== '' && (headerOf(block, 'action')?.toLowerCase() ?? 'failed').startsWith('failed');

function narrowStatus(diagnostic: string): string | null {
  return /\b[45]\.\d{1,3}\.\d{1,3}\b/.exec(diagnostic)?.[0] ?? null;
}

/** `rfc822; taro@example.jp`, `rfc822;<taro@example.jp>` and without a type. */
function addressIn(field: string): string | null {
  const text = field
    .replace(/^[\w-]+\s*;\s*/, '')
    .replace(/[<>]/g, '')
    .trim();
  return text.includes('@') ? text : null;
}
