import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { saveAlarmSettings } from '#lib/accounts/alarm-settings.ts';
import { accountIncidents } from '#lib/accounts/incidents.ts';
import { alarmsDue } from '#lib/db/system.ts';
import { raiseAlarm } from '#lib/inbound/alarm.ts';
import { parseMail } from '#lib/mail/parse.ts';
import type { Sink } from '../../bin/support/servers.mjs';
import { ownSink } from '../support/mail.ts';
import { type Company, company, owner } from '../support/tenant.ts';

/*
 * The alarm of a standstill (issue: receipt that stops is told, by another way than the one that stopped):
 *
 * | what stands                                              | what is told                                              |
 * |----------------------------------------------------------|-----------------------------------------------------------|
 * | nothing received for longer than the tenant wants        | one mail by another account, one incident; not twice      |
 * | a first failure, or one that is younger                  | nothing                                                   |
 * | it goes on                                               | one mail that says so, if one had said that it stopped    |
 * | no address, no other account, none that can send         | the incident says why; tried again later                  |
 */
let sink: Sink;
beforeAll(async () => {
  sink = await ownSink();
});
afterAll(() => sink.stop());
beforeEach(() => {
  vi.spyOn(process.stdout, 'write').mockReturnValue(true);
});
afterEach(() => {
  vi.restoreAllMocks();
  sink.clear();
});

const minutesAgo = (n: number) => new Date(Date.now() - n * 60_000);
const keyOf = (c: Company, key: string) => ({ tenantId_id: { tenantId: c.tenantId, id: c.accounts[key] ?? '' } });
const set = (c: Company, key: string, data: object) => owner.mailAccount.update({ where: keyOf(c, key), data });
const stopped = { failures: 4, standsSince: minutesAgo(40), lastErrorCode: 'authentication' };

/** 窓口 `invoice` has stood still for 40 minutes; `shop` and `rakuten` could send. */
async function founded(addresses = ['mori@phone.example', 'desk@provider.example']): Promise<Company> {
  const members = { admin: { roles: ['admin' as const] } };
  const mailboxes = ['shop', 'invoice', 'rakuten'];
  const c = await company({ members, mailboxes, smtpPort: sink.smtpPort });
  await c.as('admin', (scope) => saveAlarmSettings(scope, { addresses, afterMinutes: 30 }));
  await set(c, 'invoice', { ...stopped, lastErrorWords: '[AUTHENTICATIONFAILED] Authentication failed.' });
  return c;
}

const isDue = async (c: Company, key = 'invoice') => (await alarmsDue(2000)).some((ref) => ref.id === c.accounts[key]);
const raise = (c: Company) => raiseAlarm(c.tenantId, c.accounts.invoice ?? '');
const incidents = async (c: Company) =>
  (await c.as('admin', (scope) => accountIncidents(scope, c.accounts.invoice ?? ''))).map(({ kind, data }) => [
    kind,
    data.why ?? data.recipients ?? data.code ?? null,
  ]);

it('goes once by another account, and says what happened, what is safe and what to do', async () => {
  const c = await founded();
  expect(await isDue(c)).toBe(true);
  await raise(c);
  expect(await isDue(c)).toBe(false);
  await raise(c);
  const [sent, ...more] = sink.mails();
  expect(more).toEqual([]);
  expect([sent?.from, sent?.to]).toEqual([c.address('shop'), ['mori@phone.example', 'desk@provider.example']]);
  const mail = await parseMail(sent?.raw ?? Buffer.alloc(0));
  expect(mail.headers.find(([name]) => name === 'auto-submitted')?.[1]).toBe('auto-generated');
  expect(mail.subject).toMatch(/^【窓口】「invoice」が .*\d\d:\d\d から受信できていません$/);
  expect(mail.text).toContain('届いたメールはサーバーに残っています。');
  expect(mail.text).toContain('ユーザー名かパスワードが違うため、サインインできません。');
  expect(mail.text).toContain('[AUTHENTICATIONFAILED] Authentication failed.');
  expect(mail.text).toContain(process.env.APP_URL ?? 'http://localhost:3000');
  expect(mail.text).toContain('has received nothing since');
  expect(mail.text).not.toMatch(/[{}]/);
  expect(await incidents(c)).toEqual([
    ['alarm-sent', 2],
    ['standstill', 'authentication'],
  ]);
});

