import path from 'node:path';
import { inject } from 'vitest';
import { type Started, startWorker } from '../../bin/support/servers.mjs';
import './provided.ts';

const started: Started[] = [];

/** Settings of the product that this test process has too, from tests/support/database.ts. */
const SETTINGS = [
  ...['AUTH_SECRET', 'SEAL_KEY', 'DATABASE_URL', 'REDIS_URL', 'BLOB_DIR', 'APP_URL'],
  ...['MAIL_ALLOW_PRIVATE_HOSTS'],
] as const;

/**
 * A real worker process (`node workers/main.ts`) on this test's database and Redis. `failpoint` (`after-claim:2`) lets it
 * kill itself there by SIGKILL. Its log stands beside the servers' of the run.
 */
export async function runWorker({
  failpoint = '',
  env = {},
}: {
  failpoint?: string;
  env?: Record<string, string>;
} = {}): Promise<Started> {
  const settings = Object.fromEntries(SETTINGS.map((name) => [name, process.env[name] ?? '']));
  const number = started.length + 1;
  const worker = await startWorker({
    name: `worker-${number}`,
    env: { ...settings, LOG_LEVEL: 'info', MG_FAILPOINT: failpoint, ...env },
    logFile: process.env.WORKER_LOG ?? path.join(inject('servers').folder, `worker-${number}.log`),
  });
  started.push(worker);
  return worker;
}

/** The worker that runs already, or a new one: for tests that stop none. */
export async function anyWorker(): Promise<Started> {
  return started.find((worker) => !worker.hasExited()) ?? runWorker();
}

/** Waits until a worker with a fail-point has killed itself. @throws when it ended otherwise, or not within 30 s */
export async function killedItself(worker: Started): Promise<void> {
  const late = new Promise<never>((_, reject) => {
    setTimeout(() => reject(new Error(`${worker.name} never passed its fail-point`)), 30_000).unref();
  });
  const { code, signal } = await Promise.race([worker.exited, late]);
  if (signal !== 'SIGKILL') throw new Error(`${worker.name} ended by ${signal ?? code}, not by its fail-point`);
}

/** Kills a worker as a power cut would: nothing of it runs any more. */
export async function killWorker(worker: Started): Promise<void> {
  process.kill(worker.pid, 'SIGKILL');
  await worker.exited;
}

/** Ends every worker that the test has started. */
export async function stopWorkers(): Promise<void> {
  await Promise.all(started.map((worker) => worker.stop()));
}
