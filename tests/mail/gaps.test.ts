import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { accountIncidents } from '#lib/accounts/incidents.ts';
import { openQuarantined, quarantine, retryQuarantined } from '#lib/accounts/quarantine.ts';
import { blobSize, removeBlob } from '#lib/blobs/index.ts';
import { inTenant, type Scope } from '#lib/db/scope.ts';
import { letter, letters, letterWithFile } from '../support/letters.ts';
import { db, endWorlds, type MailWorld, newMailWorld } from '../support/mail-world.ts';
import { dueForComparison, folderOf, incidentsOf, line, pullAll } from '../support/pulling.ts';
import { stopWorkers } from '../support/worker-process.ts';

/*
 * What is compared with the server, and what is asked for again (architecture.md 4.1):
 *
 * | what stands                                              | promise                                                  |
 * |----------------------------------------------------------|----------------------------------------------------------|
 * | a UID below the cursor that was never stored             | fetched at the next comparison, once; the admin is told  |
 * | mail expunged or moved away at the server                | nothing to do, no trouble, counts are right              |
 * | mail moved in, or appended with an old date              | arrives                                                  |
 * | stored bytes that are lost                               | fetched again, in the placeholder's place                |
 * | mail over the cap, and the cap is raised                 | 再試行 takes it in, in the placeholder's place            |
 * | mail that is gone at the server when it is asked for     | stays in quarantine, with the reason                     |
 */
beforeAll(stopWorkers);
afterEach(async () => {
  vi.unstubAllEnvs();
  await endWorlds();
});

const newWorld = () => newMailWorld({ smtpPort: 1 });
const subjects = async (world: MailWorld) => (await world.messages()).map((message) => message.subject).sort();
const asAdmin = <T>({ tenantId, agent }: MailWorld, work: (scope: Scope) => Promise<T>) =>
  inTenant({ tenantId, actor: { ...agent, roles: ['admin'] } }, work);
const counts = async (world: MailWorld) => {
  const { serverCount, keptCount, missingCount } = await folderOf(world);
  return [serverCount, keptCount, missingCount];
};

describe('a comparison with the server', () => {
  it('fetches what was never stored, once, and tells the admin', async () => {
    const world = await newWorld();
    await world.append(letters(5));
    const { look, receive, end } = await line(world);
    await look();
    expect(await counts(world)).toEqual([5, 5, 0]);
    await db.$executeRaw`DELETE FROM inbound_mail WHERE tenant_id = ${world.tenantId}::uuid AND uid IN (2, 4)`;
    await look();
    await receive();
    expect(await subjects(world)).toEqual(['注文 1', '注文 3', '注文 5']);
    await dueForComparison(world);
    await look();
    await receive();
    expect(await subjects(world)).toEqual(letters(5).map((_, n) => `注文 ${n + 1}`));
    expect(await counts(world)).toEqual([5, 5, 0]);
    await dueForComparison(world);
    await look();
    expect(await world.inbound()).toHaveLength(5);
    expect(await incidentsOf(world)).toEqual([['gap-filled', { folder: 'INBOX', filled: 2 }]]);
    await end();
  });

  it('has nothing to do for what was expunged or moved away, and takes in what is moved back', async () => {
    const world = await newWorld();
    await world.append(letters(6));
    await pullAll(world);
    await world.dovecot.createMailbox(world.address, '済');
    await world.dovecot.doveadm('move', '-u', world.address, '済', 'mailbox', 'INBOX', 'uid', '2:3');
    await world.dovecot.expunge(world.address, 'INBOX', 'uid', '5');
    await dueForComparison(world);
    await pullAll(world);
    expect(await counts(world)).toEqual([3, 3, 0]);
    expect(await world.messages()).toHaveLength(6);
    await world.dovecot.doveadm('move', '-u', world.address, 'INBOX', 'mailbox', '済', 'all');
    await dueForComparison(world);
    await pullAll(world);
    expect((await world.inbound()).map((mail) => mail.state).slice(-2)).toEqual(['duplicate', 'duplicate']);
    expect(await counts(world)).toEqual([5, 5, 0]);
    expect(await incidentsOf(world)).toEqual([]);
    expect(await world.flags()).toEqual([]);
  });

  it('is not made again within the hour', async () => {
    const world = await newWorld();
    await world.append(letters(2));
    await pullAll(world);
    const { reconciledAt } = await folderOf(world);
    await pullAll(world);
    expect((await folderOf(world)).reconciledAt).toEqual(reconciledAt);
  });

  it('knows nothing of mail from before our time', async () => {
    const world = await newWorld();
    await db.$executeRaw`UPDATE mail_account SET import_since = NULL WHERE id = ${world.accountId}::uuid`;
    await world.append(letters(4, '以前'));
    await pullAll(world);
    await world.deliver(letter({ subject: '新着' }));
    await pullAll(world);
    await dueForComparison(world);
    await pullAll(world);
    expect(await subjects(world)).toEqual(['新着']);
    expect(await counts(world)).toEqual([1, 1, 0]);
  });
});

