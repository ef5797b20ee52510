import { readyRedis } from '#lib/queue/redis.ts';

export { type RealtimeEvent, realtimeEvent } from '#lib/realtime/event.ts';
export { publish } from '#lib/realtime/publish.ts';
export { closeRealtime, subscribe } from '#lib/realtime/subscribe.ts';

/** Whether Redis answers a PING now; within 3 s in any case. */
export async function redisAnswers(): Promise<boolean> {
  return readyRedis()
    .then((redis) => redis.ping())
    .then(
      () => true,
      () => false,
    );
}
