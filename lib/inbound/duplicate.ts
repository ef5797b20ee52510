import type { Lookups } from '#lib/inbound/lookups.ts';
import type { ReadMail } from '#lib/inbound/read-raw.ts';

/**
 * The second layer of identity: the same Message-ID with the same content is the same mail, with another content it is two
 * mails (architecture.md 4). Without a Message-ID the content and the sender's own date must agree.
 */
export function isDuplicate(lookups: Pick<Lookups, 'known'>, { parsed }: Pick<ReadMail, 'parsed'>): boolean {
  if (parsed.messageId !== null) {
    return lookups.known.get(parsed.messageId)?.some((known) => known.digest === parsed.digest) ?? false;
  }
  if (parsed.date === null) return false;
  const date = parsed.date.getTime();
  return lookups.known.get(`digest:${parsed.digest}`)?.some((known) => known.sentDate === date) ?? false;
}
