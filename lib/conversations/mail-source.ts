import { openRaw } from '#lib/attachments/open.ts';
import { readBlobHead } from '#lib/blobs/index.ts';
import type { MailSource } from '#lib/conversations/mail-shapes.ts';
import type { Scope } from '#lib/db/scope.ts';
import { notFound } from '#lib/errors.ts';
import { LIMITS } from '#lib/limits.ts';
import { asUtf8 } from '#lib/mail/charset/detect.ts';
import { parseHeaderBlock } from '#lib/mail/headers/block.ts';
import { decodeWords } from '#lib/mail/headers/words.ts';
import { headerBlock, repairLineEnds } from '#lib/mail/mime/line-ends.ts';

/** Characters of raw headers that go to the screen; the file has them all. */
const LONGEST = 200_000;

/**
 * All headers of a mail, decoded and as they came (原文). With every address in it, so for pii.view only.
 * @throws NotFound originalMissing
 */
export async function readMailSource(scope: Scope, messageId: string): Promise<MailSource> {
  const { sha256, headOnly } = await openRaw(scope, messageId);
  const head = await readBlobHead(scope.tenantId, sha256, LIMITS.header + 4);
  if (!head) throw notFound('originalMissing');
  const block = headerBlock(repairLineEnds(head.bytes));
  const bytes = Buffer.from(block.slice(0, LONGEST), 'latin1');
  return {
    headers: parseHeaderBlock(block.slice(0, LONGEST)).map(([name, value]) => [asWritten(name), decodeWords(value)]),
    raw: (asUtf8(bytes) ?? bytes.toString('latin1')).replaceAll('\0', ''),
    cut: block.length > LONGEST,
    size: head.size,
    headOnly,
  };
}

const CAPITALS = new Set(['id', 'mime', 'dkim', 'spf', 'arc', 'ms', 'ip', 'tls', 'uidl', 'bimi', 'vp']);

/** `message-id` as `Message-ID`: the names are kept in lower case. */
const asWritten = (name: string): string =>
  name
    .split('-')
    .map((word) => (CAPITALS.has(word) ? word.toUpperCase() : word.charAt(0).toUpperCase() + word.slice(1)))
    .join('-');