it('a mail that is put into INBOX with an old date arrives, as history', async () => {
  const world = await newWorld();
  await pullAll(world);
  const at = new Date('2021-04-01T03:00:00Z');
  await world.dovecot.append(world.address, [{ raw: letter({ subject: '二年前' }), at }]);
  await pullAll(world);
  const [conversation] = await world.conversations();
  expect(conversation).toMatchObject({ status: 'done', doneKind: 'auto', waitingSince: null, firstMessageAt: at });
  expect(await world.inbound()).toMatchObject([{ state: 'done', imported: true }]);
});

describe('a mail in quarantine', () => {
  it('whose bytes were lost here is fetched again by itself, and stands where its placeholder stood', async () => {
    const world = await newWorld();
    await world.append([letter({ subject: '前' }), letter({ subject: '失われた', text: '本文です。' })]);
    const { look, receive, end } = await line(world);
    await look();
    const lost = (await world.inbound())[1]?.sha256 ?? '';
    await removeBlob(world.tenantId, lost);
    await receive();
    expect(await subjects(world)).toEqual(['', '前']);
    const [, before] = await world.conversations();
    expect(await asAdmin(world, (scope) => quarantine(scope, world.accountId))).toMatchObject([
      { reason: 'lost', downloadable: false, retriable: true, conversationNumber: before?.number },
    ]);
    await dueForComparison(world);
    await look();
    await look();
    await receive();
    await end();
    expect(await subjects(world)).toEqual(['前', '失われた'].sort());
    const [, after] = await world.conversations();
    expect(after).toMatchObject({ id: before?.id, subject: '失われた', title: '失われた', status: 'new' });
    expect(after?.customerId).not.toBeNull();
    expect(after?.lastSnippet).toContain('本文です');
    const again = (await world.messages()).find((message) => message.subject === '失われた');
    expect(again).toMatchObject({ parseError: null, fromAddress: 'hanako@customer.example', rawSha256: lost });
    expect(await asAdmin(world, (scope) => quarantine(scope, world.accountId))).toEqual([]);
  });

  it('over the cap is taken in when the cap is raised and somebody asks for it', async () => {
    vi.stubEnv('INBOUND_MAIL_MB', '1');
    const world = await newWorld();
    await world.append([letterWithFile(1_200_000, '大')]);
    await pullAll(world);
    const [placeholder] = await world.messages();
    expect(placeholder).toMatchObject({ subject: '大', text: '' });
    expect(placeholder?.parseError).toMatch(/^too-large:/);
    const [held] = await asAdmin(world, (scope) => quarantine(scope, world.accountId));
    expect(held).toMatchObject({ reason: 'too-large', downloadable: false, retriable: false });
    const id = held?.id ?? '';
    const retry = () => asAdmin(world, (scope) => retryQuarantined(scope, id));
    await expect(retry()).rejects.toThrow('mailStillTooLarge');
    await expect(asAdmin(world, (scope) => openQuarantined(scope, id))).rejects.toThrow('notFound');
    vi.stubEnv('INBOUND_MAIL_MB', '50');
    await retry();
    await pullAll(world);
    const [message, ...more] = await world.messages();
    expect(more).toEqual([]);
    expect(message).toMatchObject({ id: placeholder?.id, parseError: null });
    expect(message?.text).toContain('写真をお送りします。');
    expect(await blobSize(world.tenantId, message?.rawSha256 ?? '')).toBeGreaterThan(1_200_000);
    const files = await db.attachment.findMany({ where: { tenantId: world.tenantId } });
    expect(files.map((file) => Number(file.size))).toEqual([1_200_000]);
    expect(await world.conversations()).toMatchObject([{ hasAttachment: true, messageCount: 1 }]);
  });

  it('that is gone at the server stays, and says so', async () => {
    vi.stubEnv('INBOUND_MAIL_MB', '1');
    const world = await newWorld();
    await world.append([letterWithFile(1_200_000, '大')]);
    await pullAll(world);
    vi.stubEnv('INBOUND_MAIL_MB', '50');
    const [held] = await asAdmin(world, (scope) => quarantine(scope, world.accountId));
    await asAdmin(world, (scope) => retryQuarantined(scope, held?.id ?? ''));
    await world.dovecot.expunge(world.address, 'INBOX', 'all');
    await pullAll(world);
    const [still] = await asAdmin(world, (scope) => quarantine(scope, world.accountId));
    expect(still).toMatchObject({ attempts: 1, asked: false, words: 'The mail is no longer on the server.' });
    expect(await asAdmin(world, (scope) => accountIncidents(scope, world.accountId))).toEqual([]);
  });
});
