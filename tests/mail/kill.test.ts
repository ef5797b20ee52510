import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { closeBoxes, receiveNow } from '#prisma/seed/inbox.ts';
import type { Sink } from '../../bin/support/servers.mjs';
import { letters } from '../support/letters.ts';
import { ownSink } from '../support/mail.ts';
import { db, endLeases, endPauses, endWorlds, type MailWorld, newMailWorld, until } from '../support/mail-world.ts';
import { messageIdsAt } from '../support/sink-counts.ts';
import { killedItself, runWorker, stopWorkers } from '../support/worker-process.ts';

/*
 * A worker that is killed (SIGKILL at a named place in the code) loses nothing and doubles nothing. Each kill leaves the
 * trace that proves where it struck; then another worker goes on. The leases of the dead one are aged instead of awaited.
 *
 * | killed                                         | what stands then           | how it ends                              |
 * |------------------------------------------------|----------------------------|------------------------------------------|
 * | before-enqueue, between commit and doorbell    | raw mail, no conversation  | every mail of the server exactly once    |
 * | after-raw-store, in the middle of a mailbox    | a part of the raw mail     | the same                                 |
 * | after-receive, later mail is still to come     | some conversations         | the same                                 |
 * | before-enqueue, then a reply                   | accepted, not yet filed    | at the sink once, in Sent once           |
 * | after-claim                                    | sending, nothing left us   | sent again by itself, at the sink once   |
 * | after-data-started                             | sending, body announced    | uncertain for good, at the sink 0 or 1   |
 * | after-settle                                   | sent                       | at the sink once, in Sent once           |
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

/** A worker dies at the fail-point; afterwards its leases are over and a healthy one goes on. */
async function dieAt(failpoint: string): Promise<() => Promise<void>> {
  await killedItself(await runWorker({ failpoint }));
  return async () => {
    await endLeases();
    await endPauses();
    await runWorker();
  };
}

/** Every mail on the server stands in the database exactly once, and nothing waits any more. */
async function expectEachOnce(world: MailWorld, count: number): Promise<void> {
  await until(async () => expect(await world.messages()).toHaveLength(count), 60_000);
  const messages = await world.messages();
  expect(await world.dovecot.count(world.address)).toBe(count);
  expect(new Set(messages.map((message) => message.messageIdHeader)).size).toBe(count);
  expect(await world.conversations()).toHaveLength(count);
  const inbound = await world.inbound();
  expect(inbound).toHaveLength(count);
  expect(inbound.map((mail) => mail.state)).toEqual(inbound.map(() => 'done'));
  expect(await world.flags()).toEqual([]);
}

describe('a worker killed while mail comes in', () => {
  it.each([
    ['before-enqueue', 'every mail stored, none read', { stored: 20, read: 0 }],
    ['after-raw-store', 'every mail stored, none read', { stored: 20 }],
    ['after-receive', 'every mail read', { stored: 20, read: 20 }],
  ])(
    '%s: each of 20 mails is there once',
    async (failpoint, _left, { stored, read }: { stored: number; read?: number }) => {
      const world = await newMailWorld({ smtpPort: sink.smtpPort });
      await world.append(letters(20));
      const goOn = await dieAt(failpoint);
      expect(await world.inbound()).toHaveLength(stored);
      if (read !== undefined) expect(await world.messages()).toHaveLength(read);
      await goOn();
      await expectEachOnce(world, 20);
    },
  );

  it('after-raw-store in the middle of a mailbox: what was not fetched yet comes too', async () => {
    const world = await newMailWorld({ smtpPort: sink.smtpPort });
    await world.append(letters(220));
    const goOn = await dieAt('after-raw-store:2');
    expect((await world.inbound()).length).toBe(200);
    await goOn();
    await expectEachOnce(world, 220);
  });

  it('after-receive, then again at the next start, while mail keeps coming', async () => {
    const world = await newMailWorld({ smtpPort: sink.smtpPort });
    await world.append(letters(10, '一'));
    await dieAt('after-receive');
    await endLeases();
    await world.append(letters(10, '二'));
    const goOn = await dieAt('after-raw-store');
    await world.append(letters(10, '三'));
    await goOn();
    await expectEachOnce(world, 30);
  });
});

