import { afterEach, beforeAll, expect, it } from 'vitest';
import { letter, letters } from '../support/letters.ts';
import { endLeases, endPauses, endWorlds, type MailWorld, newMailWorld, until } from '../support/mail-world.ts';
import { killWorker, runWorker, stopWorkers } from '../support/worker-process.ts';

/*
 * Two workers, one mailbox, and a power cut at any moment: a seeded die says which of the two is killed (-9) and when, while
 * half of the mail lies there from before and the other half comes in. In the end each mail is there exactly once, counted at
 * Dovecot. bin/test --long takes 5,000 mails and more kills; MG_SEED repeats a run.
 */
const COUNT = process.env.MG_LONG ? 5000 : 400;
const KILLS = process.env.MG_LONG ? 24 : 8;
const SEED = Number(process.env.MG_SEED ?? 20_261_122);

beforeAll(stopWorkers);
afterEach(async () => {
  await stopWorkers();
  await endWorlds();
});

/** A die that falls the same way for the same seed (mulberry32). */
function dieOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

it(`takes in ${COUNT} mails once each, with ${KILLS} kills at random`, async () => {
  const die = dieOf(SEED);
  const world = await newMailWorld({ smtpPort: 1 });
  const all = letters(COUNT);
  await world.append(all.slice(0, COUNT / 2));
  const pair = [await runWorker(), await runWorker()];
  const arriving = arrive(world, all.slice(COUNT / 2), die);
  for (let kill = 0; kill < KILLS; kill += 1) {
    await pause(100 + die() * 1500);
    const at = die() < 0.5 ? 0 : 1;
    const victim = pair[at];
    if (victim) await killWorker(victim);
    // The dead one's leases are aged instead of awaited, now and then only after a while without anybody.
    if (die() < 0.7) await endLeases();
    pair[at] = await runWorker();
  }
  await arriving;
  await endLeases();
  await endPauses();
  await until(async () => expect(await world.messages()).toHaveLength(COUNT), 600_000);
  await expectEachOnce(world);
}, 1_200_000);

/** Some by one connection, some one by one as a provider delivers them. */
async function arrive(world: MailWorld, raws: string[], die: () => number): Promise<void> {
  for (let rest = raws; rest.length > 0; ) {
    const now = rest.slice(0, 1 + Math.floor((die() * raws.length) / 8));
    rest = rest.slice(now.length);
    if (now.length > 3) await world.append(now);
    else for (const raw of now) await world.deliver(raw);
    await pause(die() * 800);
  }
}

async function expectEachOnce(world: MailWorld): Promise<void> {
  expect(await world.dovecot.count(world.address)).toBe(COUNT);
  const messages = await world.messages();
  expect(new Set(messages.map((message) => message.messageIdHeader)).size).toBe(COUNT);
  const inbound = await world.inbound();
  expect(inbound).toHaveLength(COUNT);
  expect(new Set(inbound.map((mail) => mail.state))).toEqual(new Set(['done']));
  const numbers = (await world.conversations()).map((one) => one.number);
  expect(numbers).toHaveLength(COUNT);
  expect(new Set(numbers).size).toBe(COUNT);
  expect(await world.flags()).toEqual([]);
  // And it goes on: whoever is left takes the next one.
  await world.deliver(letter({ subject: '終わりの後' }));
  await until(async () => expect((await world.messages()).at(-1)?.subject).toBe('終わりの後'), 60_000);
}
