import { expect, it } from 'vitest';
import { alarmSettings, saveAlarmSettings } from '#lib/accounts/alarm-settings.ts';
import { receiptBoard } from '#lib/accounts/board.ts';
import { accountIncidents, markIncidentSeen, noteIncident } from '#lib/accounts/incidents.ts';
import { pauseAccount, resumeAccount } from '#lib/accounts/pause.ts';
import { pullNow } from '#lib/accounts/pull-now.ts';
import { openQuarantined, quarantine, retryQuarantined } from '#lib/accounts/quarantine.ts';
import { standstills } from '#lib/accounts/standstill.ts';
import { type Company, company, owner, refusal } from '#tests/support/tenant.ts';

/*
 * The board of receipt health (domain.md 3): who sees which account, what it says in which trouble, and what an admin can do.
 */
const people = {
  aoki: { sees: ['shop'] },
  boss: { roles: ['supervisor' as const], sees: ['shop', 'invoice'] },
  reader: { roles: ['viewer' as const] },
  admin: { roles: ['admin' as const], sees: [] },
};
const founded = () => company({ members: people, mailboxes: ['shop', 'invoice'] });
const account = ({ accounts }: Company, key = 'shop') => accounts[key] ?? '';
const change = (c: Company, key: string, data: object) =>
  owner.mailAccount.update({ where: { tenantId_id: { tenantId: c.tenantId, id: account(c, key) } }, data });
const board = (c: Company, who = 'admin') => c.as(who, receiptBoard);

it('shows an admin every account, others those of their 窓口, and a viewer none', async () => {
  const c = await founded();
  const names = async (who: string) => (await board(c, who)).map((row) => row.mailboxName);
  expect(await names('admin')).toEqual(['shop', 'invoice']);
  expect(await names('boss')).toEqual(['shop', 'invoice']);
  expect(await names('aoki')).toEqual(['shop']);
  expect(await refusal(board(c, 'reader'))).toBe('Forbidden: notAllowed');
});

it('counts the mails of each hour, the waiting and the unreadable ones, and the delay', async () => {
  const c = await founded();
  const now = Date.now();
  const at = (minutesAgo: number) => new Date(now - minutesAgo * 60_000);
  for (const minutesAgo of [5, 10, 130]) await c.store({ subject: '質問' }, { at: at(minutesAgo) });
  await c.store({ subject: '以前' }, { at: at(9000), imported: true });
  const rows = await owner.inboundMail.findMany({ where: { tenantId: c.tenantId }, orderBy: { uid: 'asc' } });
  for (const { id, internalDate } of rows) {
    const where = { tenantId_id: { tenantId: c.tenantId, id } };
    await owner.inboundMail.update({ where, data: { fetchedAt: new Date(internalDate.getTime() + 4000) } });
  }
  const [first] = rows;
  const where = { tenantId_id: { tenantId: c.tenantId, id: first?.id ?? '' } };
  await owner.inboundMail.update({ where, data: { state: 'failed', reason: 'poison' } });
  const [row] = await board(c);
  expect(row).toMatchObject({ waiting: 3, quarantined: 1, lagSeconds: 4, state: 'starting', import: null });
  expect((await board(c))[1]).toMatchObject({ lagSeconds: null, lastMailAt: null });
  expect(row?.hours).toHaveLength(24);
  expect([row?.hours[23], row?.hours[21], row?.hours.reduce((a, b) => a + b)]).toEqual([2, 1, 3]);
  expect(row?.lastMailAt).toBe(new Date(at(5).getTime() + 4000).toISOString());
});

it('says what is the matter with an account, and names a standstill above the inbox', async () => {
  const c = await founded();
  const state = async () => (await board(c)).map((row) => row.state);
  const now = new Date();
  await change(c, 'shop', { lastSuccessAt: now });
  await change(c, 'invoice', { lastSuccessAt: now, failures: 1, lastErrorCode: 'timeout' });
  expect(await state()).toEqual(['ok', 'retrying']);
  const since = new Date(now.getTime() - 7 * 60_000);
  await change(c, 'shop', { failures: 4, lastErrorCode: 'busy', standsSince: since });
  await change(c, 'invoice', { failures: 1, lastErrorCode: 'authentication', standsSince: now });
  expect(await state()).toEqual(['delayed', 'stopped']);
  const told = { accountId: account(c), mailboxName: 'shop', since: since.toISOString(), code: 'busy' };
  expect(await c.as('aoki', standstills)).toMatchObject([told]);
  const cursor = { uidValidity: 1n, lastUid: 900n, importUid: 20n, importUpto: 700n, importTotal: 700, importDone: 20 };
  await owner.mailFolder.create({
    data: { tenantId: c.tenantId, accountId: account(c), folder: 'INBOX', role: 'inbox', ...cursor },
  });
  await change(c, 'shop', { failures: 0, lastErrorCode: null, standsSince: null });
  expect((await board(c))[0]).toMatchObject({ state: 'importing', import: { done: 20, total: 700 } });
});

