import { Redis, type RedisOptions } from 'ioredis';
import { env } from '#lib/env.ts';
import { unavailable } from '#lib/errors.ts';
import { log } from '#lib/log.ts';

const READY_MS = 1500;
const LOG_EVERY_MS = 10_000;

const lastLogged = new Map<string, number>();

/** A connection that comes back for ever, at most two seconds apart, and says so in the log every ten seconds. */
export function newRedis(name: string, options: RedisOptions = {}): Redis {
  const redis = new Redis(env.redisUrl, {
    connectionName: `madoguchi-${name}`,
    connectTimeout: 5000,
    retryStrategy: (times) => Math.min(100 * 2 ** Math.min(times, 10), 2000),
    // A replica that was master a moment ago: connect anew, the name leads to the new one.
    reconnectOnError: (error) => error.message.startsWith('READONLY'),
    ...options,
  });
  redis.on('error', (error) => sayError(name, error));
  return redis;
}

/** Logs a trouble with Redis, at most every ten seconds for one connection. */
export function sayError(name: string, error: Error): void {
  if (Date.now() - (lastLogged.get(name) ?? 0) < LOG_EVERY_MS) return;
  lastLogged.set(name, Date.now());
  log.warn('redis.error', { connection: name, error });
}

let shared: Redis | undefined;
let standing: Promise<void> | undefined;

/**
 * The connection of this process for short commands (enqueue, publish). It never waits long: while Redis is away a
 * command fails at once, while it hangs after 1.5 s.
 */
export function sharedRedis(): Redis {
  shared ??= newRedis('commands', { enableOfflineQueue: false, maxRetriesPerRequest: 0, commandTimeout: READY_MS });
  return shared;
}

/** The shared connection once it stands. @throws Unavailable after 1.5 s */
export async function readyRedis(): Promise<Redis> {
  const redis = sharedRedis();
  if (redis.status === 'ready') return redis;
  // One wait for all: a batch of a hundred mails publishes a hundred times at once.
  standing ??= untilReady(redis, READY_MS).finally(() => {
    standing = undefined;
  });
  await standing;
  return redis;
}

/** Resolves when the connection stands. @throws Unavailable after `ms` */
export function untilReady(redis: Redis, ms: number): Promise<void> {
  if (redis.status === 'ready') return Promise.resolve();
  return new Promise((resolve, reject) => {
    const finish = (settle: () => void) => {
      clearTimeout(timer);
      redis.off('ready', ready);
      settle();
    };
    const ready = () => finish(resolve);
    const timer = setTimeout(() => finish(() => reject(unavailable())), ms);
    redis.once('ready', ready);
  });
}

/** Ends the shared connection (a process that wants to exit, a test). */
export async function closeSharedRedis(): Promise<void> {
  shared?.disconnect();
  shared = undefined;
  standing = undefined;
}
