import { type Header, headerOf, parseHeaderBlock } from '#lib/mail/headers/block.ts';
import { messageIdsIn } from '#lib/mail/message-id.ts';
import { headerBlock, repairLineEnds } from '#lib/mail/mime/line-ends.ts';
import type { ParsedMail } from '#lib/mail/parse.ts';

/**
 * The id of the mail that came back: from the returned message or headers (our second header first, since some providers
 * overwrite Message-ID), else from headers pasted into the text, else what the bounce answers to.
 */
export function returnedMessageId(parsed: ParsedMail): string | null {
  const part = parsed.attachments.find((a) =>
    /^(message\/(rfc822|global)|text\/rfc822-headers|message\/global-headers)$/.test(a.contentType),
  );
  if (part) {
    const id = idIn(parseHeaderBlock(headerBlock(repairLineEnds(part.content))));
    if (id) return id;
  }
  const pasted = /^[ \t>]*(?:x-madoguchi-id|message-id)[ \t]*:[ \t]*(?:\n[ \t]+)?(<[^<>\s]{3,900}>)/im.exec(
    parsed.text,
  );
  return pasted?.[1] ?? parsed.inReplyTo[0] ?? parsed.references.at(-1) ?? null;
}

function idIn(headers: readonly Header[]): string | null {
  const ours = messageIdsIn(headerOf(headers, 'x-madoguchi-id') ?? '')[0];
  return ours ?? messageIdsIn(headerOf(headers, 'message-id') ?? '')[0] ?? null;
}
