import { failedReading, type Known, type PendingMail, type ReadMail, readRaw } from '#lib/inbound/read-raw.ts';
import { log } from '#lib/log.ts';

export type ToRead = { tenantId: string; batch: readonly PendingMail[]; known: Known };

/** Mails read at the same time: one's bytes come from the disk while another is parsed. */
const AT_ONCE = 4;

/** Reads the mails of a batch, in its order. What lost its bytes is a placeholder. */
export async function readBatch({ tenantId, batch, known }: ToRead): Promise<ReadMail[]> {
  const read: ReadMail[] = [];
  const rest = batch.entries();
  const hand = async () => {
    for (const [at, raw] of rest) read[at] = await readSafely(tenantId, raw, known);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, hand));
  return read;
}

async function readSafely(tenantId: string, raw: PendingMail, known: Known): Promise<ReadMail> {
  try {
    return await readRaw(tenantId, raw, known);
  } catch (error) {
    // Only a lost blob is final; a disk that is away for a while must not turn mail into placeholders.
    if ((error as { code?: string }).code !== 'ENOENT') throw error;
    log.error('inbound.blobMissing', { inboundId: raw.id });
    return failedReading(raw, 'unreadable');
  }
}