it('lets an admin stop, start and try an account, and nobody else', async () => {
  const c = await founded();
  const id = account(c);
  for (const work of [pauseAccount, resumeAccount, pullNow]) {
    expect(await refusal(c.as('boss', (scope) => work(scope, id)))).toBe('Forbidden: notAllowed');
  }
  await c.as('admin', (scope) => pauseAccount(scope, id));
  expect((await board(c))[0]).toMatchObject({ state: 'paused', nextAttemptAt: null });
  expect(await refusal(c.as('admin', (scope) => pullNow(scope, id)))).toBe('Conflict: accountPaused');
  await change(c, 'shop', { failures: 3, nextAttemptAt: new Date(Date.now() + 900_000) });
  await c.as('admin', (scope) => resumeAccount(scope, id));
  const [row] = await board(c);
  expect(row).toMatchObject({ state: 'starting', failures: 0 });
  expect(new Date(row?.nextAttemptAt ?? 0).getTime()).toBeLessThanOrEqual(Date.now() + 1000);
  await c.as('admin', (scope) => pullNow(scope, id));
});

it('tells of incidents until an admin has seen them, and to nobody who doesn’t see the 窓口', async () => {
  const c = await founded();
  const id = account(c, 'invoice');
  await c.bySystem((scope) => noteIncident(scope, id, 'gap-filled', { folder: 'INBOX', filled: 3 }));
  expect((await board(c))[1]).toMatchObject({ unseenIncidents: 1 });
  const [incident] = await c.as('boss', (scope) => accountIncidents(scope, id));
  expect(incident).toMatchObject({ kind: 'gap-filled', seen: false, data: { filled: 3 }, readAgain: null });
  expect(await refusal(c.as('aoki', (scope) => accountIncidents(scope, id)))).toBe('NotFound: notFound');
  const see = (who: string) => refusal(c.as(who, (scope) => markIncidentSeen(scope, incident?.id ?? '')));
  expect(await see('boss')).toBe('Forbidden: notAllowed');
  expect(await see('admin')).toBe('done');
  expect((await board(c))[1]).toMatchObject({ unseenIncidents: 0 });
});

it('opens the quarantine to admins only, and to none of another company', async () => {
  const [c, d] = [await founded(), await founded()];
  const { messageId: _, ...stored } = await c.arrive({ subject: '大' }, { tooLarge: 60_000_000 });
  expect(stored).toMatchObject({ state: 'failed' });
  const [held] = await c.as('admin', (scope) => quarantine(scope, account(c)));
  expect(held).toMatchObject({ reason: 'too-large', retriable: false, downloadable: false, conversationNumber: 1 });
  const id = held?.id ?? '';
  for (const who of ['aoki', 'boss', 'reader']) {
    expect(await refusal(c.as(who, (scope) => quarantine(scope, account(c))))).toBe('Forbidden: notAllowed');
    expect(await refusal(c.as(who, (scope) => openQuarantined(scope, id)))).toBe('Forbidden: notAllowed');
    expect(await refusal(c.as(who, (scope) => retryQuarantined(scope, id)))).toBe('Forbidden: notAllowed');
  }
  expect(await refusal(d.as('admin', (scope) => quarantine(scope, account(c))))).toBe('NotFound: notFound');
  expect(await refusal(d.as('admin', (scope) => retryQuarantined(scope, id)))).toBe('NotFound: notFound');
  expect(await refusal(c.as('admin', (scope) => retryQuarantined(scope, id)))).toBe('Conflict: mailStillTooLarge');
});

it('keeps whom to alarm, each once', async () => {
  const c = await founded();
  const input = { addresses: ['mori@phone.example', 'mori@phone.example'], afterMinutes: 15 };
  await c.as('admin', (scope) => saveAlarmSettings(scope, input));
  expect(await c.as('admin', alarmSettings)).toEqual({ addresses: ['mori@phone.example'], afterMinutes: 15 });
  expect(await refusal(c.as('boss', alarmSettings))).toBe('Forbidden: notAllowed');
});
