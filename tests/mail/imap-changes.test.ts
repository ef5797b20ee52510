import { readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { accountIncidents } from '#lib/accounts/incidents.ts';
import { readBlob } from '#lib/blobs/index.ts';
import { inTenant } from '#lib/db/scope.ts';
import type { Sink } from '../../bin/support/servers.mjs';
import { letter, letters, letterWithFile, newId } from '../support/letters.ts';
import { ownSink } from '../support/mail.ts';
import { db, endWorlds, type MailWorld, newMailWorld, until } from '../support/mail-world.ts';
import { folderOf, incidentsOf, line, pullAll } from '../support/pulling.ts';
import { anyWorker, stopWorkers } from '../support/worker-process.ts';

/*
 * The server's mailbox changes under us, and holds mail that is hard to take (architecture.md 4):
 *
 * | what happens                                                  | promise                                                  |
 * |---------------------------------------------------------------|----------------------------------------------------------|
 * | another UIDVALIDITY while we are down (restored, rebuilt)     | nothing doubled, also without Message-ID; new mail comes |
 * | another UIDVALIDITY while we listen                           | the same                                                 |
 * | twice in a row, and during a pull                             | the same; the cursor is right, the admin is told         |
 * | of a large folder                                             | what came meanwhile passes what is read again            |
 * | of a server that lost its dates                               | mail from before our time is history                     |
 * | mails expunged or moved at the server                         | our data stays, new mail comes                           |
 * | a mail of 60 MB                                               | a placeholder with sender and size; the next mail comes  |
 * | a mail between 1 and 50 MB                                    | whole, with its file, byte for byte                      |
 * | mails whose MIME is broken                                    | each visible, with its original; the next mail comes     |
 * | a mailbox of 5,000 mails (bin/test --long)                    | each once                                                |
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

const newWorld = () => newMailWorld({ smtpPort: sink.smtpPort });

async function subjects(world: MailWorld): Promise<string[]> {
  return (await world.messages()).map((message) => message.subject).sort();
}

const watched = (world: MailWorld) => until(async () => expect((await world.account()).lastSuccessAt).not.toBeNull());

/** As after a crash of the mail server's disk: its indexes and UIDs are made anew from the files. */
async function loseIndexes({ dovecot, address }: MailWorld): Promise<void> {
  const uidValidity = () => dovecot.doveadm('mailbox', 'status', '-u', address, 'uidvalidity', 'INBOX');
  const before = await uidValidity();
  const maildir = path.join(dovecot.folder, 'home', address, 'Maildir');
  await until(async () => {
    // A session that is still closing could write its own view of them back; who is no longer listed may still be writing.
    expect(await dovecot.sessionPids(address)).toEqual([]);
    // Dovecot takes the clock's second for a new UIDVALIDITY: another one than the mailbox was made in.
    await new Promise((resolve) => setTimeout(resolve, 1100));
    const names = (await readdir(maildir)).filter((name) => name.startsWith('dovecot'));
    for (const name of names) await rm(path.join(maildir, name), { recursive: true, force: true });
    expect(await uidValidity()).not.toBe(before);
  });
}

const withoutIdAndDate = 'From: form@shop.example\r\nSubject: 無印\r\n\r\n番号も日付もない\r\n';

describe('another UIDVALIDITY', () => {
  it.each([
    ['given by the administrator', (world: MailWorld) => world.dovecot.setUidValidity(world.address, 777_777)],
    ['after the indexes were lost', loseIndexes],
  ])('%s, while no worker runs: nothing is doubled, and what came meanwhile arrives', async (_how, change) => {
    const world = await newWorld();
    await world.append([...letters(3), withoutIdAndDate]);
    await anyWorker();
    const before = ['注文 1', '注文 2', '注文 3', '無印'];
    await until(async () => expect(await subjects(world)).toEqual(before));
    await stopWorkers();
    const [validity] = new Set((await world.inbound()).map((mail) => mail.uidValidity));
    await change(world);
    await world.deliver(letter({ subject: '新着' }));
    await anyWorker();
    await until(async () => expect(await subjects(world)).toEqual([...before.slice(0, 3), '新着', '無印'].sort()));
    await until(async () => expect((await world.inbound()).some((mail) => mail.state === 'pending')).toBe(false));
    const again = (await world.inbound()).filter((mail) => mail.uidValidity !== validity);
    expect(again.map((mail) => mail.state).sort()).toEqual(['done', ...Array(4).fill('duplicate')]);
    expect(await world.conversations()).toHaveLength(5);
  });

  it('while the worker listens: nothing is doubled, new mail arrives, answers in Sent aren’t taken in twice', async () => {
    const world = await newWorld();
    const messageId = newId();
    await world.append([letter({ subject: '質問', messageId })]);
    await anyWorker();
    await until(async () => expect(await world.messages()).toHaveLength(1));
    const answer = { subject: '回答', from: world.address, to: 'hanako@customer.example', inReplyTo: messageId };
    await world.append([letter(answer)], 'Sent');
    await world.deliver(letter({ subject: '別件' }));
    await until(async () => expect(await subjects(world)).toEqual(['別件', '回答', '質問'].sort()));
    await world.dovecot.setUidValidity(world.address, 888_888);
    await world.dovecot.setUidValidity(world.address, 999_999, 'Sent');
    await world.dovecot.kick(world.address);
    await world.deliver(letter({ subject: '新着' }));
    await until(async () => expect(await subjects(world)).toEqual(['別件', '回答', '新着', '質問'].sort()));
    const duplicates = async () => (await world.inbound()).filter((mail) => mail.state === 'duplicate');
    await until(async () => expect(await duplicates()).toHaveLength(3));
    expect(await world.conversations()).toHaveLength(3);
  });
});

describe('another UIDVALIDITY, seen closely', () => {
  it('twice in a row, also while a pull is under way: nothing is doubled, the cursor is right, the admin is told', async () => {
    await stopWorkers();
    const world = await newWorld();
    await world.append([...letters(30), withoutIdAndDate]);
    const { look, receive, end } = await line(world);
    await look();
    await receive();
    const first = Number((await folderOf(world)).uidValidity);
    await world.dovecot.setUidValidity(world.address, 777_001);
    await world.deliver(letter({ subject: '新着 1' }));
    await end();
    const second = await line(world);
    const looking = second.look();
    await world.dovecot.setUidValidity(world.address, 777_002);
    await looking.catch(() => {});
    await second.end();
    await world.deliver(letter({ subject: '新着 2' }));
    await pullAll(world);
    const expected = [...letters(30).map((_, n) => `注文 ${n + 1}`), '新着 1', '新着 2', '無印'].sort();
    expect(await subjects(world)).toEqual(expected);
    expect(await world.conversations()).toHaveLength(33);
    expect((await world.inbound()).some((mail) => mail.state === 'pending')).toBe(false);
    expect(await folderOf(world)).toMatchObject({
      ...{ uidValidity: 777_002n, lastUid: 33n, serverCount: 33, keptCount: 33, missingCount: 0 },
    });
    const told = (await incidentsOf(world)).map(([kind, data]) => [kind, data]);
    expect(told[0]).toMatchObject(['uidvalidity-changed', { folder: 'INBOX', before: first }]);
    expect(told.at(-1)).toMatchObject(['uidvalidity-changed', { now: 777_002 }]);
    const admin = { ...world.agent, roles: ['admin'] as const };
    const [last] = await inTenant({ tenantId: world.tenantId, actor: admin }, (scope) =>
      accountIncidents(scope, world.accountId),
    );
    expect(last?.readAgain).toMatchObject({ waiting: 0 });
    expect((last?.readAgain?.known ?? 0) + (last?.readAgain?.added ?? 0)).toBeGreaterThanOrEqual(32);
  });

  it('of a large folder lets what came while we were down pass what is read again', async () => {
    await stopWorkers();
    const world = await newWorld();
    await world.append(letters(320));
    await pullAll(world);
    await world.dovecot.setUidValidity(world.address, 777_003);
    await world.deliver(letter({ subject: '新着' }));
    const { look, receive, end } = await line(world);
    await look();
    await receive();
    expect(await subjects(world)).toContain('新着');
    while (await look());
    await receive();
    await end();
    expect(await world.conversations()).toHaveLength(321);
    expect((await world.inbound()).filter((mail) => mail.state === 'duplicate')).toHaveLength(320);
  });
});

it('another UIDVALIDITY of a server that lost its dates brings no flood: what was written before our time is history', async () => {
  await stopWorkers();
  const world = await newWorld();
  await db.$executeRaw`UPDATE mail_account SET import_since = NULL WHERE id = ${world.accountId}::uuid`;
  const written = (date: string, raw: string) => raw.replace(/^Date: .*$/m, `Date: ${date}`);
  const old = letters(3, '昔').map((raw) => written('Mon, 06 Apr 2020 10:00:00 +0900', raw));
  await world.append(old);
  await pullAll(world);
  const known = letter({ subject: '知っている' });
  await world.deliver(known);
  await pullAll(world);
  expect(await subjects(world)).toEqual(['知っている']);
  await world.dovecot.expunge(world.address, 'INBOX', 'all');
  await world.append([...old, known, letter({ subject: '新着' })]);
  await world.dovecot.setUidValidity(world.address, 777_004);
  await pullAll(world);
  const cases = (await world.conversations()).map(({ subject, status, doneKind }) => [subject, status, doneKind]);
  expect(cases.sort()).toEqual(
    [...[1, 2, 3].map((n) => [`昔 ${n}`, 'done', 'auto']), ['新着', 'new', null], ['知っている', 'new', null]].sort(),
  );
  const first = (await world.messages()).find((message) => message.subject === '昔 1');
  expect(first?.occurredAt).toEqual(new Date('2020-04-06T01:00:00Z'));
  // What comes afterwards is a customer who waits, whatever year his clock says.
  await world.deliver(written('Mon, 06 Apr 2020 10:00:00 +0900', letter({ subject: '時計の狂い' })));
  await pullAll(world);
  const late = (await world.conversations()).find((conversation) => conversation.subject === '時計の狂い');
  expect([late?.status, late?.doneKind]).toEqual(['new', null]);
});

describe('what the server does with old mail', () => {
  it('expunging and moving leaves ours as it is, and new mail comes', async () => {
    const world = await newWorld();
    await world.append(letters(6));
    await anyWorker();
    await until(async () => expect(await world.messages()).toHaveLength(6));
    const before = await world.messages();
    await world.dovecot.createMailbox(world.address, '済');
    await world.dovecot.doveadm('move', '-u', world.address, '済', 'mailbox', 'INBOX', 'uid', '2:3');
    await world.dovecot.expunge(world.address, 'INBOX', 'uid', '4:6');
    await world.deliver(letter({ subject: '新着' }));
    await until(async () => expect(await subjects(world)).toContain('新着'));
    expect((await world.messages()).filter((message) => message.subject !== '新着')).toEqual(before);
    expect(await world.conversations()).toHaveLength(7);
    expect(await world.dovecot.count(world.address)).toBe(2);
  });
});

describe('mail that is hard to take', () => {
  it('of 60 MB is a placeholder that says who wrote, and the account goes on', async () => {
    const world = await newWorld();
    await anyWorker();
    await watched(world);
    const huge = letterWithFile(45_000_000, '大きすぎる添付');
    expect(huge.length).toBeGreaterThan(60_000_000);
    await world.append([huge]);
    await world.deliver(letter({ subject: '次' }));
    await until(async () => expect(await subjects(world)).toEqual(['大きすぎる添付', '次'].sort()));
    const [inbound] = await world.inbound();
    const [placeholder] = (await world.messages()).filter((message) => message.subject === '大きすぎる添付');
    expect(inbound).toMatchObject({ state: 'failed', reason: `too-large:${inbound?.size}` });
    expect(placeholder).toMatchObject({
      parseError: inbound?.reason,
      fromAddress: 'hanako@customer.example',
      text: '',
    });
    expect((await world.conversations()).map((c) => c.status)).toEqual(['new', 'new']);
    expect(await world.dovecot.count(world.address)).toBe(2);
    expect(await world.account()).toMatchObject({ failures: 0 });
  });

  it('between 1 and 50 MB arrives whole, with its file', async () => {
    const world = await newWorld();
    await anyWorker();
    await watched(world);
    await world.append([letterWithFile(1_200_000, '中'), letterWithFile(30_000_000, '大')]);
    await until(async () => expect(await subjects(world)).toEqual(['中', '大'].sort()), 60_000);
    const files = await db.attachment.findMany({ where: { tenantId: world.tenantId }, orderBy: { size: 'asc' } });
    expect(files.map((file) => Number(file.size))).toEqual([1_200_000, 30_000_000]);
    for (const { sha256, size } of files) {
      const bytes = await readBlob(world.tenantId, sha256);
      expect(bytes.equals(Buffer.alloc(Number(size), 'madoguchi'))).toBe(true);
    }
    expect((await world.messages()).map((message) => message.parseError)).toEqual([null, null]);
  });

  it('with broken MIME is visible, and blocks nobody', async () => {
    const world = await newWorld();
    const head = (subject: string) => `From: a@customer.example\r\nSubject: ${subject}\r\nMIME-Version: 1.0\r\n`;
    await world.append([
      `${head('境界なし')}Content-Type: multipart/mixed\r\n\r\n--x\r\n\r\n本文\r\n`,
      `${head('閉じない')}Content-Type: multipart/mixed; boundary="x"\r\n\r\n--x\r\nContent-Type: text/plain\r\n\r\n本文\r\n`,
      `${head('壊れたbase64')}Content-Transfer-Encoding: base64\r\n\r\n%%%%&&&&\r\n`,
      Buffer.concat([Buffer.from(`${head('バイナリ')}\r\n`), Buffer.from([0, 255, 254, 0, 13, 10, 27, 36, 66, 128])]),
      '\r\n',
      letter({ subject: '普通' }),
    ]);
    await anyWorker();
    await until(async () => expect(await world.messages()).toHaveLength(6));
    expect(await subjects(world)).toEqual(['', 'バイナリ', '境界なし', '壊れたbase64', '普通', '閉じない'].sort());
    expect((await world.messages()).every((message) => message.rawSha256 !== null)).toBe(true);
    expect((await world.inbound()).some((mail) => mail.state === 'pending')).toBe(false);
    expect(await world.conversations()).toHaveLength(6);
  });
});

// Five minutes of two cores: only bin/test --long asks for it.
if (process.env.MG_LONG) {
  it('takes in 5,000 mails once each', async () => {
    const world = await newWorld();
    await world.append(letters(5000));
    await anyWorker();
    await until(async () => expect(await world.conversations()).toHaveLength(5000), 600_000);
    const ids = (await world.messages()).map((message) => message.messageIdHeader);
    expect(new Set(ids).size).toBe(5000);
    expect((await world.inbound()).every((mail) => mail.state === 'done')).toBe(true);
    expect(await world.flags()).toEqual([]);
  }, 900_000);
}
