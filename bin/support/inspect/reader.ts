import { open } from 'node:fs/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { LIMITS } from '#lib/limits.ts';
import { inspectMail } from '#lib/mail/inspect.ts';
import { lineOf, lineOfFailure } from './line.ts';
import type { Job } from './pool.ts';

/** A worker thread of pool.ts: takes one path after another and answers with the line to print. */
const { ownAddresses } = workerData as { ownAddresses: string[] };

/** More than the product takes in, as some want to look at what it refused. Above it the header alone is read: who wrote, about what. */
const MOST = 2 * LIMITS.inboundMail;
const HEAD = 1024 * 1024;

parentPort?.on('message', async ({ file, path }: Job) => {
  parentPort?.postMessage(await read(file, path).catch((error: unknown) => lineOfFailure(file, wordsOf(error))));
});

async function read(file: string, path: Uint8Array): Promise<string> {
  const handle = await open(Buffer.from(path));
  try {
    const stat = await handle.stat();
    if (!stat.isFile()) return lineOfFailure(file, 'not a file');
    if (stat.size > MOST) {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEAD), 0, HEAD, 0);
      const mail = await inspectMail(buffer.subarray(0, bytesRead), { ownAddresses });
      return lineOf(file, { ...mail, text: '', html: null, attachments: [], error: `too-large:${stat.size}` });
    }
    return lineOf(file, await inspectMail(await handle.readFile(), { ownAddresses }));
  } finally {
    await handle.close();
  }
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
