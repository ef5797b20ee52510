import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { lineOfFailure } from './line.ts';

/** A mail to read: its name as it is printed and the path of its file in bytes (names of files needn't be UTF-8). */
export type Job = { file: string; path: Uint8Array };
export type PoolOptions = { ownAddresses: string[]; timeLimitMs: number; size?: number };

type Seat = { worker: Worker | null; settle: ((line: string) => void) | null; file: string };

/** Memory of one reader, MB: the strings of a mail of 50 MB in two bytes a character, several times. */
const MEMORY_MB = 1024;
/** What a new thread may take until it reads, ms, on a machine that is busy. */
const START_MS = 20_000;

/**
 * A few threads that read mails, one each at a time. A mail that takes longer than `timeLimitMs` or kills its thread gets a line with
 * an error; the thread is replaced and no other mail notices.
 */
export class ReaderPool {
  readonly #options: PoolOptions;
  readonly #free: Seat[];
  readonly #waiting: ((seat: Seat) => void)[] = [];

  constructor(options: PoolOptions) {
    this.#options = options;
    const size = options.size ?? Math.min(4, availableParallelism());
    this.#free = Array.from({ length: size }, () => ({ worker: null, settle: null, file: '' }));
  }

  /** The line of one mail. Never rejects. */
  async read(job: Job): Promise<string> {
    const seat = this.#free.pop() ?? (await new Promise<Seat>((resolve) => this.#waiting.push(resolve)));
    const line = await this.#readAt(seat, job);
    const next = this.#waiting.shift();
    if (next) next(seat);
    else this.#free.push(seat);
    return line;
  }

  async close(): Promise<void> {
    await Promise.all(this.#free.map((seat) => seat.worker?.terminate()));
  }

  #readAt(seat: Seat, job: Job): Promise<string> {
    const { timeLimitMs } = this.#options;
    return new Promise((resolve) => {
      const time = timeLimitMs + (seat.worker ? 0 : START_MS);
      const limit = setTimeout(() => this.#end(seat, `took longer than ${timeLimitMs / 1000} s`), time);
      seat.file = job.file;
      seat.settle = (line) => {
        clearTimeout(limit);
        seat.settle = null;
        resolve(line);
      };
      seat.worker ??= this.#start(seat);
      seat.worker.postMessage(job);
    });
  }

  #start(seat: Seat): Worker {
    const worker = new Worker(new URL('./reader.ts', import.meta.url), {
      workerData: { ownAddresses: this.#options.ownAddresses },
      resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB },
    });
    const died = (why: string) => {
      if (seat.worker === worker) this.#end(seat, why);
    };
    worker.on('message', (line: string) => {
      if (seat.worker === worker) seat.settle?.(line);
    });
    worker.on('error', (error) => died(error.message));
    worker.on('exit', (code) => died(`the reader ended with ${code}`));
    return worker;
  }

  #end(seat: Seat, why: string): void {
    void seat.worker?.terminate();
    seat.worker = null;
    seat.settle?.(lineOfFailure(seat.file, why));
  }
}
