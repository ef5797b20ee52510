import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import type { Servers } from '#lib/accounts/servers.ts';
import { testAccount } from '#lib/accounts/test.ts';
import { sendToItself } from '#lib/accounts/test-mail.ts';
import type { TestEvent } from '#lib/accounts/test-steps.ts';
import { newId } from '#lib/ids.ts';
import type { Sink } from '../../bin/support/servers.mjs';
import { newMailUser, ownSink, sharedDovecot } from '../support/mail.ts';
import { until } from '../support/mail-world.ts';

/* The test of a mail account against a real Dovecot and a mail server that misbehaves. */
let sink: Sink;
beforeAll(async () => {
  sink = await ownSink();
});
afterAll(() => sink.stop());
afterEach(() => {
  sink.clear();
  sink.clearFaults();
});

const tenantId = newId();
const dovecot = () => sharedDovecot();
function servers(change: { imap?: Partial<Servers['imap']>; smtp?: Partial<Servers['smtp']> } = {}): Servers {
  const address = newMailUser();
  const { imapPort, password } = dovecot();
  return {
    ...{ address, provider: '', auth: 'password' },
    imap: { host: '127.0.0.1', port: imapPort, secure: 'none', user: address, password, ...change.imap },
    smtp: { host: '127.0.0.1', port: sink.smtpPort, secure: 'none', user: '', password: '', ...change.smtp },
  };
}
const marks = (steps: { step: string; ok: boolean | null }[]) =>
  Object.fromEntries(steps.map(({ step, ok }) => [step, ok]));

it('passes every step, tells each as it begins and ends, and names the folders', async () => {
  const events: TestEvent[] = [];
  const tested = await testAccount(servers(), { tenantId, onEvent: (event) => events.push(event) });
  expect(tested).toMatchObject({ ok: true, sentFolder: 'Sent' });
  expect(tested.folderNames).toContain('Sent');
  expect(tested.folders?.inbox.uidNext).toBeGreaterThan(0);
  const told = events.map((event) => (event.type === 'begins' ? `${event.step}…` : event.step.step));
  expect(told.slice(0, 4)).toEqual(['imap.name…', 'imap.name', 'imap.port…', 'imap.port']);
  expect(told.filter((name) => !name.endsWith('…'))).toHaveLength(8);
  expect(marks(tested.steps)).toMatchObject({ 'mail.sent': null, 'mail.back': null });
});

it('stops the receiving side at a wrong password, in the server’s words, and still tests sending', async () => {
  const tested = await testAccount(servers({ imap: { password: 'wrong' } }), { tenantId, mail: true });
  const login = tested.steps.find(({ step }) => step === 'imap.login');
  expect(login).toMatchObject({ ok: false, code: 'loginFailed' });
  expect(login?.words).toMatch(/authentication failed/i);
  expect(marks(tested.steps)).toMatchObject({ 'imap.folders': null, 'smtp.login': true, 'mail.sent': null });
  expect(tested.ok).toBe(false);
  expect(sink.mails()).toHaveLength(0);
});

it('names the step of a name that is unknown, a port that is closed, and STARTTLS that is not offered', async () => {
  const bad = async (change: Parameters<typeof servers>[0]) => {
    const { steps } = await testAccount(servers(change), { tenantId });
    const found = steps.find(({ ok }) => ok === false);
    return [found?.step, found?.code];
  };
  expect(await bad({ imap: { host: 'imap.no-such-host.invalid' } })).toEqual(['imap.name', 'hostNotFound']);
  expect(await bad({ imap: { port: 1 } })).toEqual(['imap.port', 'connectRefused']);
  expect(await bad({ smtp: { port: 1 } })).toEqual(['smtp.port', 'connectRefused']);
  expect(await bad({ smtp: { secure: 'tls' } })).toEqual(['smtp.tls', 'tlsWrongPort']);
});

it('finds the self-signed certificate of a real mail server', async () => {
  const { imapsPort } = dovecot();
  const imap = { host: 'localhost', port: imapsPort, secure: 'tls' as const };
  const { steps } = await testAccount(servers({ imap }), { tenantId });
  expect(steps.find(({ ok }) => ok === false)).toMatchObject({ step: 'imap.tls', code: 'certSelfSigned' });
});

it('sees its test mail come back, and says when it lies among unwanted mail', async () => {
  const account = servers();
  const { address } = account;
  const deliver = async (folder: string) => {
    const [mail] = await until(() => {
      const mails = sink.mails();
      expect(mails).toHaveLength(1);
      return mails;
    });
    await dovecot().append(address, [{ raw: mail?.raw ?? '' }], folder);
    sink.clear();
  };
  const running = testAccount(account, { tenantId, mail: true });
  await deliver('INBOX');
  expect(await running).toMatchObject({ ok: true });
  await dovecot().createMailbox(address, 'Junk');
  const junk = sendToItself(account, { tenantId, junk: 'Junk', sent: () => {}, patienceMs: 20_000 });
  await deliver('Junk');
  expect(await junk).toMatchObject({ code: null, facts: { junk: 'Junk' } });
});

it('says that the mail was refused, or did not come back in time', async () => {
  sink.fault({ mode: 'rcpt-550' });
  const refused = await testAccount(servers(), { tenantId, mail: true });
  expect(refused.steps.find(({ ok }) => ok === false)).toMatchObject({ step: 'mail.sent', code: 'mailRefused' });
  sink.clearFaults();
  const late = await sendToItself(servers(), { tenantId, junk: null, sent: () => {}, patienceMs: 500 });
  expect(late).toMatchObject({ at: 'mail.back', code: 'mailNotBack' });
});

it('ends at once when it is stopped', async () => {
  const stop = new AbortController();
  const running = testAccount(servers(), { tenantId, mail: true, signal: stop.signal });
  await until(() => expect(sink.mails()).toHaveLength(1));
  const began = Date.now();
  stop.abort();
  const { steps } = await running;
  expect(steps.find(({ step }) => step === 'mail.back')).toMatchObject({ ok: false, code: 'stopped' });
  expect(Date.now() - began).toBeLessThan(5000);
});
