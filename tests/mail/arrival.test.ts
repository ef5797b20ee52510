import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Sink } from '../../bin/support/servers.mjs';
import { letter, letters } from '../support/letters.ts';
import { ownSink } from '../support/mail.ts';
import { endPauses, endWorlds, type MailWorld, newMailWorld, until } from '../support/mail-world.ts';
import { anyWorker, stopWorkers } from '../support/worker-process.ts';

/*
 * What is promised of a mail's arrival (architecture.md 4.1), each seen at a real Dovecot and a real worker process:
 *
 * | promise                                                        | goal                                   |
 * |----------------------------------------------------------------|----------------------------------------|
 * | a delivered mail is a conversation                             | under 2 s (printed; asserted under 5)   |
 * | an answer put into Sent by another mail program is taken in    | at the next look                       |
 * | the server's mailbox isn't our state                           | no flag set, nothing deleted or moved  |
 * | mail that came while no worker ran                             | arrives after the start                |
 * | a cut or killed IDLE connection                                | nothing lost, the account goes on      |
 * | a wrong password                                               | words and failures, longer pauses; then |
 * |                                                                | corrected: healthy again, mail arrives |
 */
let sink: Sink;
beforeAll(async () => {
  sink = await ownSink();
});
afterAll(async () => {
  await stopWorkers();
  await sink.stop();
});
afterEach(endWorlds);

/** A company whose worker has connected and waits in IDLE. */
async function watchedWorld(): Promise<MailWorld> {
  const world = await newMailWorld({ smtpPort: sink.smtpPort });
  await anyWorker();
  await until(async () => expect((await world.account()).lastSuccessAt).not.toBeNull());
  return world;
}

async function subjects(world: MailWorld): Promise<string[]> {
  return (await world.messages()).map((message) => message.subject).sort();
}

describe('a mail on the server', () => {
  it('is a conversation within seconds, and stays on the server as it was', async () => {
    const world = await watchedWorld();
    const took: number[] = [];
    for (let n = 1; n <= 8; n += 1) {
      await world.deliver(letter({ subject: `到着 ${n}` }));
      const began = performance.now();
      await until(async () => expect(await world.conversations()).toHaveLength(n), 5000);
      took.push(Math.round(performance.now() - began));
      await new Promise((resolve) => setTimeout(resolve, 30 * n));
    }
    took.sort((a, b) => a - b);
    console.info(`arrival, ms from LMTP's answer to the conversation: ${took.join(' ')}`);
    expect(took[Math.floor(took.length / 2)]).toBeLessThan(5000);
    expect(await world.dovecot.count(world.address)).toBe(8);
    expect(await world.flags()).toEqual([]);
    const [conversation] = await world.conversations();
    expect(conversation).toMatchObject({ status: 'new', messageCount: 1, assigneeId: null });
    expect(conversation?.waitingSince).not.toBeNull();
  });

  it('doesn’t make the worker ask again and again while nothing comes', async () => {
    const world = await watchedWorld();
    await world.deliver(letter());
    await until(async () => expect(await world.messages()).toHaveLength(1));
    await new Promise((resolve) => setTimeout(resolve, 1000));
    const before = (await world.account()).lastPullAt;
    await new Promise((resolve) => setTimeout(resolve, 2000));
    expect((await world.account()).lastPullAt).toEqual(before);
  });

  it('that another mail program answered in Sent stops the wait, in its conversation', async () => {
    const world = await watchedWorld();
    const messageId = '<question@customer.example>';
    await world.deliver(letter({ messageId }));
    await until(async () => expect(await world.messages()).toHaveLength(1));
    const from = world.address;
    const answer = { from, to: 'hanako@customer.example', inReplyTo: messageId, text: '本日発送しました。' };
    await world.append([letter(answer)], 'Sent');
    await world.deliver(letter({ subject: '別の件' }));
    await until(async () => expect(await world.messages()).toHaveLength(3));
    const [answered] = await world.conversations();
    expect(answered).toMatchObject({ status: 'doing', messageCount: 2, waitingSince: null });
    expect(await world.events('message.imported_sent')).toHaveLength(1);
    expect(await world.dovecot.count(world.address, 'Sent')).toBe(1);
    expect(await world.flags('Sent')).toEqual([]);
  });

  it('that came while no worker ran arrives after the start', async () => {
    const world = await newMailWorld({ smtpPort: sink.smtpPort });
    await anyWorker();
    await until(async () => expect((await world.account()).lastSuccessAt).not.toBeNull());
    await stopWorkers();
    expect((await world.account()).leaseToken).toBeNull();
    for (const raw of letters(3, '留守')) await world.deliver(raw);
    await anyWorker();
    await until(async () => expect(await subjects(world)).toEqual(['留守 1', '留守 2', '留守 3']));
  });
});

describe('a connection that breaks', () => {
  it.each([
    ['cut by the server', (world: MailWorld) => world.dovecot.kick(world.address)],
    ['killed with its process', killSession],
  ])('%s is made again, and no mail is lost', async (_how, cut) => {
    const world = await watchedWorld();
    await world.deliver(letter({ subject: '前' }));
    await until(async () => expect(await subjects(world)).toEqual(['前']));
    await cut(world);
    await world.deliver(letter({ subject: '後 1' }));
    await until(async () => expect(await subjects(world)).toEqual(['前', '後 1']));
    await world.deliver(letter({ subject: '後 2' }));
    await until(async () => expect(await subjects(world)).toEqual(['前', '後 1', '後 2']));
    expect(await world.account()).toMatchObject({ failures: 0, lastErrorCode: null });
  });

  it('for a wrong password says so with the server’s words, rests longer each time, and recovers', async () => {
    const world = await newMailWorld({ smtpPort: sink.smtpPort, imapPassword: 'wrong' });
    await world.deliver(letter({ subject: '待っていた' }));
    await anyWorker();
    const failed = await until(async () => {
      const account = await world.account();
      expect(account).toMatchObject({ failures: 1, lastErrorCode: 'authentication', leaseToken: null });
      return account;
    });
    expect(failed.lastErrorWords).toMatch(/authentication failed/i);
    await endPauses();
    const again = await until(async () => {
      const account = await world.account();
      expect(account.failures).toBe(2);
      return account;
    });
    expect(pauseOf(again)).toBeGreaterThan(pauseOf(failed));
    await world.setPassword('pw');
    await endPauses();
    await until(async () => expect(await subjects(world)).toEqual(['待っていた']));
    // INBOX is read first: its mail is here before the look at Sent, after which the account counts as healthy.
    const healthy = { failures: 0, lastErrorCode: null, lastErrorWords: null };
    await until(async () => expect(await world.account()).toMatchObject(healthy));
  });
});

async function killSession(world: MailWorld): Promise<void> {
  for (const pid of await world.dovecot.sessionPids(world.address)) process.kill(pid, 'SIGKILL');
}

const pauseOf = ({ nextAttemptAt, lastPullAt }: { nextAttemptAt: Date; lastPullAt: Date | null }): number =>
  nextAttemptAt.getTime() - (lastPullAt?.getTime() ?? 0);
