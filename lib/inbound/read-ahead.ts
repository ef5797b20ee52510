import { inboundCap } from '#lib/accounts/inbound-cap.ts';
import { failedReading, type Known, type PendingMail, type ReadMail, readRaw } from '#lib/inbound/read-raw.ts';
import { log } from '#lib/log.ts';

/** Raw bytes of the mails of one batch; two batches are in memory at once, and what was taken out of their mails. */
const BATCH_BYTES = 16 * 1024 * 1024;
/** Mails read at the same time: one's bytes come from the disk while another is parsed. */
const AT_ONCE = 8;

/**
 * Reads these mails batch after batch in their order: the next is being read while the caller writes the last, so parsing
 * and PostgreSQL work side by side. `most` says how many mails a batch may have at that moment. At the most two batches are
 * in memory, each of one mail at the least.
 */
export async function* readAhead(
  tenantId: string,
  pending: readonly PendingMail[],
  known: Known,
  most: () => number,
): AsyncGenerator<ReadMail[]> {
  let rest = pending;
  const begin = () => {
    const batch = lightEnough(rest.slice(0, most()));
    rest = rest.slice(batch.length);
    const reading = batch.length === 0 ? null : readAll(tenantId, batch, known);
    // Thrown when its turn comes.
    reading?.catch(() => {});
    return reading;
  };
  for (let reading = begin(); reading; ) {
    const mails = await reading;
    reading = begin();
    yield mails;
  }
}

async function readAll(tenantId: string, batch: readonly PendingMail[], known: Known): Promise<ReadMail[]> {
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

/** As many of the mails as fit into memory together, one at the least: a hundred of 50 MB would end the process. */
function lightEnough(pending: readonly PendingMail[]): PendingMail[] {
  let bytes = 0;
  return pending.filter((raw, index) => {
    bytes += Math.min(raw.size, inboundCap());
    return index === 0 || bytes <= BATCH_BYTES;
  });
}
