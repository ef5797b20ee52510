import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { parseMail } from '#lib/mail/parse.ts';
import { foundAccount } from '#prisma/provision/tenant.ts';
import type { Sink } from '../../bin/support/servers.mjs';
import { letter } from '../support/letters.ts';
import { newMailUser, ownDovecot, ownSink, sharedDovecot } from '../support/mail.ts';
import { db, endPauses, endWorlds, type MailWorld, newMailWorld, until } from '../support/mail-world.ts';
import { incidentsOf } from '../support/pulling.ts';
import { runWorker, stopWorkers } from '../support/worker-process.ts';

/*
 * A mail server goes down, with real workers and a real Dovecot: half an hour later (the clock is turned, not awaited) an
 * alarm mail leaves by the other account; the server comes back, the mail that waited there arrives, and a mail says so.
 */
let sink: Sink;
beforeAll(async () => {
  await stopWorkers();
  sink = await ownSink();
});
afterEach(async () => {
  await stopWorkers();
  await endWorlds();
});
afterAll(() => sink.stop());

/** The second account of the company, on a server that works. */
async function secondAccount({ tenantId, mailboxId }: MailWorld): Promise<string> {
  const address = newMailUser();
  const { imapPort, password } = sharedDovecot();
  await foundAccount(db, {
    ...{ tenantId, mailboxId, address, password },
    ...{ imap: { host: '127.0.0.1', port: imapPort }, smtp: { host: '127.0.0.1', port: sink.smtpPort } },
  });
  return address;
}

it('is told by another account after half an hour, and so is its end', async () => {
  const dovecot = await ownDovecot();
  const world = await newMailWorld({ smtpPort: 1, dovecot });
  const other = await secondAccount(world);
  await db.$executeRaw`UPDATE tenant_setting SET alarm_addresses = '{mori@phone.example}' WHERE tenant_id = ${world.tenantId}::uuid`;
  await runWorker();
  await until(async () => expect((await world.account()).lastSuccessAt).not.toBeNull());
  await world.deliver(letter({ subject: '前' }));
  await until(async () => expect(await world.messages()).toHaveLength(1));
  await dovecot.process.stop();
  await until(async () => expect((await world.account()).failures).toBeGreaterThan(0));
  await endPauses();
  await until(async () => expect((await world.account()).failures).toBeGreaterThan(1), 40_000);
  expect(sink.mails()).toEqual([]);
  await db.$executeRaw`
    UPDATE mail_account SET stands_since = stands_since - interval '31 minutes' WHERE id = ${world.accountId}::uuid`;
  const [alarm] = await until(() => {
    expect(sink.mails()).toHaveLength(1);
    return sink.mails();
  });
  expect([alarm?.from, alarm?.to]).toEqual([other, ['mori@phone.example']]);
  expect((await parseMail(alarm?.raw ?? Buffer.alloc(0))).subject).toContain('「お客様窓口」が');
  await dovecot.restart();
  await world.deliver(letter({ subject: '待っていた' }));
  await endPauses();
  await until(async () => expect((await world.messages()).map((m) => m.subject)).toEqual(['前', '待っていた']), 60_000);
  await until(() => expect(sink.mails()).toHaveLength(2));
  const [, over] = sink.mails();
  expect((await parseMail(over?.raw ?? Buffer.alloc(0))).subject).toContain('再開しました');
  await until(async () =>
    expect((await incidentsOf(world)).map(([kind]) => kind)).toEqual(['standstill', 'alarm-sent', 'recovered']),
  );
  expect(await world.account()).toMatchObject({ failures: 0, standsSince: null, alarmSentAt: null });
  await stopWorkers();
  await dovecot.end();
}, 180_000);
