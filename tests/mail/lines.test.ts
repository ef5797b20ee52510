import { createServer, type Server } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { pauseAccount, resumeAccount } from '#lib/accounts/pause.ts';
import { inTenant, type Scope } from '#lib/db/scope.ts';
import { enqueue } from '#lib/queue/index.ts';
import { letter } from '../support/letters.ts';
import { db, endWorlds, type MailWorld, newMailWorld, until } from '../support/mail-world.ts';
import { folderOf } from '../support/pulling.ts';
import { rawMail } from '../support/raw-mail.ts';
import { ScriptedImap } from '../support/scripted-imap.ts';
import { SilentProxy } from '../support/silent-proxy.ts';
import { anyWorker, stopWorkers } from '../support/worker-process.ts';

/*
 * Lines to mail servers that are dead, busy or poor (decision 014 has the times):
 *
 * | what happens                                                 | promise                                                  |
 * |--------------------------------------------------------------|----------------------------------------------------------|
 * | a line that is half-open: nothing is closed, nothing comes   | found 20 s after the next look; the mail arrives          |
 * | a server that says "too many connections"                    | busy, not broken: its words, a pause, then it goes on     |
 * | a server without IDLE                                        | looked at every 20 s                                     |
 * | settings that were edited, an account that was paused        | the old line ends within seconds                         |
 */
const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  await endWorlds();
  for (const close of closing.splice(0)) await close();
});
beforeAll(async () => void (await anyWorker()));
afterAll(stopWorkers);

const subjects = async (world: MailWorld) => (await world.messages()).map((message) => message.subject);
const look = ({ tenantId, accountId }: MailWorld) => enqueue('account.pull', { tenantId, accountId });
const healthy = (world: MailWorld) => until(async () => expect((await world.account()).lastSuccessAt).not.toBeNull());
const asAdmin = <T>({ tenantId, agent }: MailWorld, work: (scope: Scope) => Promise<T>) =>
  inTenant({ tenantId, actor: { ...agent, roles: ['admin'] } }, work);

/** A company whose account is reached at this port. */
async function worldAt(imapPort: number): Promise<MailWorld> {
  const world = await newMailWorld({ smtpPort: 1 });
  await db.$executeRaw`
    UPDATE mail_account SET imap_port = ${imapPort}::integer, version = version + 1, failures = 0,
      next_attempt_at = clock_timestamp() WHERE id = ${world.accountId}::uuid`;
  await look(world);
  return world;
}

it('a half-open line is found, and the mail that came meanwhile arrives', async () => {
  const dovecot = (await newMailWorld({ smtpPort: 1 })).dovecot;
  const proxy = new SilentProxy(dovecot.imapPort);
  closing.push(() => proxy.close());
  const world = await worldAt(await proxy.listen());
  await world.deliver(letter({ subject: '前' }));
  await until(async () => expect(await subjects(world)).toEqual(['前']));
  const before = proxy.lines;
  proxy.silence();
  await world.deliver(letter({ subject: '後' }));
  // A worker looks every minute; here somebody rings.
  await look(world);
  const began = Date.now();
  await until(async () => expect(await subjects(world)).toEqual(['前', '後']), 40_000);
  expect(Date.now() - began).toBeGreaterThan(15_000);
  expect(proxy.lines).toBe(before + 1);
  await until(async () => expect(await world.account()).toMatchObject({ failures: 0, lastErrorCode: null }));
}, 90_000);

describe('a server that asks for patience', () => {
  it.each([
    ['in its greeting', '* BYE Too many connections from your address\r\n', null],
    ['at the sign-in', '* OK ready\r\n', 'NO [LIMIT] Maximum number of connections exceeded'],
  ])('%s is busy, not broken', async (_how, greeting, login) => {
    const server: Server = createServer((socket) => {
      socket.on('error', () => {});
      socket.write(greeting);
      if (login === null) return void socket.end();
      socket.on('data', (data) => {
        for (const line of data.toString().split('\r\n').filter(Boolean)) {
          const [tag = '', command = ''] = line.split(' ');
          if (command === 'CAPABILITY') socket.write('* CAPABILITY IMAP4rev1\r\n');
          socket.write(`${tag} ${command === 'LOGIN' ? login : 'OK done'}\r\n`);
        }
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    closing.push(() => new Promise((resolve) => server.close(resolve)));
    const address = server.address();
    const world = await worldAt(typeof address === 'object' && address ? address.port : 0);
    const account = await until(async () => {
      const found = await world.account();
      expect(found).toMatchObject({ lastErrorCode: 'busy', leaseToken: null });
      return found;
    });
    expect(account.lastErrorWords).toMatch(/connections/i);
    const pause = account.nextAttemptAt.getTime() - (account.lastPullAt?.getTime() ?? 0);
    expect(pause).toBeGreaterThan(20_000);
    expect(pause).toBeLessThan(90_000);
    await db.$executeRaw`UPDATE mail_account SET imap_port = ${world.dovecot.imapPort}::integer,
      next_attempt_at = clock_timestamp() WHERE id = ${world.accountId}::uuid`;
    await world.deliver(letter({ subject: '次' }));
    await until(async () => expect(await subjects(world)).toEqual(['次']));
  });
});

it('a server without IDLE is looked at often enough', async () => {
  const server = new ScriptedImap();
  closing.push(() => server.close());
  const world = await worldAt(await server.listen());
  await healthy(world);
  server.mails.push({ body: rawMail({ subject: '静か' }) });
  await until(async () => expect(await subjects(world)).toEqual(['静か']), 30_000);
}, 60_000);

it('an account that is paused lets go of its line, and comes back when it is resumed', async () => {
  const world = await newMailWorld({ smtpPort: 1 });
  await healthy(world);
  await until(async () => expect(await world.dovecot.sessionPids(world.address)).toHaveLength(1));
  await asAdmin(world, (scope) => pauseAccount(scope, world.accountId));
  await until(async () => expect(await world.dovecot.sessionPids(world.address)).toEqual([]), 5000);
  expect(await world.account()).toMatchObject({ state: 'paused', failures: 0, leaseToken: null });
  await world.deliver(letter({ subject: '待っていた' }));
  await asAdmin(world, (scope) => resumeAccount(scope, world.accountId));
  await until(async () => expect(await subjects(world)).toEqual(['待っていた']), 10_000);
});

it('settings that were edited are used at once', async () => {
  const world = await newMailWorld({ smtpPort: 1 });
  await healthy(world);
  const server = new ScriptedImap();
  closing.push(() => server.close());
  const port = await server.listen();
  await db.$executeRaw`UPDATE mail_account SET imap_port = ${port}::integer, version = version + 1
    WHERE id = ${world.accountId}::uuid`;
  await look(world);
  await until(async () => expect((await folderOf(world)).uidValidity).toBe(1n), 10_000);
  server.mails.push({ body: rawMail({ subject: '引っ越し先' }) });
  await look(world);
  await until(async () => expect(await subjects(world)).toEqual(['引っ越し先']));
});
