import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Sink } from '../../bin/support/servers.mjs';
import { letters } from '../support/letters.ts';
import { ownSink } from '../support/mail.ts';
import { endLeases, endWorlds, type MailWorld, newMailWorld, until } from '../support/mail-world.ts';
import { messageIdsAt } from '../support/sink-counts.ts';
import { killWorker, runWorker, stopWorkers } from '../support/worker-process.ts';

/*
 * Two worker processes and one mailbox (architecture.md 4.1, 11):
 *
 * | promise                                                              |                                                |
 * |----------------------------------------------------------------------|------------------------------------------------|
 * | 200 mails that come while both run                                   | each a conversation of its own, numbered once  |
 * | the account                                                          | one owner, one IMAP session                    |
 * | the owner killed while mail comes                                    | the other goes on; nothing lost, nothing twice |
 * | answers that both are rung for                                       | each at the sink once, in Sent once            |
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

async function expectEachOnce(world: MailWorld, count: number): Promise<void> {
  await until(async () => expect(await world.messages()).toHaveLength(count), 60_000);
  const messages = await world.messages();
  expect(new Set(messages.map((message) => message.messageIdHeader)).size).toBe(count);
  expect(await world.dovecot.count(world.address)).toBe(count);
  const numbers = (await world.conversations()).map((c) => c.number);
  expect(numbers).toEqual(Array.from({ length: count }, (_, n) => n + 1));
  expect((await world.inbound()).every((mail) => mail.state === 'done')).toBe(true);
}

/** Whose account it is, as the process id in the lease's owner. */
async function ownerPid(world: MailWorld): Promise<number> {
  return Number((await world.account()).leaseOwner?.split('.').at(-1) ?? 0);
}

describe('two workers at one mailbox', () => {
  it('take in 200 mails once each, with one owner and one session at the server', async () => {
    const world = await newMailWorld({ smtpPort: sink.smtpPort });
    const workers = await Promise.all([runWorker(), runWorker()]);
    await until(async () => expect((await world.account()).lastSuccessAt).not.toBeNull());
    const owner = await ownerPid(world);
    expect(workers.map((worker) => worker.pid)).toContain(owner);
    const all = letters(200);
    await Promise.all([world.append(all.slice(0, 90)), world.append(all.slice(90, 180))]);
    for (const raw of all.slice(180)) await world.deliver(raw);
    await expectEachOnce(world, 200);
    expect(await ownerPid(world)).toBe(owner);
    expect(await world.dovecot.sessionPids(world.address)).toHaveLength(1);
  });

  it('go on as one when the owner is killed in the middle', async () => {
    const world = await newMailWorld({ smtpPort: sink.smtpPort });
    const workers = await Promise.all([runWorker(), runWorker()]);
    await until(async () => expect((await world.account()).lastSuccessAt).not.toBeNull());
    const owner = await ownerOf(world, workers);
    const all = letters(60);
    await world.append(all.slice(0, 30));
    await until(async () => expect((await world.inbound()).length).toBeGreaterThan(0));
    await killWorker(owner);
    await world.append(all.slice(30));
    await endLeases();
    await expectEachOnce(world, 60);
    expect(await ownerPid(world)).not.toBe(owner.pid);
    expect(workers.map((worker) => worker.pid)).toContain(await ownerPid(world));
  });

  it('send each answer once and file each copy once', async () => {
    const world = await newMailWorld({ smtpPort: sink.smtpPort });
    await Promise.all([runWorker(), runWorker()]);
    await world.append(letters(20));
    await until(async () => expect(await world.conversations()).toHaveLength(20));
    for (const { id } of await world.conversations()) await world.reply(id);
    await until(async () => {
      for (const { state, filed } of await world.deliveries())
        expect({ state, filed }).toEqual({ state: 'sent', filed: 'done' });
    });
    const arrived = messageIdsAt(sink);
    expect(arrived.size).toBe(20);
    expect([...arrived.values()].every((times) => times === 1)).toBe(true);
    expect(await world.dovecot.count(world.address, 'Sent')).toBe(20);
  });
});

async function ownerOf<W extends { pid: number }>(world: MailWorld, workers: readonly W[]): Promise<W> {
  const pid = await ownerPid(world);
  const owner = workers.find((worker) => worker.pid === pid);
  if (!owner) throw new Error(`Nobody of ours owns the account, but ${pid}.`);
  return owner;
}
