import type { Redis } from 'ioredis';
import { newRedis, sayError, untilReady } from '#lib/queue/redis.ts';
import { channelOf } from '#lib/realtime/event.ts';

const PING_EVERY_MS = 10_000;
const ANSWER_MS = 2000;

export type SubscriberCalls = { message: (channel: string, text: string) => void; gap: () => void };

/**
 * The one listening connection of a process. It subscribes again by itself after a reconnect and calls `gap` only when
 * all channels stand again: a browser that reads because of the gap can miss nothing after it.
 */
export class Subscriber {
  readonly #redis: Redis;
  readonly #calls: SubscriberCalls;
  readonly #channels = new Map<string, Promise<unknown>>();
  readonly #pulse: NodeJS.Timeout;
  #connected = false;

  constructor(calls: SubscriberCalls) {
    this.#calls = calls;
    // autoResubscribe would work unseen: we couldn't tell when the channels stand again.
    this.#redis = newRedis('realtime', { autoResubscribe: false, maxRetriesPerRequest: 0, commandTimeout: ANSWER_MS });
    this.#redis.on('message', calls.message);
    this.#redis.on('ready', () => void this.#again());
    this.#redis.on('close', () => {
      for (const tenantId of this.#channels.keys()) this.#channels.set(tenantId, NEVER);
    });
    this.#pulse = setInterval(() => void this.#ping(), PING_EVERY_MS).unref();
  }

  /** Resolves when the tenant's channel stands. @throws Unavailable or Redis' error after 2 s */
  async join(tenantId: string): Promise<void> {
    const standing = this.#channels.get(tenantId);
    if (standing && standing !== NEVER) return void (await standing);
    await untilReady(this.#redis, ANSWER_MS);
    await this.#subscribe(tenantId);
  }

  leave(tenantId: string): void {
    this.#channels.delete(tenantId);
    this.#redis.unsubscribe(channelOf(tenantId)).catch(() => {});
  }

  close(): void {
    clearInterval(this.#pulse);
    this.#redis.disconnect();
  }

  #subscribe(tenantId: string): Promise<unknown> {
    const standing = this.#redis.subscribe(channelOf(tenantId));
    this.#channels.set(tenantId, standing);
    return standing;
  }

  async #again(): Promise<void> {
    const first = !this.#connected;
    this.#connected = true;
    try {
      await Promise.all([...this.#channels.keys()].map((tenantId) => this.#subscribe(tenantId)));
      if (!first) this.#calls.gap();
    } catch (error) {
      sayError('realtime', error as Error);
      this.#redis.disconnect(true);
    }
  }

  // A line that died without a word: the next packet would otherwise be missed for hours.
  async #ping(): Promise<void> {
    if (this.#redis.status !== 'ready') return;
    await this.#redis.ping().catch(() => this.#redis.disconnect(true));
  }
}

/** A channel that doesn't stand at the moment. */
const NEVER = Promise.resolve('never');
