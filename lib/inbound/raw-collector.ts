import { putBlobs } from '#lib/blobs/index.ts';
import type { RawMail } from '#lib/inbound/store-chunk.ts';

/** A mail whose bytes came with it and are not stored yet. */
export type FetchedRaw = Omit<RawMail, 'sha256'> & { bytes: Buffer };

/** Mails of one storing transaction, and their bytes. Two lots are in memory: one being stored, one being fetched. */
const LOT_MAILS = 100;
const LOT_BYTES = 8_000_000;

/**
 * Gathers fetched mails and stores them a lot at a time: the bytes first, together, then the rows by `put`. A lot is stored
 * while the next one is fetched, and never before the one ahead of it. A lot that failed isn't tried again, and none after it
 * is stored, for the cursor would pass over it: its error is thrown at the next add or at the end.
 */
export function rawCollector(tenantId: string, put: (mails: readonly RawMail[]) => Promise<void>) {
  let lot: (RawMail | FetchedRaw)[] = [];
  let bytes = 0;
  let stored = 0;
  let storing: Promise<void> = Promise.resolve();
  const store = async (full: typeof lot) => {
    await put(await withBytesStored(tenantId, full));
    stored += full.length;
  };
  const begin = async () => {
    await storing;
    if (lot.length === 0) return;
    storing = store(lot);
    storing.catch(() => {});
    [lot, bytes] = [[], 0];
  };
  return {
    add: async (mail: RawMail | FetchedRaw) => {
      lot.push(mail);
      bytes += 'bytes' in mail ? mail.bytes.length : 0;
      if (lot.length >= LOT_MAILS || bytes >= LOT_BYTES) await begin();
    },
    /** Stores what is left and waits for all. */
    end: async () => {
      await begin();
      await storing;
    },
    stored: () => stored,
  };
}

async function withBytesStored(tenantId: string, lot: readonly (RawMail | FetchedRaw)[]): Promise<RawMail[]> {
  const blobs = (
    await putBlobs(
      tenantId,
      lot.flatMap((mail) => ('bytes' in mail ? [mail.bytes] : [])),
    )
  ).values();
  return lot.map((mail) => {
    if (!('bytes' in mail)) return mail;
    const { bytes: _, ...told } = mail;
    const sha256 = blobs.next().value?.sha256 ?? null;
    return { ...told, sha256 };
  });
}
