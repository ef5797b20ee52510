import { SHARE_ENV, Worker } from 'node:worker_threads';
import type { ToRead } from '#lib/inbound/read-batch.ts';
import { failedReading, type ReadMail } from '#lib/inbound/read-raw.ts';
import { log } from '#lib/log.ts';

/** One batch may take so long; a single mail may, too. A hostile one that takes longer is a placeholder. */
const PATIENCE_MS = 60_000;
/** What the thread's own heap may grow to, megabytes. Bytes of files lie outside it. */
const HEAP_MB = 256;

type Answer = { id: number; mails?: ReadMail[]; error?: unknown };
type Waiting = { resolve: (mails: ReadMail[]) => void; reject: (error: unknown) => void };

/** The thread ended or hung while it read: the mails' fault, not the disk's. */
class ReaderGone extends Error {}

let thread: Worker | undefined;
let asked = 0;
const waiting = new Map<number, Waiting>();

/**
 * Reads a batch in a thread of its own, so that parsing takes nothing from the connections to mail server and PostgreSQL, and
 * the worst a mail can do is to end the thread: then each mail of the batch is read alone, and the one that ends the thread
 * again is a placeholder that somebody sees.
 */
export async function readApart(wanted: ToRead): Promise<ReadMail[]> {
  try {
    return await ask(wanted);
  } catch (error) {
    if (!(error instanceof ReaderGone)) throw error;
    return readOneByOne(wanted);
  }
}

/** Starts the thread before the first mail asks for it; it keeps no process alive. */
export const startReader = (): void => running().unref();

/** Ends the thread; what it was reading is read by the next one. For the orderly end of a process and for tests. */
export const endReader = async (): Promise<void> => void (await thread?.terminate());

async function readOneByOne(wanted: ToRead): Promise<ReadMail[]> {
  const read: ReadMail[] = [];
  for (const raw of wanted.batch) {
    const mails = await ask({ ...wanted, batch: [raw] }).catch((error) => {
      if (!(error instanceof ReaderGone)) throw error;
      log.error('inbound.readerEnded', { inboundId: raw.id });
      return [failedReading(raw, 'unreadable')];
    });
    read.push(...mails);
  }
  return read;
}

function ask(wanted: ToRead): Promise<ReadMail[]> {
  const id = ++asked;
  const reader = running();
  const answer = new Promise<ReadMail[]>((resolve, reject) => waiting.set(id, { resolve, reject }));
  const late = setTimeout(() => void reader.terminate(), PATIENCE_MS);
  // A process that waits for an answer stays; otherwise the thread keeps none.
  reader.ref();
  reader.postMessage({ id, ...wanted });
  return answer.finally(() => {
    clearTimeout(late);
    waiting.delete(id);
    if (waiting.size === 0) reader.unref();
  });
}

function running(): Worker {
  if (thread) return thread;
  const made = new Worker(new URL('./reader-thread.ts', import.meta.url), {
    env: SHARE_ENV,
    resourceLimits: { maxOldGenerationSizeMb: HEAP_MB, maxYoungGenerationSizeMb: 16 },
  });
  made.on('message', ({ id, mails, error }: Answer) => {
    if (mails) waiting.get(id)?.resolve(mails);
    else waiting.get(id)?.reject(error);
  });
  made.on('error', (error) => log.error('inbound.readerFailed', { error }));
  made.on('exit', () => {
    thread = undefined;
    for (const { reject } of waiting.values()) reject(new ReaderGone());
  });
  thread = made;
  return made;
}
