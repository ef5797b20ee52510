import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { enqueue } from '#lib/queue/index.ts';
import type { Sink } from '../../bin/support/servers.mjs';
import { letter, newId } from '../support/letters.ts';
import { ownSink } from '../support/mail.ts';
import { db, endWorlds, type MailWorld, newMailWorld, until } from '../support/mail-world.ts';
import { incidentsOf, pullAll } from '../support/pulling.ts';
import { ScriptedImap } from '../support/scripted-imap.ts';
import { anyWorker, stopWorkers } from '../support/worker-process.ts';

/*
 * | what happens to the folder for sent mail while the worker listens | promise                                            |
 * |-------------------------------------------------------------------|----------------------------------------------------|
 * | renamed                                                           | customers' mail arrives; the folder is found, the  |
 * |                                                                   | answers in it count, once each                     |
 * | deleted                                                           | customers' mail arrives, the account stays healthy, |
 * |                                                                   | the server's own Sent is taken                     |
 * | a second one, by another mail program                             | its answers count, the copy in both once           |
 * | not known yet; gone for good                                      | found; an admin is told once                       |
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

const subjects = async (world: MailWorld) => (await world.messages()).map((message) => message.subject);

/** A company whose Sent folder has another name than the server's own, with its worker listening. */
async function listening(sentFolder: string): Promise<MailWorld> {
  // A worker that runs would take the account up under its first name.
  await stopWorkers();
  const world = await newMailWorld({ smtpPort: sink.smtpPort });
  await db.$executeRaw`UPDATE mail_account SET sent_folder = ${sentFolder} WHERE id = ${world.accountId}::uuid`;
  await world.dovecot.createMailbox(world.address, sentFolder);
  await anyWorker();
  const key = { tenantId: world.tenantId, accountId: world.accountId, folder: sentFolder };
  await until(async () =>
    expect(await db.mailFolder.findUnique({ where: { tenantId_accountId_folder: key } })).not.toBeNull(),
  );
  return world;
}

const look = ({ tenantId, accountId }: MailWorld) => enqueue('account.pull', { tenantId, accountId });
const sentFolder = async (world: MailWorld) => (await world.account()).sentFolder;

it('renamed: customers’ mail arrives, and each answer in it is taken in once', async () => {
  const world = await listening('控え');
  const messageId = newId();
  const answer = { from: world.address, to: 'hanako@customer.example', inReplyTo: messageId };
  await world.deliver(letter({ subject: '質問', messageId }));
  await until(async () => expect(await subjects(world)).toEqual(['質問']));
  await world.append([letter({ ...answer, subject: '回答 1' })], '控え');
  await look(world);
  await until(async () => expect(await subjects(world)).toContain('回答 1'));
  await world.dovecot.doveadm('mailbox', 'delete', '-u', world.address, 'Sent').catch(() => {});
  await world.dovecot.doveadm('mailbox', 'rename', '-u', world.address, '控え', 'Sent');
  await world.append([letter({ ...answer, subject: '回答 2' })], 'Sent');
  await world.deliver(letter({ subject: '次' }));
  await until(async () => expect(await subjects(world)).toContain('次'));
  await until(async () => expect(await sentFolder(world)).toBe('Sent'));
  await look(world);
  await until(async () => expect(await subjects(world)).toContain('回答 2'));
  expect((await world.inbound()).map((mail) => mail.state)).toEqual(Array(4).fill('done'));
  expect(await world.account()).toMatchObject({ failures: 0, lastErrorCode: null });
});

it('deleted: customers’ mail arrives, and the account stays healthy', async () => {
  const world = await listening('控え');
  await world.dovecot.doveadm('mailbox', 'delete', '-u', world.address, '控え');
  for (const subject of ['一', '二']) {
    await world.deliver(letter({ subject }));
    await until(async () => expect(await subjects(world)).toContain(subject));
  }
  await until(async () => expect(await sentFolder(world)).toBe('Sent'));
  expect(await world.account()).toMatchObject({ failures: 0, lastErrorCode: null });
});

it('made beside the server’s own by another mail program, with a Japanese name: answers in it count, once', async () => {
  await stopWorkers();
  const world = await newMailWorld({ smtpPort: sink.smtpPort });
  await world.dovecot.createMailbox(world.address, '送信済みアイテム');
  const messageId = newId();
  await world.append([letter({ subject: '質問', messageId })]);
  await pullAll(world);
  const answer = letter({ subject: '回答', from: world.address, to: 'hanako@customer.example', inReplyTo: messageId });
  await world.append([answer], '送信済みアイテム');
  await world.append([answer], 'Sent');
  await pullAll(world);
  expect(await subjects(world)).toEqual(['質問', '回答']);
  expect(await world.conversations()).toMatchObject([{ status: 'doing', waitingSince: null, messageCount: 2 }]);
  expect((await world.inbound()).map((mail) => mail.state).sort()).toEqual(['done', 'done', 'duplicate']);
  expect(await sentFolder(world)).toBe('Sent');
});

it('not known yet is found: the server’s own, also where it was made after the account', async () => {
  await stopWorkers();
  const world = await newMailWorld({ smtpPort: sink.smtpPort });
  await db.$executeRaw`UPDATE mail_account SET sent_folder = NULL WHERE id = ${world.accountId}::uuid`;
  await pullAll(world);
  expect(await sentFolder(world)).toBe('Sent');
});

it('gone for good: an admin is told once', async () => {
  await stopWorkers();
  const server = new ScriptedImap();
  const world = await newMailWorld({ smtpPort: sink.smtpPort });
  await db.$executeRaw`
    UPDATE mail_account SET imap_port = ${await server.listen()}::integer WHERE id = ${world.accountId}::uuid`;
  await pullAll(world);
  await pullAll(world);
  expect(await incidentsOf(world)).toEqual([['folder-missing', { folder: 'Sent' }]]);
  await server.close();
});
