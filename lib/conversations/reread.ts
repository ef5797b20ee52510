import { parseOriginal } from '#lib/attachments/html.ts';
import { holds, requireMay } from '#lib/auth/actor.ts';
import type { RereadMail } from '#lib/conversations/mail-shapes.ts';
import { maskAddress } from '#lib/conversations/mask.ts';
import type { Scope } from '#lib/db/scope.ts';
import { notFound } from '#lib/errors.ts';
import type { CharsetChoice } from '#lib/mail/charset/choices.ts';
import { splitQuote } from '#lib/mail/quote.ts';
import { visibleMailboxIds } from '#lib/mailboxes/access.ts';
import { ownAddresses } from '#lib/mailboxes/identity.ts';

/** As in the timeline: the whole stands in the original. */
const LONGEST_TEXT = 200_000;

/**
 * A mail read again from its original in another charset (文字コードを変えて表示). Nothing that is stored changes. Encoded-words of
 * headers keep the charset they name, unless they name none or Latin-1. @throws NotFound originalMissing
 */
export async function rereadMail(scope: Scope, messageId: string, charset: CharsetChoice): Promise<RereadMail> {
  requireMay(scope, 'conversation.read');
  const message = await scope.db.message.findUnique({
    where: { tenantId_id: { tenantId: scope.tenantId, id: messageId } },
    select: { id: true, mailboxId: true, rawSha256: true },
  });
  if (!message || !(await visibleMailboxIds(scope)).includes(message.mailboxId)) throw notFound();
  const parsed = await parseOriginal(scope.tenantId, message, charset);
  const stored = await scope.db.attachment.findMany({
    where: { tenantId: scope.tenantId, messageId },
    orderBy: { position: 'asc' },
    select: { id: true },
  });
  const text = parsed.text.slice(0, LONGEST_TEXT);
  const mask = await maskFor(scope);
  const { name = '', address = '' } = parsed.from ?? {};
  return {
    charset,
    subject: parsed.subject,
    from: { name: mask(name), address: mask(address) },
    text,
    quotedFrom: splitQuote(text).quotedFrom,
    filenames: namesOf(stored, parsed.attachments),
  };
}

// Reading in another charset finds the same parts in the same order.
function namesOf(stored: readonly { id: string }[], read: readonly { filename: string }[]): Record<string, string> {
  if (stored.length !== read.length) return {};
  return Object.fromEntries(stored.map(({ id }, index) => [id, read[index]?.filename ?? '']));
}

/** Hides customers' addresses from those without 個人情報の閲覧; our own stay. */
async function maskFor(scope: Scope): Promise<(text: string) => string> {
  if (holds(scope.actor, 'pii.view')) return (text) => text;
  const own = new Set(await ownAddresses(scope));
  return (text) => (own.has(text.toLowerCase()) ? text : maskAddress(text));
}