/** Five customers have written, five answers wait to be sent; no worker runs. */
async function answeredWorld(): Promise<MailWorld> {
  const world = await newMailWorld({ smtpPort: sink.smtpPort });
  // All five at once: one that waits for a free line rings its own bell, and that isn't the bell meant here.
  await db.$executeRaw`UPDATE mail_account SET send_connections = 10, send_per_minute = 1000 WHERE id = ${world.accountId}::uuid`;
  await world.append(letters(5).map((raw, n) => raw.replace(/^From: .*/, `From: customer-${n}@customer.example`)));
  await receiveNow(world.tenantId, world.accountId, new Date());
  await closeBoxes();
  expect(await world.conversations()).toHaveLength(5);
  for (const [n, { id }] of (await world.conversations()).entries()) {
    await world.reply(id, { to: [`customer-${n}@customer.example`] });
  }
  return world;
}

/** All that a customer may get from us: each answer at most once, and exactly once where we say that it was sent. */
async function expectNoAnswerTwice(world: MailWorld): Promise<Record<string, number>> {
  await until(async () => {
    for (const { state } of await world.deliveries()) expect(['sent', 'uncertain']).toContain(state);
  }, 60_000);
  const arrived = messageIdsAt(sink);
  const messages = new Map((await world.messages()).map((message) => [message.id, message.messageIdHeader ?? '']));
  const states: Record<string, number> = {};
  for (const { state, messageId, dataStartedAt } of await world.deliveries()) {
    states[state] = (states[state] ?? 0) + 1;
    const times = arrived.get(messages.get(messageId) ?? '') ?? 0;
    if (state === 'sent') expect(times).toBe(1);
    else
      expect({ times: Math.max(times, 1), dataStarted: dataStartedAt !== null }).toEqual({
        times: 1,
        dataStarted: true,
      });
  }
  return states;
}

async function expectFiledOnce(world: MailWorld, sent: number): Promise<void> {
  await until(async () => {
    const filed = (await world.deliveries()).filter((delivery) => delivery.state === 'sent');
    expect(filed.map((delivery) => delivery.filed)).toEqual(filed.map(() => 'done'));
  }, 60_000);
  expect(await world.dovecot.count(world.address, 'Sent')).toBe(sent);
}

describe('a worker killed while answers go out', () => {
  it('after-claim: all five are sent once, by themselves', async () => {
    const world = await answeredWorld();
    const goOn = await dieAt('after-claim');
    expect((await world.deliveries()).map((delivery) => delivery.state)).toContain('sending');
    expect(sink.mails()).toHaveLength(0);
    await goOn();
    expect(await expectNoAnswerTwice(world)).toEqual({ sent: 5 });
    await expectFiledOnce(world, 5);
    expect((await world.conversations()).map((c) => c.status)).toEqual(['done', 'done', 'done', 'done', 'done']);
  });

  it('after-data-started: what had begun is uncertain and never sent again, the others arrive once', async () => {
    const world = await answeredWorld();
    const goOn = await dieAt('after-data-started');
    const begun = (await world.deliveries()).filter((delivery) => delivery.dataStartedAt !== null);
    expect(begun.length).toBeGreaterThan(0);
    expect(begun.map((delivery) => delivery.state)).toEqual(begun.map(() => 'sending'));
    await goOn();
    const states = await expectNoAnswerTwice(world);
    expect(states).toEqual({ uncertain: begun.length, ...(begun.length < 5 ? { sent: 5 - begun.length } : {}) });
    const before = sink.mails().length;
    await endLeases();
    await new Promise((resolve) => setTimeout(resolve, 3000));
    expect(sink.mails()).toHaveLength(before);
    const warned = (await world.conversations()).filter((c) => c.warning === 'uncertain');
    expect(warned.map((c) => c.status)).toEqual(begun.map(() => 'doing'));
    await expectFiledOnce(world, 5 - begun.length);
  });

  it('after-settle, the second one: each answer at most once, each sent one exactly once', async () => {
    const world = await answeredWorld();
    const goOn = await dieAt('after-settle:2');
    const sent = (await world.deliveries()).filter((delivery) => delivery.state === 'sent').length;
    expect(sent).toBeGreaterThanOrEqual(2);
    await goOn();
    const states = await expectNoAnswerTwice(world);
    expect(states.sent).toBeGreaterThanOrEqual(sent);
    await expectFiledOnce(world, states.sent ?? 0);
  });

  it('before-enqueue, between acceptance and the copy in Sent: the copy is filed once', async () => {
    const world = await answeredWorld();
    const goOn = await dieAt('before-enqueue');
    const accepted = (await world.deliveries()).filter((delivery) => delivery.state === 'sent');
    expect(accepted.length).toBeGreaterThan(0);
    expect(accepted.map((delivery) => delivery.filed)).toEqual(accepted.map(() => 'pending'));
    await goOn();
    const states = await expectNoAnswerTwice(world);
    await expectFiledOnce(world, states.sent ?? 0);
  });
});
