import { hostname } from 'node:os';
import { closeDatabase } from '#lib/db/client.ts';
import { startReader } from '#lib/inbound/read-apart.ts';
import { log } from '#lib/log.ts';
import { closeIdleLines } from '#lib/mail/smtp/submit.ts';
import { closeQueue, startWorkers } from '#lib/queue/index.ts';
import { closeRealtime } from '#lib/realtime/index.ts';
import { processors } from '#workers/processors/index.ts';
import { startSweepers } from '#workers/sweepers.ts';
import { Watchers } from '#workers/watchers/imap.ts';

/** Looks for accounts without an owner so often, milliseconds. */
const TAKE_UP_MS = 2000;

/** One worker process: watches accounts, works off jobs, sweeps. Start as many as you like. */
const watchers = new Watchers(`${hostname()}.${process.pid}`);
const jobs = startWorkers(processors(watchers));
const sweepers = startSweepers();
startReader();
const takeUp = () => watchers.takeUp().catch((error) => log.warn('watchers.takeUpFailed', { error }));
const timer = setInterval(takeUp, TAKE_UP_MS);
void takeUp();
log.info('worker.started', { pid: process.pid });

let ending = false;
async function end(): Promise<void> {
  if (ending) return;
  ending = true;
  clearInterval(timer);
  await Promise.allSettled([watchers.close(), sweepers.close(), jobs.close()]);
  closeIdleLines();
  closeRealtime();
  await closeQueue();
  await closeDatabase();
  log.info('worker.ended', {});
  process.exit(0);
}
process.on('SIGTERM', () => void end());
process.on('SIGINT', () => void end());
