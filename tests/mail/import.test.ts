import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { receiptBoard } from '#lib/accounts/board.ts';
import { inTenant } from '#lib/db/scope.ts';
import { letter, letters, newId } from '../support/letters.ts';
import { db, endLeases, endWorlds, type MailWorld, newMailWorld, until } from '../support/mail-world.ts';
import { folderOf, incidentsOf, line, pullAll } from '../support/pulling.ts';
import { killedItself, runWorker, stopWorkers } from '../support/worker-process.ts';

/*
 * Mail from before our time (decision 014): taken in beside the new mail, never in front of it.
 *
 * | what happens                                          | promise                                                       |
 * |-------------------------------------------------------|---------------------------------------------------------------|
 * | an account begins with an import date                 | the newest 200 at once, the rest oldest first, with progress  |
 * | new mail while the import runs                        | is stored before the next slice, and read before what waits   |
 * | the worker is killed in the middle, twice             | goes on where it stood; each mail once                        |
 * | old mail                                              | 対応終了 (自動), no wait; what was answered in Sent too         |
 * | recent mail without an answer                         | 新着, waiting since it came                                    |
 */
beforeAll(stopWorkers);
afterEach(async () => {
  await stopWorkers();
  await endWorlds();
});

const COUNT = process.env.MG_LONG ? 3000 : 800;
const DAY = 86_400_000;
const daysAgo = (n: number) => new Date(Date.now() - n * DAY);

/** A company that begins with mail since so many days; its account was made just now. */
async function begunWorld(sinceDays: number): Promise<MailWorld> {
  const world = await newMailWorld({ smtpPort: 1 });
  await db.$executeRaw`
    UPDATE mail_account SET import_since = now() - make_interval(days => ${sinceDays}::integer) WHERE id = ${world.accountId}::uuid`;
  return world;
}

/** As many old mails as the suite takes, one an hour up to ten days ago, in the order they came. */
async function fill(world: MailWorld, count = COUNT): Promise<void> {
  const mails = letters(count, '以前').map((raw, n) => ({
    raw,
    at: new Date(daysAgo(10).getTime() - (count - n) * 3_600_000),
  }));
  await world.dovecot.append(world.address, mails);
}

const stored = async (world: MailWorld) => (await world.inbound()).map((mail) => Number(mail.uid));

describe('an import', () => {
  it('brings the newest at once and the rest oldest first, and lets new mail pass', async () => {
    const world = await begunWorld(400);
    await fill(world);
    const { look, receive, end } = await line(world);
    expect(await look()).toBe(true);
    const older = COUNT - 200;
    const first = await stored(world);
    expect(first.slice(-200)).toEqual(Array.from({ length: 200 }, (_, n) => older + n + 1));
    expect(first.slice(0, -200)).toEqual(Array.from({ length: first.length - 200 }, (_, n) => n + 1));
    expect(await folderOf(world)).toMatchObject({ importTotal: older, importDone: first.length - 200 });
    const admin = { ...world.agent, roles: ['admin'] as const };
    const [row] = await inTenant({ tenantId: world.tenantId, actor: admin }, receiptBoard);
    expect(row?.import).toEqual({ done: first.length - 200, total: older });
    await world.deliver(letter({ subject: '新着' }));
    await look();
    expect(await stored(world)).toContain(COUNT + 1);
    expect((await stored(world)).length).toBeLessThanOrEqual(COUNT + 1);
    await receive();
    const [newest] = (await world.messages()).filter((message) => message.subject === '新着');
    const [anyOld] = await world.messages();
    expect(newest?.recordedAt.getTime()).toBeLessThanOrEqual(anyOld?.recordedAt.getTime() ?? 0);
    while (await look());
    await receive();
    expect(await stored(world)).toEqual(Array.from({ length: COUNT + 1 }, (_, n) => n + 1));
    expect(new Set((await world.messages()).map((message) => message.messageIdHeader)).size).toBe(COUNT + 1);
    expect(await folderOf(world)).toMatchObject({ importDone: older, serverCount: COUNT + 1, missingCount: 0 });
    expect(await incidentsOf(world)).toEqual([]);
    await end();
  }, 300_000);

  it('that is killed twice in the middle goes on where it stood, each mail once', async () => {
    const world = await begunWorld(400);
    await fill(world, 600);
    for (const failpoint of ['after-raw-store:3', 'after-raw-store:2']) {
      await killedItself(await runWorker({ failpoint }));
      await endLeases();
    }
    expect((await world.inbound()).length).toBeLessThan(600);
    await world.deliver(letter({ subject: '新着' }));
    await runWorker();
    await until(async () => expect(await world.messages()).toHaveLength(601), 120_000);
    expect(await stored(world)).toEqual(Array.from({ length: 601 }, (_, n) => n + 1));
    expect(new Set((await world.inbound()).map((mail) => mail.state))).toEqual(new Set(['done']));
    expect(await world.conversations()).toHaveLength(601);
    expect(await world.flags()).toEqual([]);
  }, 180_000);
});

describe('what is imported', () => {
  it('is history when it is old or answered in Sent, and work when it is recent', async () => {
    const world = await begunWorld(60);
    const [asked, answered] = [newId(), newId()];
    const from = (who: string) => `${who}@customer.example`;
    await world.dovecot.append(world.address, [
      { raw: letter({ subject: '古い', from: from('a') }), at: daysAgo(40) },
      { raw: letter({ subject: '答えた', from: from('b'), messageId: answered }), at: daysAgo(3) },
      { raw: letter({ subject: '待っている', from: from('c'), messageId: asked }), at: daysAgo(2) },
    ]);
    const answer = letter({ from: world.address, to: from('b'), inReplyTo: answered, subject: 'Re: 答えた' });
    await world.dovecot.append(world.address, [{ raw: answer, at: daysAgo(1) }], 'Sent');
    await pullAll(world);
    const cases = new Map((await world.conversations()).map((one) => [one.subject, one]));
    expect(cases.get('古い')).toMatchObject({ status: 'done', doneKind: 'auto', waitingSince: null });
    expect(cases.get('答えた')).toMatchObject({
      status: 'done',
      doneKind: 'auto',
      waitingSince: null,
      messageCount: 2,
    });
    const waiting = cases.get('待っている');
    expect(waiting).toMatchObject({ status: 'new', doneKind: null });
    expect(Math.abs((waiting?.waitingSince?.getTime() ?? 0) - daysAgo(2).getTime())).toBeLessThan(60_000);
    const events = await db.conversationEvent.findMany({ where: { tenantId: world.tenantId } });
    expect(
      new Set(events.filter((event) => event.type !== 'conversation.opened').map((event) => event.imported)),
    ).toEqual(new Set([true]));
  });

  it('comes back to work when its customer writes again', async () => {
    const world = await begunWorld(60);
    const old = newId();
    await world.dovecot.append(world.address, [{ raw: letter({ subject: '古い', messageId: old }), at: daysAgo(20) }]);
    await pullAll(world);
    expect(await world.conversations()).toMatchObject([{ status: 'done' }]);
    await world.deliver(letter({ subject: 'Re: 古い', inReplyTo: old }));
    await pullAll(world);
    expect(await world.conversations()).toMatchObject([{ status: 'doing', messageCount: 2 }]);
  });
});
