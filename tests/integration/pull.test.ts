import { afterEach, beforeEach, expect, it } from 'vitest';
import { loadAccount } from '#lib/accounts/settings.ts';
import { readBlob } from '#lib/blobs/index.ts';
import { newId } from '#lib/ids.ts';
import { connectAccount } from '#lib/inbound/connect.ts';
import { holdAccount } from '#lib/inbound/lease.ts';
import { closeImap } from '#lib/mail/imap/index.ts';
import { rawMail } from '#tests/support/raw-mail.ts';
import { ScriptedImap, type ScriptedMail } from '#tests/support/scripted-imap.ts';
import { type Company, company, NOW, owner } from '#tests/support/tenant.ts';
import { lookAtFolders } from '#workers/watchers/look.ts';

/*
 * What a pull does with a mail that the server lists and doesn't give whole (architecture.md 4.1): it is never lost, and what
 * comes after it arrives.
 */
let server: ScriptedImap;
let port: number;
beforeEach(async () => {
  server = new ScriptedImap();
  port = await server.listen();
});
afterEach(() => server.close());

const mail = (n: number, more: Partial<ScriptedMail> = {}): ScriptedMail => ({
  body: rawMail({ subject: `通 ${n}`, text: `本文 ${n}` }),
  ...more,
});
const large = (more: Partial<ScriptedMail> = {}): ScriptedMail => ({
  body: rawMail({ subject: '大', text: 'x'.repeat(2_500_000) }),
  ...more,
});

/** A company whose account stands at the scripted server, read from the first mail on. */
async function shop(): Promise<Company> {
  const c = await company();
  const accountId = c.accounts.shop ?? '';
  const key = { tenantId: c.tenantId, id: accountId };
  await owner.mailAccount.update({ where: { tenantId_id: key }, data: { imapPort: port } });
  const folder = { folder: 'INBOX', role: 'inbox', uidValidity: 1n, lastUid: 0n };
  await owner.mailFolder.create({ data: { tenantId: c.tenantId, accountId, ...folder } });
  return c;
}

/** One look over a connection of its own, as a watcher after each trouble; 'done' or the error's words. */
async function pull(c: Company, sentFolder: string | null = null): Promise<string> {
  const stored = await c.bySystem((scope) => loadAccount(scope, c.accounts.shop ?? ''));
  const account = { ...stored, sentFolder };
  const lease = { tenantId: c.tenantId, accountId: account.id, token: newId() };
  await owner.mailAccount.updateMany({ where: { tenantId: c.tenantId }, data: { leaseToken: null, leaseUntil: null } });
  await holdAccount(lease, 'test');
  const client = await connectAccount(account);
  try {
    await lookAtFolders(client, account, lease);
    return 'done';
  } catch (error) {
    return (error as { responseText?: string }).responseText ?? (error as Error).message;
  } finally {
    await closeImap(client);
  }
}

const rows = ({ tenantId }: Company) => owner.inboundMail.findMany({ where: { tenantId }, orderBy: { uid: 'asc' } });
const uids = async (c: Company) => (await rows(c)).map((row) => Number(row.uid));
const ungiven = async (c: Company) =>
  (await rows(c)).filter((row) => row.sha256 === null).map((row) => Number(row.uid));

it.each(['nil', 'omit', 'no'] as const)(
  'a small mail answered with %s is a row without bytes; the rest comes',
  async (trouble) => {
    const c = await shop();
    server.mails.push(mail(1), mail(2, { trouble }), mail(3), mail(4));
    expect(await pull(c)).toBe('done');
    expect(await uids(c)).toEqual([1, 2, 3, 4]);
    expect(await ungiven(c)).toEqual([2]);
  },
);

it('a large mail that isn’t given is such a row too', async () => {
  const c = await shop();
  server.mails.push(large({ trouble: 'nil' }), mail(2), large({ trouble: 'no' }), mail(4));
  expect(await pull(c)).toBe('done');
  expect(await ungiven(c)).toEqual([1, 3]);
  expect(await uids(c)).toEqual([1, 2, 3, 4]);
});

it('each becomes a placeholder that somebody sees, also two of one batch', async () => {
  const c = await shop();
  server.mails.push(mail(1, { trouble: 'nil' }), mail(2, { trouble: 'no' }), mail(3));
  await pull(c);
  await c.receive('shop', NOW);
  expect((await rows(c)).map(({ state, reason }) => [state, reason])).toEqual([
    ['failed', 'unreadable'],
    ['failed', 'unreadable'],
    ['done', null],
  ]);
  expect(await owner.conversation.count({ where: { tenantId: c.tenantId, status: 'new' } })).toBe(3);
});

it('what was expunged between listing and fetching is left out', async () => {
  const c = await shop();
  server.mails.push(mail(1), mail(2, { trouble: 'expunged' }), large({ trouble: 'expunged' }), mail(4));
  expect(await pull(c)).toBe('done');
  expect(await uids(c)).toEqual([1, 4]);
});

