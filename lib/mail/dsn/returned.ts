import { type Header, headerOf, parseHeaderBlock } from '#lib/mail/headers/block.ts';
import { messageIdsIn } from '#lib/mail/message-id.ts';
import { headerBlock, repairLineEnds } from '#lib/mail/mime/line-ends.ts';
import type { ParsedMail } from '#lib/mail/parse.ts';

const MAX_IDS = 50;
// Bounded everywhere: two open runs of blanks side by side are quadratic in them.
const PASTED =
  /^[ \t>|]{0,99}(?:x-madoguchi-id|message-id|references|in-reply-to)[ \t]{0,9}:((?:[ \t]{0,99}\n?[ \t]{0,99}<[^<>\s]{3,900}>){1,20})/gim;

/**
 * The ids a bounce returns, the most telling first: those of the returned message or headers (our second header first, since
 * some providers overwrite Message-ID), those of headers pasted into the text, what the bounce answers to, and what stands in
 * its own address (VERP).
 */
export function returnedMessageIds(mail: ParsedMail): string[] {
  const parts = mail.attachments.filter((a) =>
    /^(message\/(rfc822|global)|text\/rfc822-headers|message\/(partial|global-headers))$/.test(a.contentType),
  );
  const returned = parts.flatMap((part) => idsIn(parseHeaderBlock(headerBlock(repairLineEnds(part.content)))));
  const loose = mail.attachments
    .filter((a) => !parts.includes(a) && a.size < 200_000 && /^text\/|octet-stream/.test(a.contentType))
    .flatMap((a) => pastedIds(a.content.toString('latin1').replace(/\r\n?/g, '\n')));
  const answered = [...mail.inReplyTo, ...[...mail.references].reverse()];
  const all = [...returned, ...pastedIds(mail.text), ...loose, ...answered];
  return [...new Set(all)].slice(0, MAX_IDS);
}

function idsIn(headers: readonly Header[]): string[] {
  return ['x-madoguchi-id', 'message-id'].flatMap((name) => messageIdsIn(headerOf(headers, name) ?? '').slice(0, 1));
}

function pastedIds(text: string): string[] {
  const found = [...text.slice(0, 500_000).matchAll(PASTED)].map(([whole, ids = '']) => ({ whole, ids }));
  const second = found.filter(({ whole }) => /^[ \t>|]*x-madoguchi/i.test(whole));
  return [...second, ...found].flatMap(({ ids }) => ids.match(/<[^<>\s]+>/g) ?? []);
}
