import { log } from '#lib/log.ts';
import { type RealtimeEvent, realtimeEvent, tenantOf } from '#lib/realtime/event.ts';
import { Subscriber } from '#lib/realtime/subscriber.ts';

type Listener = { onEvent: (event: RealtimeEvent) => void; onGap: () => void };

const listeners = new Map<string, Set<Listener>>();
let subscriber: Subscriber | undefined;

/**
 * Calls `onEvent` for each event of this tenant from the moment the promise resolves, and `onGap` whenever events may
 * have been missed (Redis was away): whoever listens reads anew then. One Redis connection serves the whole process.
 * @returns what ends it
 * @throws Unavailable when Redis doesn't answer within 2 s; nothing is subscribed then
 */
export async function subscribe(
  tenantId: string,
  onEvent: (event: RealtimeEvent) => void,
  onGap: () => void,
): Promise<() => void> {
  const listener = { onEvent, onGap };
  const all = listeners.get(tenantId) ?? new Set();
  listeners.set(tenantId, all.add(listener));
  const leave = () => void remove(tenantId, listener);
  try {
    subscriber ??= new Subscriber({ message: deliver, gap: tellGap });
    await subscriber.join(tenantId);
  } catch (error) {
    leave();
    throw error;
  }
  return leave;
}

function remove(tenantId: string, listener: Listener): void {
  const all = listeners.get(tenantId);
  if (!all?.delete(listener) || all.size > 0) return;
  listeners.delete(tenantId);
  subscriber?.leave(tenantId);
}

function deliver(channel: string, text: string): void {
  const event = read(text);
  if (!event) {
    log.warn('realtime.unreadable', { channel });
    return;
  }
  for (const listener of listeners.get(tenantOf(channel)) ?? []) safely(() => listener.onEvent(event));
}

function read(text: string): RealtimeEvent | null {
  try {
    return realtimeEvent.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

function tellGap(): void {
  for (const all of listeners.values()) for (const listener of all) safely(() => listener.onGap?.());
}

// One browser's trouble is no other browser's.
function safely(call: () => void): void {
  try {
    call();
  } catch (error) {
    log.error('realtime.listener-failed', { error });
  }
}

/** Ends the connection of this process (shutdown, tests). */
export function closeRealtime(): void {
  subscriber?.close();
  subscriber = undefined;
  listeners.clear();
}
