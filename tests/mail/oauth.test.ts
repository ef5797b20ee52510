import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { beginOauthSignIn, keepOauthSignIn, requireOwnSignIn } from '#lib/accounts/oauth-sign-in.ts';
import { readSignIn } from '#lib/accounts/oauth-state.ts';
import { redeemCode } from '#lib/accounts/oauth-tokens.ts';
import { inTenant, type Scope } from '#lib/db/scope.ts';
import type { Dovecot } from '../../bin/support/servers.mjs';
import { type Issuer, startIssuer } from '../support/issuer.ts';
import { letter } from '../support/letters.ts';
import { ownDovecot } from '../support/mail.ts';
import { db, endWorlds, type MailWorld, newMailWorld, until } from '../support/mail-world.ts';
import { killWorker, runWorker, stopWorkers } from '../support/worker-process.ts';

/** Real servers that take no password: Dovecot and an SMTP server ask the tests' issuer whose a token is. */
let issuer: Issuer;
let dovecot: Dovecot & { end: () => Promise<void> };
let smtp: SMTPServer;
const sent: { user: string; raw: string }[] = [];

beforeAll(async () => {
  issuer = await startIssuer();
  for (const [name, value] of Object.entries(issuer.env)) vi.stubEnv(name, value);
  dovecot = await ownDovecot({ introspectUrl: issuer.introspectUrl });
  smtp = new SMTPServer({
    ...{ authMethods: ['XOAUTH2'], allowInsecureAuth: true, disabledCommands: ['STARTTLS'], logger: false },
    onAuth(auth, _session, callback) {
      const whose = issuer.addressOf(auth.accessToken ?? '');
      if (whose !== null && whose === auth.username) callback(null, { user: whose });
      else callback(null, { data: { status: '401', schemes: 'bearer', scope: 'mail' } });
    },
    onData(stream, session, callback) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk) => chunks.push(chunk));
      stream.on('end', () => {
        sent.push({ user: String(session.user), raw: Buffer.concat(chunks).toString('latin1') });
        callback();
      });
    },
  });
  await new Promise<void>((resolve) => smtp.listen(0, '127.0.0.1', resolve));
});
afterAll(async () => {
  await stopWorkers();
  await Promise.all([new Promise<void>((resolve) => smtp.close(resolve)), dovecot.end(), issuer.stop()]);
  vi.unstubAllEnvs();
});
afterEach(endWorlds);

const asAdmin = <T>({ tenantId, agent }: MailWorld, work: (scope: Scope) => Promise<T>): Promise<T> =>
  inTenant({ tenantId, actor: { ...agent, roles: ['admin'] } }, work);

/** Signs the account in as its admin's browser does, by way of the provider. */
async function signIn(world: MailWorld) {
  const { url } = await asAdmin(world, (scope) => beginOauthSignIn(scope, world.accountId, 'google', 'any'));
  const back = new URL((await fetch(url, { redirect: 'manual' })).headers.get('location') ?? '');
  const state = readSignIn(back.searchParams.get('state') ?? '');
  if (!state) throw new Error('the state came back unreadable');
  await asAdmin(world, (scope) => requireOwnSignIn(scope, state));
  const redirectUri = back.origin + back.pathname;
  const tokens = await redeemCode('google', back.searchParams.get('code') ?? '', state.verifier, redirectUri);
  return asAdmin(world, (scope) => keepOauthSignIn(scope, state, tokens));
}

/** An account as the settings save it before anybody has signed in. */
async function unsignedWorld(): Promise<MailWorld> {
  const world = await newMailWorld({ smtpPort: (smtp.server.address() as AddressInfo).port, dovecot });
  const where = { tenantId_id: { tenantId: world.tenantId, id: world.accountId } };
  await db.mailAccount.update({
    where,
    data: { auth: 'google', state: 'paused', imapSecret: '', smtpSecret: '', smtpUser: world.address },
  });
  return world;
}

const subjects = async (world: MailWorld) => (await world.messages()).map((message) => message.subject);

it('receives and sends by OAuth2 alone, renews what is refused, and says when somebody must sign in again', async () => {
  const world = await unsignedWorld();
  expect(await signIn(world)).toEqual({ otherAddress: false });
  const env = { ...issuer.env };
  const worker = await runWorker({ env });

  await world.deliver(letter({ subject: '一通目' }));
  await until(async () => expect(await subjects(world)).toEqual(['一通目']));
  expect(issuer.state.renewals).toBe(0);
  const [conversation] = await world.conversations();
  await world.reply(conversation?.id ?? '', { text: 'お返事です。' });
  await until(async () => expect(sent.map((mail) => mail.user)).toEqual([world.address]));

  // Tokens that should have been good are refused: each side asks for a new one and goes on.
  issuer.dropTokens();
  await killWorker(worker);
  await db.$executeRaw`UPDATE mail_account SET lease_until = now(), lease_token = NULL WHERE id = ${world.accountId}::uuid`;
  await world.deliver(letter({ subject: '二通目' }));
  const second = await runWorker({ env });
  await until(async () => expect(await subjects(world)).toContain('二通目'));
  expect(issuer.state.renewals).toBeGreaterThan(0);

  // The person took the permission back.
  issuer.withdraw();
  await killWorker(second);
  await db.$executeRaw`UPDATE mail_account SET lease_until = now(), lease_token = NULL WHERE id = ${world.accountId}::uuid`;
  await world.deliver(letter({ subject: '三通目' }));
  await runWorker({ env });
  await until(async () => expect((await world.account()).lastErrorCode).toBe('oauthExpired'));
  expect(await subjects(world)).not.toContain('三通目');

  await signIn(world);
  await until(async () => expect(await subjects(world)).toContain('三通目'));
  expect(await world.account()).toMatchObject({ lastErrorCode: null, failures: 0 });
});

it('keeps tokens sealed for their account, and says when somebody else signed in', async () => {
  const world = await unsignedWorld();
  issuer.state.signsInAs = 'private@customer.example';
  expect(await signIn(world)).toEqual({ otherAddress: true });
  issuer.state.signsInAs = null;
  const { oauthSecret, oauthAccess, imapSecret } = await world.account();
  expect([oauthSecret, oauthAccess].map((text) => text?.slice(0, 3))).toEqual(['s1.', 's1.']);
  expect(imapSecret).toBe('');
});

it('trades a code only once, and only with the verifier of the browser that asked for it', async () => {
  const world = await unsignedWorld();
  const { url } = await asAdmin(world, (scope) => beginOauthSignIn(scope, world.accountId, 'google', 'any'));
  const back = new URL((await fetch(url, { redirect: 'manual' })).headers.get('location') ?? '');
  const code = back.searchParams.get('code') ?? '';
  const stranger = redeemCode('google', code, 'another-verifier', back.origin + back.pathname);
  await expect(stranger).rejects.toMatchObject({ reason: 'oauthExpired' });
});
