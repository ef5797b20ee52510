import { inboundCap } from '#lib/accounts/inbound-cap.ts';
import { readApart } from '#lib/inbound/read-apart.ts';
import type { Known, PendingMail, ReadMail } from '#lib/inbound/read-raw.ts';

/** Raw bytes of the mails of one batch; two batches are in memory at once, and what was taken out of their mails. */
const BATCH_BYTES = 8 * 1024 * 1024;

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
    const reading = batch.length === 0 ? null : readApart({ tenantId, batch, known });
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

/** As many of the mails as fit into memory together, one at the least: a hundred of 50 MB would end the process. */
function lightEnough(pending: readonly PendingMail[]): PendingMail[] {
  let bytes = 0;
  return pending.filter((raw, index) => {
    bytes += Math.min(raw.size, inboundCap());
    return index === 0 || bytes <= BATCH_BYTES;
  });
}