it('goes once also when two workers see it at the same moment', async () => {
  const c = await founded();
  await Promise.all([raise(c), raise(c), raise(c)]);
  expect(sink.mails()).toHaveLength(1);
});

it('is not raised for a single failure, for a young one, or for an account that was paused', async () => {
  const c = await founded();
  await set(c, 'invoice', { failures: 1 });
  expect(await isDue(c)).toBe(false);
  await set(c, 'invoice', { failures: 9, standsSince: minutesAgo(29) });
  expect(await isDue(c)).toBe(false);
  await set(c, 'invoice', { standsSince: minutesAgo(31), state: 'paused' });
  expect(await isDue(c)).toBe(false);
  await raise(c);
  expect(sink.mails()).toEqual([]);
  expect(await incidents(c)).toEqual([]);
});

it('tells once that it goes on, and begins anew with the next standstill', async () => {
  const c = await founded(['mori@phone.example']);
  await raise(c);
  await set(c, 'invoice', { failures: 0, standsSince: null, lastErrorCode: null, lastErrorWords: null });
  expect(await isDue(c)).toBe(true);
  await raise(c);
  await raise(c);
  expect(await isDue(c)).toBe(false);
  const [, again, ...more] = sink.mails();
  expect(more).toEqual([]);
  const mail = await parseMail(again?.raw ?? Buffer.alloc(0));
  expect(mail.subject).toBe('【窓口】「invoice」の受信が再開しました');
  expect((await incidents(c)).map(([kind]) => kind)).toEqual(['recovered', 'alarm-sent', 'standstill']);
  await set(c, 'invoice', stopped);
  await raise(c);
  expect(sink.mails()).toHaveLength(3);
});

it('takes the next account when the first can’t send, and a healthy one at another host first', async () => {
  const c = await founded();
  await set(c, 'shop', { smtpPort: 1 });
  await raise(c);
  expect(sink.mails().map((mail) => mail.from)).toEqual([c.address('rakuten')]);
  const d = await founded();
  await set(d, 'shop', { standsSince: minutesAgo(3) });
  await set(d, 'rakuten', { smtpHost: 'localhost' });
  await raise(d);
  expect(sink.mails().at(-1)?.from).toBe(d.address('rakuten'));
});

it.each([
  ['nobody is to be told', 'no-address', []],
  ['there is no other account', 'no-account', ['mori@phone.example']],
  ['none of the others can send', 'not-sent', ['mori@phone.example']],
])('says so when %s, once, and tries again later', async (_how, why, addresses) => {
  const c = await founded(addresses);
  const others = { accountId: { in: [c.accounts.shop ?? '', c.accounts.rakuten ?? ''] } };
  if (why === 'no-account') {
    await owner.mailAccount.deleteMany({ where: { tenantId: c.tenantId, id: others.accountId } });
  }
  if (why === 'not-sent') for (const key of ['shop', 'rakuten']) await set(c, key, { smtpPort: 1 });
  await raise(c);
  expect(await isDue(c)).toBe(false);
  await set(c, 'invoice', { alarmNextAt: minutesAgo(1) });
  expect(await isDue(c)).toBe(true);
  await raise(c);
  expect(await incidents(c)).toEqual([
    ['alarm-failed', why],
    ['standstill', 'authentication'],
  ]);
  if (why !== 'not-sent') return;
  await set(c, 'shop', { smtpPort: sink.smtpPort });
  await set(c, 'invoice', { alarmNextAt: minutesAgo(1) });
  await raise(c);
  expect(sink.mails()).toHaveLength(1);
  expect((await incidents(c))[0]).toEqual(['alarm-sent', 1]);
});
