import { Queue } from 'bullmq';
import { failpoint } from '#lib/failpoint.ts';
import { JOBS, type JobName, type JobPayload, PREFIX, ringId } from '#lib/queue/jobs.ts';
import { readyRedis, sayError } from '#lib/queue/redis.ts';

const queues = new Map<JobName, Queue>();

/**
 * Rings the bell of a job. Ringing twice before it begins is one job; ringing while it runs makes it run once more
 * afterwards; ringing without a delay wakes a delayed one.
 * @param options.delayMs milliseconds to wait first
 * @throws Unavailable or Redis' error within about 3 s when Redis is away: log it and go on, a sweeper finds the row
 */
export async function enqueue<N extends JobName>(
  name: N,
  payload: JobPayload<N>,
  { delayMs = 0 }: { delayMs?: number } = {},
): Promise<void> {
  const data = JOBS[name].payload.parse(payload);
  failpoint('before-enqueue');
  const queue = await queueOf(name);
  await queue.add(name, data, {
    delay: Math.max(0, Math.round(delayMs)),
    attempts: JOBS[name].attempts,
    backoff: { type: 'exponential', delay: 2000 },
    deduplication: { id: ringId(name, data), keepLastIfActive: true, reschedule: delayMs <= 0 },
    removeOnComplete: true,
    removeOnFail: true,
    stackTraceLimit: 0,
  });
}

// The queue is made when Redis answers for the first time: made earlier, it would keep the failure of its start for ever.
async function queueOf(name: JobName): Promise<Queue> {
  const connection = await readyRedis();
  const known = queues.get(name);
  if (known) return known;
  // Nobody reads BullMQ's event stream here: it stays short.
  const queue = new Queue(name, {
    connection,
    prefix: PREFIX,
    skipWaitingForReady: true,
    streams: { events: { maxLen: 100 } },
  });
  queue.on('error', (error) => sayError('queue', error));
  await queue.waitUntilReady().catch(async (error) => {
    await queue.close().catch(() => {});
    throw error;
  });
  queues.set(name, queue);
  return queue;
}

/** Forgets the queues (a process that wants to exit, a test). */
export async function closeQueues(): Promise<void> {
  const open = [...queues.values()];
  queues.clear();
  await Promise.allSettled(open.map((queue) => queue.close()));
}
