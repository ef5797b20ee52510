import { Redis } from 'ioredis';
import { afterAll, expect, it, vi } from 'vitest';
import '../support/database.ts';
import { newId } from '#lib/ids.ts';
import { closeQueue } from '#lib/queue/index.ts';
import { closeRealtime, publish, type RealtimeEvent, redisAnswers, subscribe } from '#lib/realtime/index.ts';

const admin = new Redis(process.env.REDIS_URL ?? '');

afterAll(async () => {
  closeRealtime();
  await closeQueue();
  admin.disconnect();
});

const event = (): RealtimeEvent => ({ type: 'conversation', id: newId(), mailboxId: newId(), version: 3 });

async function listenTo(tenantId: string) {
  const events: RealtimeEvent[] = [];
  const gap = vi.fn();
  const leave = await subscribe(tenantId, (one) => events.push(one), gap);
  return { events, gap, leave };
}

it('hands an event to every listener of its tenant and to no other', async () => {
  const [tenant, other] = [newId(), newId()];
  const [a, b, c] = [await listenTo(tenant), await listenTo(tenant), await listenTo(other)];
  const sent = event();
  await publish(tenant, sent);
  await vi.waitFor(() => expect([a.events, b.events]).toEqual([[sent], [sent]]), 5000);
  expect(c.events).toEqual([]);
  for (const { leave } of [a, b, c]) leave();
});

it('says nothing to who has left, and drops what is no event', async () => {
  const tenant = newId();
  const [gone, stays] = [await listenTo(tenant), await listenTo(tenant)];
  gone.leave();
  await admin.publish(`mg.rt.${tenant}`, '{"type":"conversation","subject":"secret"}');
  await admin.publish(`mg.rt.${tenant}`, 'not json');
  const sent = event();
  await publish(tenant, sent);
  await vi.waitFor(() => expect(stays.events).toEqual([sent]), 5000);
  expect(gone.events).toEqual([]);
  stays.leave();
});

it('subscribes again after its connection was cut, says that there was a gap, and hears what comes then', async () => {
  const tenant = newId();
  const { events, gap, leave } = await listenTo(tenant);
  await admin.call('CLIENT', 'KILL', 'TYPE', 'pubsub');
  await vi.waitFor(() => expect(gap).toHaveBeenCalledOnce(), 5000);
  const sent = event();
  await publish(tenant, sent);
  await vi.waitFor(() => expect(events).toEqual([sent]), 5000);
  leave();
});

it('never throws when Redis is away, and says so to whoever asks', async () => {
  await closeQueue();
  const url = process.env.REDIS_URL;
  process.env.REDIS_URL = 'redis://127.0.0.1:1/0';
  await publish(newId(), event());
  expect(await redisAnswers()).toBe(false);
  await closeQueue();
  process.env.REDIS_URL = url;
  expect(await redisAnswers()).toBe(true);
});
