import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Redis } from 'ioredis';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import '../support/database.ts';
import { newId } from '#lib/ids.ts';
import { closeQueue, enqueue, startWorkers } from '#lib/queue/index.ts';

const tenantId = newId();
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

let workers: ReturnType<typeof startWorkers> | undefined;
const admin = new Redis(process.env.REDIS_URL ?? '');

afterEach(async () => {
  await workers?.close(1000);
  workers = undefined;
});

afterAll(async () => {
  await closeQueue();
  admin.disconnect();
});

/** A worker that writes down what it was rung for and takes `ms` for each. */
function listen(ms = 0) {
  const seen: { id: string; at: number }[] = [];
  let running = 0;
  let most = 0;
  workers = startWorkers({
    'mail.deliver': async ({ deliveryId }) => {
      running += 1;
      most = Math.max(most, running);
      seen.push({ id: deliveryId, at: Date.now() });
      await pause(ms);
      running -= 1;
    },
  });
  const of = (id: string) => seen.filter((one) => one.id === id);
  return { of, most: () => most };
}

const ring = (deliveryId: string, delayMs?: number) => enqueue('mail.deliver', { tenantId, deliveryId }, { delayMs });

describe('a doorbell', () => {
  it('rings again after it was answered', async () => {
    const { of } = listen();
    const id = newId();
    await ring(id);
    await vi.waitFor(() => expect(of(id)).toHaveLength(1), 5000);
    await pause(100);
    await ring(id);
    await vi.waitFor(() => expect(of(id)).toHaveLength(2), 5000);
  });

  it('rings once for many rings before it is answered, and once more for those while it is', async () => {
    const id = newId();
    for (let n = 0; n < 5; n += 1) await ring(id);
    const { of, most } = listen(400);
    await vi.waitFor(() => expect(of(id)).toHaveLength(1), 5000);
    for (let n = 0; n < 5; n += 1) await ring(id);
    await vi.waitFor(() => expect(of(id)).toHaveLength(2), 5000);
    await pause(700);
    expect(of(id)).toHaveLength(2);
    expect(most()).toBe(1);
  });

  it('waits as long as it was told, also when it was set while the job ran', async () => {
    const { of } = listen(300);
    const id = newId();
    const began = Date.now();
    await ring(id, 500);
    await vi.waitFor(() => expect(of(id)).toHaveLength(1), 5000);
    expect((of(id)[0]?.at ?? 0) - began).toBeGreaterThanOrEqual(490);
    await ring(id, 1000);
    await vi.waitFor(() => expect(of(id)).toHaveLength(2), 5000);
    expect((of(id)[1]?.at ?? 0) - (of(id)[0]?.at ?? 0)).toBeGreaterThanOrEqual(990);
  });

  it('is woken by a ring without delay', async () => {
    const { of } = listen();
    const id = newId();
    await ring(id, 60_000);
    await ring(id);
    await vi.waitFor(() => expect(of(id)).toHaveLength(1), 5000);
  });

  it('rings after a failure too', async () => {
    let calls = 0;
    workers = startWorkers({
      'mail.deliver': async () => {
        calls += 1;
        throw new Error('not today');
      },
    });
    const id = newId();
    await ring(id);
    await vi.waitFor(() => expect(calls).toBe(1), 5000);
    await pause(100);
    await ring(id);
    await vi.waitFor(() => expect(calls).toBe(2), 5000);
  });

  it('rings after Redis has lost everything, without a restart, even while a job ran', async () => {
    const { of } = listen(400);
    const id = newId();
    await ring(id);
    await vi.waitFor(() => expect(of(id)).toHaveLength(1), 5000);
    await admin.flushdb();
    await pause(600);
    await ring(id);
    await vi.waitFor(() => expect(of(id)).toHaveLength(2), 10_000);
  });

  it('is heard by another worker after the one that took it was killed', async () => {
    const script = `import { startWorkers } from '#lib/queue/index.ts';
      startWorkers({ 'mail.deliver': () => { console.log('taken'); return new Promise(() => {}); } });`;
    const child = spawn(process.execPath, ['--input-type=module-typescript', '-e', script]);
    const id = newId();
    await ring(id);
    await once(child.stdout, 'data');
    child.kill('SIGKILL');
    await ring(id);
    const { of } = listen();
    await vi.waitFor(() => expect(of(id).length).toBeGreaterThan(0), 25_000);
    await vi.waitFor(() => expect(of(id)).toHaveLength(2), 5000);
  }, 45_000);

  it('refuses anything but ids', async () => {
    await expect(enqueue('mail.deliver', { tenantId, deliveryId: 'x' })).rejects.toThrow();
    const content = { tenantId, deliveryId: newId(), subject: 'x' };
    await expect(enqueue('mail.deliver', content)).rejects.toThrow();
  });
});

it('gives up soon when Redis is away, and works again when it is back', async () => {
  await closeQueue();
  const url = process.env.REDIS_URL;
  process.env.REDIS_URL = 'redis://127.0.0.1:1/0';
  const began = Date.now();
  await expect(ring(newId())).rejects.toThrow();
  expect(Date.now() - began).toBeLessThan(2500);
  await closeQueue();
  process.env.REDIS_URL = url;
  await ring(newId());
});
