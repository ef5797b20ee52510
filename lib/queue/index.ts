import { closeQueues } from '#lib/queue/enqueue.ts';
import { closeSharedRedis } from '#lib/queue/redis.ts';

export { enqueue } from '#lib/queue/enqueue.ts';
export { JOB_NAMES, JOBS, type JobName, type JobPayload } from '#lib/queue/jobs.ts';
export { type JobHandlers, startWorkers } from '#lib/queue/workers.ts';

/** Lets go of Redis, so that the process can end by itself. */
export async function closeQueue(): Promise<void> {
  await closeQueues();
  await closeSharedRedis();
}
