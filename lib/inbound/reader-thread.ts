import { parentPort } from 'node:worker_threads';
import { readBatch, type ToRead } from '#lib/inbound/read-batch.ts';

/** The other side of read-apart.ts: reads what it is sent and sends it back, or the error. */
parentPort?.on('message', async ({ id, ...wanted }: ToRead & { id: number }) => {
  try {
    parentPort?.postMessage({ id, mails: await readBatch(wanted) });
  } catch (error) {
    parentPort?.postMessage({ id, error });
  }
});