it('a server that asks for patience makes no placeholder, and what came before is stored', async () => {
  const c = await shop();
  server.mails.push(mail(1), mail(2, { trouble: 'busy' }), mail(3));
  expect(await pull(c)).toBe('try later');
  expect(await uids(c)).toEqual([1]);
  server.mails[1] = mail(2);
  expect(await pull(c)).toBe('done');
  expect(await uids(c)).toEqual([1, 2, 3]);
  expect(await ungiven(c)).toEqual([]);
});

it('a line cut in the middle of a group keeps what came before', async () => {
  const c = await shop();
  server.mails.push(mail(1), mail(2), mail(3, { trouble: 'cut' }), mail(4));
  expect(await pull(c)).not.toBe('done');
  expect(await uids(c)).toEqual([1, 2]);
  server.mails[2] = mail(3);
  expect(await pull(c)).toBe('done');
  expect(await uids(c)).toEqual([1, 2, 3, 4]);
});

it('a server that refuses every mail is failing: the mails aren’t made placeholders by the hundred', async () => {
  const c = await shop();
  server.mails.push(...Array.from({ length: 20 }, (_, n) => mail(n, { trouble: 'no' })));
  expect(await pull(c)).toBe('Internal error occurred');
  expect(await ungiven(c)).toEqual([1, 2]);
  for (let n = 2; n < 20; n += 1) server.mails[n] = mail(n);
  expect(await pull(c)).toBe('done');
  expect(await uids(c)).toHaveLength(20);
  expect(await ungiven(c)).toEqual([1, 2]);
});

it('a mail whose partial answers come short is stored whole', async () => {
  const c = await shop();
  server.mails.push(large({ short: 300_000 }), mail(2));
  expect(await pull(c)).toBe('done');
  const [row] = await rows(c);
  expect((await readBlob(c.tenantId, row?.sha256 ?? '')).equals(server.mails[0]?.body ?? Buffer.alloc(0))).toBe(true);
});

it('a size that was only estimated isn’t a failure', async () => {
  const c = await shop();
  const { body } = large();
  server.mails.push({ body, size: body.length + 1000 }, { body, size: body.length - 1000 }, mail(3));
  expect(await pull(c)).toBe('done');
  expect((await rows(c)).map((row) => Number(row.size))).toEqual([body.length, body.length, mail(3).body.length]);
  expect(await ungiven(c)).toEqual([]);
});

it('a mail of no bytes at all is stored and seen', async () => {
  const c = await shop();
  server.mails.push(mail(1), { body: Buffer.alloc(0) }, mail(3));
  expect(await pull(c)).toBe('done');
  await c.receive('shop', NOW);
  expect((await rows(c)).map((row) => [Number(row.uid), Number(row.size), row.sha256 === null])).toEqual([
    [1, mail(1).body.length, false],
    [2, 0, false],
    [3, mail(3).body.length, false],
  ]);
  expect(await owner.conversation.count({ where: { tenantId: c.tenantId } })).toBe(3);
});

it('a mail that the server gives later takes its placeholder’s place, and one that it never gives is asked for five times', async () => {
  const c = await shop();
  server.mails.push(mail(1), mail(2, { trouble: 'no' }), mail(3, { trouble: 'nil' }));
  expect(await pull(c)).toBe('done');
  await c.receive('shop', NOW);
  const fetches = async () => (await rows(c)).map((row) => row.attempts);
  const hourLater = async () => {
    await owner.mailFolder.updateMany({ where: { tenantId: c.tenantId }, data: { reconciledAt: null } });
    expect(await pull(c)).toBe('done');
    expect(await pull(c)).toBe('done');
    await c.receive('shop', NOW);
  };
  await hourLater();
  expect(await fetches()).toEqual([0, 1, 1]);
  server.mails[1] = mail(2);
  for (let hour = 0; hour < 7; hour += 1) await hourLater();
  expect(await fetches()).toEqual([0, 2, 5]);
  expect((await rows(c)).map(({ state, words }) => [state, words])).toEqual([
    ['done', null],
    ['done', null],
    ['failed', expect.stringContaining('no source for UID 3')],
  ]);
  const subjects = await owner.message.findMany({ where: { tenantId: c.tenantId }, orderBy: { contentSeq: 'asc' } });
  expect(subjects.map((message) => message.subject).sort()).toEqual(['', '通 1', '通 2']);
  expect(await owner.conversation.count({ where: { tenantId: c.tenantId } })).toBe(3);
}, 60_000);

it('a Sent folder that isn’t there holds up no customer’s mail', async () => {
  const c = await shop();
  server.mails.push(mail(1));
  expect(await pull(c, 'Sent')).toBe('done');
  server.mails.push(mail(2));
  expect(await pull(c, 'Sent')).toBe('done');
  expect(await uids(c)).toEqual([1, 2]);
});
