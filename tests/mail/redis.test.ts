import path from 'node:path';
import { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import { type Sink, startRedis } from '../../bin/support/servers.mjs';
import { letter, letters } from '../support/letters.ts';
import { ownSink } from '../support/mail.ts';
import { endLeases, endWorlds, type MailWorld, newMailWorld, until } from '../support/mail-world.ts';
import { messageIdsAt } from '../support/sink-counts.ts';
import { killedItself, runWorker, stopWorkers } from '../support/worker-process.ts';

/*
 * Redis is the doorbell and never the memory (architecture.md 6): whatever it loses, PostgreSQL knows.
 *
 * | what happens to Redis                             | promise                                                        |
 * |---------------------------------------------------|----------------------------------------------------------------|
 * | emptied between raw store and doorbell            | the mail is read; the next one arrives without any restart     |
 * | emptied under a worker that goes on running       | the next mail arrives within seconds                           |
 * | away for some seconds                             | mail is stored and read, answers go out, by the sweepers       |
 * | back again, empty                                 | the same worker hears doorbells again                          |
 */
let sink: Sink;
beforeAll(async () => {
  sink = await ownSink();
});
afterAll(() => sink.stop());
afterEach(async () => {
  await stopWorkers();
  await endWorlds();
  sink.clear();
});

async function flushAll(): Promise<void> {
  const redis = new Redis(process.env.REDIS_URL ?? '');
  await redis.flushall();
  redis.disconnect();
}

const watched = (world: MailWorld) => until(async () => expect((await world.account()).lastSuccessAt).not.toBeNull());

async function subjects(world: MailWorld): Promise<string[]> {
  return (await world.messages()).map((message) => message.subject).sort();
}

describe('Redis that loses everything', () => {
  it('between raw store and doorbell: the mail is read, and the next one arrives without a restart', async () => {
    const world = await newMailWorld({ smtpPort: sink.smtpPort });
    const owner = await runWorker({ failpoint: 'before-enqueue' });
    await watched(world);
    const other = await runWorker();
    await world.deliver(letter({ subject: '一' }));
    await killedItself(owner);
    await flushAll();
    expect((await world.inbound()).map((mail) => mail.state)).toEqual(['pending']);
    await endLeases();
    await until(async () => expect(await subjects(world)).toEqual(['一']));
    await world.deliver(letter({ subject: '二' }));
    await until(async () => expect(await subjects(world)).toEqual(['一', '二']));
    expect(other.hasExited()).toBeNull();
  });

  it('under a running worker: mail still arrives within seconds, answers still go out', async () => {
    const world = await newMailWorld({ smtpPort: sink.smtpPort });
    await runWorker();
    await watched(world);
    await world.deliver(letter({ subject: '一' }));
    await until(async () => expect(await subjects(world)).toEqual(['一']));
    await flushAll();
    await world.deliver(letter({ subject: '二' }));
    await until(async () => expect(await subjects(world)).toEqual(['一', '二']), 5000);
    await flushAll();
    const [conversation] = await world.conversations();
    await world.reply(conversation?.id ?? '');
    await until(() => expect(sink.mails()).toHaveLength(1));
  });
});

describe('Redis that is away', () => {
  it('for some seconds: mail is stored and read, answers go out, and afterwards the doorbell rings again', async () => {
    const folder = path.join(inject('servers').folder, 'redis-that-stops');
    const settings = { folder, password: 'pw', logFile: `${folder}.log` };
    const redis = await startRedis(settings);
    const world = await newMailWorld({ smtpPort: sink.smtpPort });
    const worker = await runWorker({ env: { REDIS_URL: redis.url() } });
    await watched(world);
    await world.append(letters(3, '前'));
    await until(async () => expect(await world.messages()).toHaveLength(3));

    await redis.process.stop();
    await world.append(letters(3, '間'));
    await until(async () => expect(await world.messages()).toHaveLength(6));
    // Each of them wakes the browsers in vain: a wait for Redis each would hold up what comes next for half a minute.
    await world.append(letters(20, '間'));
    await until(async () => expect(await world.messages()).toHaveLength(26));
    await world.append([letter({ subject: 'すぐ後' })]);
    await until(async () => expect(await subjects(world)).toContain('すぐ後'), 15_000);
    for (const { id } of (await world.conversations()).slice(0, 6)) await world.reply(id);
    await until(() => expect(sink.mails()).toHaveLength(6));
    expect([...messageIdsAt(sink).values()]).toEqual([1, 1, 1, 1, 1, 1]);

    const again = await startRedis({ ...settings, port: redis.port });
    expect(again.port).toBe(redis.port);
    const rung = new Redis(again.url());
    await until(async () => expect(await rung.client('LIST')).toContain('madoguchi-workers'));
    rung.disconnect();
    await world.append(letters(1, '後'));
    await until(async () => expect(await subjects(world)).toContain('後 1'));
    expect(worker.hasExited()).toBeNull();
    await stopWorkers();
    await again.process.stop();
  });
});
