import { log } from '#lib/log.ts';
import { readyRedis } from '#lib/queue/redis.ts';
import { channelOf, type RealtimeEvent, realtimeEvent } from '#lib/realtime/event.ts';

/**
 * Tells every process that serves this tenant. Never throws: a lost message is made up for by the next read, so it is
 * logged and forgotten.
 */
export async function publish(tenantId: string, event: RealtimeEvent): Promise<void> {
  try {
    const redis = await readyRedis();
    await redis.publish(channelOf(tenantId), JSON.stringify(realtimeEvent.parse(event)));
  } catch (error) {
    log.warn('realtime.publish-failed', { tenantId, type: event.type, error });
  }
}
