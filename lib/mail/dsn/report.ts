import { addressOfField } from '#lib/mail/dsn/address-in.ts';
import type { RawFailure } from '#lib/mail/dsn/failure.ts';
import { expandedFrom, noticeOf, paragraphsOf, recipientsNamed } from '#lib/mail/dsn/notice.ts';
import { isFromMailSystem } from '#lib/mail/dsn/sender.ts';
import { type Header, headerOf, parseHeaderBlock } from '#lib/mail/headers/block.ts';
import { parseParams } from '#lib/mail/headers/params.ts';
import type { ParsedMail } from '#lib/mail/parse.ts';

const MAX_BLOCKS = 200;
const RECIPIENT_FIELDS = ['original-recipient', 'final-recipient', 'x-actual-recipient'];
const FIELDS = /^[ \t]*(?:final|original)-recipient[ \t]*:/im;

/** What a report with fields (RFC 3464) says: those it names as failed; empty where all were only delayed, relayed or delivered. */
export type Report = { failures: RawFailure[]; delayed: boolean };

/**
 * Reads message/delivery-status, also where systems send the fields as another type or as plain text. null: no such fields, or
 * the mail isn't a mail system's (a person who forwards a bounce).
 */
export function readReport(mail: ParsedMail): Report | null {
  const top = parseParams(headerOf(mail.headers, 'content-type') ?? '').value;
  if (top !== 'multipart/report' && !isFromMailSystem(mail)) return null;
  const text = reportText(mail);
  if (text === null) return null;
  const blocks = recipientBlocks(text);
  if (blocks.length === 0) return null;
  const failing = blocks.filter(isFailure).slice(0, MAX_BLOCKS);
  const notice = failing.length > 0 ? noticeOf(mail) : '';
  const failed = failing.map((block) => toFailure(notice, block));
  return { failures: withRecipients(mail, failed), delayed: blocks.some((block) => action(block).startsWith('delay')) };
}

function reportText(mail: ParsedMail): string | null {
  const parts = mail.attachments.filter((a) => /^message\/(global-)?delivery-status$/.test(a.contentType));
  if (parts.length > 0) return parts.map((part) => part.content.toString('latin1')).join('\n\n');
  const other = mail.attachments.find((a) => a.size < 100_000 && FIELDS.test(a.content.toString('latin1')));
  if (other && !/^message\//.test(other.contentType)) return other.content.toString('latin1');
  if (!FIELDS.test(mail.text)) return null;
  return Buffer.from(mail.text.slice(0, 200_000), 'utf8').toString('latin1');
}

/** One block a recipient, though some systems leave out the empty line between them, or indent the fields. */
function recipientBlocks(text: string): Header[][] {
  const blocks: Header[][] = [];
  for (const paragraph of text.split(/\r?\n[ \t]*\r?\n/).slice(0, MAX_BLOCKS)) {
    const indented = /^[ \t]+(?:final|original)-recipient/im.test(paragraph);
    let block: Header[] = [];
    for (const field of parseHeaderBlock(indented ? paragraph.replace(/^[ \t]+/gm, '') : paragraph)) {
      if (RECIPIENT_FIELDS.includes(field[0]) && headerOf(block, field[0]) !== null) {
        blocks.push(block);
        block = [];
      }
      block.push(field);
    }
    blocks.push(block);
  }
  return blocks.filter((block) => RECIPIENT_FIELDS.some((name) => headerOf(block, name) !== null));
}

const action = (block: readonly Header[]): string => (headerOf(block, 'action') ?? '').trim().toLowerCase();

function isFailure(block: readonly Header[]): boolean {
  const said = action(block);
  if (said !== '') return /^(fail|error|expired|undeliver|rejected)/.test(said);
  return !/^\s*2\./.test(headerOf(block, 'status') ?? '');
}

function toFailure(notice: string, block: readonly Header[]): RawFailure {
  const named = RECIPIENT_FIELDS.map((name) => addressOfField(headerOf(block, name) ?? '')).filter((a) => a !== null);
  const recipient = named[0] ?? null;
  const around = paragraphsOf(notice, recipient);
  return {
    recipient,
    also: [...new Set([...named, ...expandedFrom(around)])].filter((address) => address !== recipient),
    status: /[245]\.\d{1,3}\.\d{1,3}/.exec(headerOf(block, 'status') ?? '')?.[0] ?? null,
    diagnostic: headerOf(block, 'diagnostic-code') ?? '',
    context: around || notice,
  };
}

// A report without addresses still belongs to somebody: the header that Exim and Google write, else the words above it.
function withRecipients(mail: ParsedMail, failures: RawFailure[]): RawFailure[] {
  const [first] = failures;
  if (!first || failures.some(({ recipient }) => recipient !== null)) return failures;
  const named = recipientsNamed(mail, noticeOf(mail)).slice(0, MAX_BLOCKS);
  return named.length === 0 ? failures : named.map((recipient) => ({ ...first, recipient }));
}
