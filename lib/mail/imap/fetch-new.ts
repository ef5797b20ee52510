import type { ImapFlow } from 'imapflow';
import { type FetchedMail, type FetchLimits, fetchListed } from '#lib/mail/imap/fetch-listed.ts';
import { openFolder, UidValidityChanged } from '#lib/mail/imap/folder.ts';
import { listSizes, listThese } from '#lib/mail/imap/list-sizes.ts';
import { uidSet, uidsChanged } from '#lib/mail/imap/predicates.ts';

type Folder = {
  folder: string;
  /** The UIDVALIDITY the UIDs belong to; null on the first pull. Another one now throws UidValidityChanged. */
  uidValidity: number | null;
};
export type FetchNewOptions = Folder &
  FetchLimits & {
    afterUid: number;
    /** The last UID of interest; without it all there are. */
    uptoUid?: number;
    max?: number;
  };

/**
 * The next mails of a folder in ascending UID order, at most `max` (500). Sizes are asked first, then the sources as
 * fetchListed says. Read-only.
 */
export async function* fetchNew(client: ImapFlow, options: FetchNewOptions): AsyncGenerator<FetchedMail> {
  const { afterUid, uptoUid = Number.POSITIVE_INFINITY, max = 500 } = options;
  const { uidNext } = await openSame(client, options);
  yield* fetchListed(
    client,
    await listSizes(client, { afterUid, uptoUid: Math.min(uptoUid, uidNext - 1), max }),
    options,
  );
}

/** These mails of a folder in ascending UID order, as far as they are still there. Read-only. */
export async function* fetchThese(
  client: ImapFlow,
  uids: readonly number[],
  options: Folder & FetchLimits,
): AsyncGenerator<FetchedMail> {
  await openSame(client, options);
  if (uids.length === 0) return;
  yield* fetchListed(client, await listThese(client, uidSet([...uids].sort((a, b) => a - b))), options);
}

async function openSame(client: ImapFlow, { folder, uidValidity }: Folder) {
  const box = await openFolder(client, folder);
  if (uidsChanged(uidValidity, box.uidValidity))
    throw new UidValidityChanged(folder, uidValidity ?? 0, box.uidValidity);
  return box;
}
