import { type Job, Worker } from 'bullmq';
import type { Redis } from 'ioredis';
import { log } from '#lib/log.ts';
import { JOB_NAMES, JOBS, type JobName, type JobPayload, PREFIX } from '#lib/queue/jobs.ts';
import { newRedis, sayError } from '#lib/queue/redis.ts';

export type JobHandlers = { [N in JobName]: (payload: JobPayload<N>) => Promise<void> };

/** How long a killed worker's job stays with it: its bell can't ring for anybody else meanwhile. */
const LOCK_MS = 10_000;
const STALLED_EVERY_MS = 5000;

/**
 * Works off the jobs named in `handlers`, several at once as jobs.ts says, until close(). Redis may go away or lose
 * everything at any moment: the workers come back by themselves, what was lost is found by the sweepers.
 */
export function startWorkers(handlers: Partial<JobHandlers>): { close(graceMs?: number): Promise<void> } {
  const connection = newRedis('workers', { maxRetriesPerRequest: null });
  const workers = JOB_NAMES.filter((name) => handlers[name]).map((name) =>
    startWorker(name, handlers[name] as (payload: unknown) => Promise<void>, connection),
  );
  return { close: (graceMs = 10_000) => closeAll(workers, connection, graceMs) };
}

function startWorker(name: JobName, handle: (payload: unknown) => Promise<void>, connection: Redis): Worker {
  const worker = new Worker(name, (job: Job) => run(name, handle, job), {
    connection,
    prefix: PREFIX,
    concurrency: JOBS[name].concurrency,
    lockDuration: LOCK_MS,
    stalledInterval: STALLED_EVERY_MS,
    // A worker that is killed again and again isn't the job's fault; whether to try is PostgreSQL's matter.
    maxStalledCount: 100,
    // How long one blocking wait lasts: after a lost connection nothing hangs longer than this.
    drainDelay: 5,
  });
  worker.on('error', (error) => sayError(`worker ${name}`, error));
  return worker;
}

async function run(name: JobName, handle: (payload: unknown) => Promise<void>, job: Job): Promise<void> {
  try {
    await handle(JOBS[name].payload.parse(job.data));
  } catch (error) {
    log.error('job.failed', { job: name, ids: job.data, attempt: job.attemptsMade + 1, error });
    throw error;
  }
}

/** Takes no new job, waits for the running ones at most graceMs, then lets go: PostgreSQL knows what isn't done. */
async function closeAll(workers: Worker[], connection: Redis, graceMs: number): Promise<void> {
  const gone = (force: boolean) => Promise.allSettled(workers.map((worker) => worker.close(force)));
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<'late'>((resolve) => {
    timer = setTimeout(() => resolve('late'), graceMs);
  });
  if ((await Promise.race([gone(false), late])) === 'late') {
    log.warn('workers.closed-late', { graceMs });
    void gone(true);
  }
  clearTimeout(timer);
  connection.disconnect();
}
