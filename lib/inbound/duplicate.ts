import type { Lookups } from '#lib/inbound/lookups.ts';
import type { ReadMail } from '#lib/inbound/read-raw.ts';

/**
 * The second layer of identity: the same Message-ID with the same content is the same mail, with another content it is two
 * mails (architecture.md 4). Without a Message-ID the content and the sender's own date must agree, or every byte: then it
 * is the same mail under another UID (UIDVALIDITY changed), for each way of a mail adds its own Received lines.
 */
export function isDuplicate(
  lookups: Pick<Lookups, 'known'>,
  { parsed, raw }: Pick<ReadMail, 'parsed' | 'raw'>,
): boolean {
  if (parsed.messageId !== null) {
    return lookups.known.get(parsed.messageId)?.some((known) => known.digest === parsed.digest) ?? false;
  }
  const date = parsed.date?.getTime() ?? null;
  const same = lookups.known.get(`digest:${parsed.digest}`) ?? [];
  return same.some((known) => known.rawSha256 === raw.sha256 || (date !== null && known.sentDate === date));
}
