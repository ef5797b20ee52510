import { expect, it } from 'vitest';
import { changeAccount } from '#lib/accounts/change.ts';
import { accountToEdit } from '#lib/accounts/edit.ts';
import { type AccountInput, accountInput } from '#lib/accounts/input.ts';
import { keepOauthSignIn, requireOwnSignIn } from '#lib/accounts/oauth-sign-in.ts';
import { removeAccount } from '#lib/accounts/remove.ts';
import { saveAccount } from '#lib/accounts/save.ts';
import { connectsOtherwise, serversToTest } from '#lib/accounts/servers.ts';
import { loadAccount, secretContext } from '#lib/accounts/settings.ts';
import { isTestMail, newTestId } from '#lib/accounts/test-id.ts';
import { sealSecret } from '#lib/crypto/index.ts';
import type { Scope } from '#lib/db/scope.ts';
import { newId } from '#lib/ids.ts';
import { visibleMailboxIds } from '#lib/mailboxes/access.ts';
import { ownAddresses } from '#lib/mailboxes/identity.ts';
import { mailboxInput } from '#lib/mailboxes/input.ts';
import { changeMailbox, moveMailbox, openMailbox } from '#lib/mailboxes/save.ts';
import { mailboxesToSetUp, mailboxToEdit } from '#lib/mailboxes/settings.ts';
import { type Company, company, owner, refusal } from '#tests/support/tenant.ts';

/* What an administrator sets: the 窓口, who sees them, and the mail accounts in them. */
const founded = () =>
  company({
    members: { admin: { roles: ['admin'], sees: [] }, aoki: { sees: ['shop'] } },
    mailboxes: ['shop', 'orders'],
  });
const mailbox = (change: object = {}) =>
  mailboxInput.parse({
    ...{
      name: '法人・請求書',
      fromName: 'はなみや商店',
      signature: '--\nはなみや',
      defaultThen: 'doing',
      reopenDays: 14,
    },
    ...{ threadBySubject: false, calendarId: null, groupIds: [], ...change },
  });
const account = (c: Company, change: object = {}): AccountInput =>
  accountInput.parse({
    ...{ mailboxId: c.mailbox(), address: 'Invoice@Hanamiya.example', aliases: ['billing@hanamiya.example'] },
    ...{ imapHost: 'imap.hanamiya.example', imapPort: 993, imapSecurity: 'tls', imapUser: 'u', imapPassword: 'secret' },
    ...{ smtpHost: 'smtp.hanamiya.example', smtpPort: 465, smtpSecurity: 'tls', smtpUser: 'u', smtpPassword: 'secret' },
    ...change,
  });
const GOOGLE = { imapHost: 'imap.gmail.com', smtpHost: 'smtp.gmail.com' };
const groupOf = async ({ tenantId }: Company, name: string) =>
  (await owner.memberGroup.findFirstOrThrow({ where: { tenantId, name } })).id;

it('opens a 窓口 below the others, changes it once, and shows it to whom its groups say', async () => {
  const c = await founded();
  const id = await c.as('admin', (s) => openMailbox(s, mailbox()));
  expect((await c.as('admin', mailboxesToSetUp)).map(({ name }) => name)).toEqual(['shop', 'orders', '法人・請求書']);
  expect(await c.as('aoki', visibleMailboxIds)).not.toContain(id);
  const groupIds = [await groupOf(c, 'shop')];
  await c.as('admin', (s) => changeMailbox(s, id, 1, mailbox({ groupIds, reopenDays: null })));
  expect(await c.as('aoki', visibleMailboxIds)).toContain(id);
  expect(await c.as('admin', (s) => mailboxToEdit(s, id))).toMatchObject({ version: 2, groupIds, reopenDays: null });
  expect(await refusal(c.as('admin', (s) => changeMailbox(s, id, 1, mailbox())))).toBe('Conflict: savedElsewhere');
  expect(await c.as('aoki', visibleMailboxIds)).toContain(id);
  await c.as('admin', (s) => changeMailbox(s, id, 2, mailbox()));
  expect(await c.as('aoki', visibleMailboxIds)).not.toContain(id);
});

it('refuses a name that is taken, and a group of another company', async () => {
  const c = await founded();
  const foreign = await groupOf(await founded(), 'shop');
  const open = (change: object) => refusal(c.as('admin', (s) => openMailbox(s, mailbox(change))));
  expect(await open({ name: ' shop ' })).toBe('Invalid: mailboxExists');
  expect(await open({ groupIds: [foreign] })).toBe('Invalid: invalidValue');
  expect(await open({ calendarId: newId() })).toBe('Invalid: invalidValue');
});

it('moves a 窓口 among the others and stays at the ends', async () => {
  const c = await founded();
  const names = async () => (await c.as('admin', mailboxesToSetUp)).map(({ name }) => name);
  await c.as('admin', (s) => moveMailbox(s, c.mailbox('orders'), -1));
  expect(await names()).toEqual(['orders', 'shop']);
  await c.as('admin', (s) => moveMailbox(s, c.mailbox('orders'), -1));
  expect(await names()).toEqual(['orders', 'shop']);
});

it('keeps a password sealed, keeps it when none is typed, and never gives it out', async () => {
  const c = await founded();
  const id = await c.as('admin', (s) => saveAccount(s, account(c), null));
  const stored = () => c.bySystem((s) => loadAccount(s, id));
  expect((await stored()).imap).toMatchObject({ password: 'secret', host: 'imap.hanamiya.example' });
  const shown = await c.as('admin', (s) => accountToEdit(s, id));
  expect(JSON.stringify(shown)).not.toContain('secret');
  expect(shown).toMatchObject({ address: 'invoice@hanamiya.example', aliases: ['billing@hanamiya.example'] });
  expect(await c.as('admin', ownAddresses)).toContain('billing@hanamiya.example');
  const blank = { imapPassword: '', smtpPassword: '' };
  await c.as('admin', (s) => changeAccount(s, id, 1, account(c, { ...blank, aliases: [], sendPerMinute: 20 }), null));
  expect((await stored()).imap.password).toBe('secret');
  expect(await c.as('admin', ownAddresses)).not.toContain('billing@hanamiya.example');
  await c.as('admin', (s) => changeAccount(s, id, 2, account(c, { imapPassword: 'new', smtpPassword: 'new' }), null));
  expect((await stored()).smtp.password).toBe('new');
  expect(await refusal(c.as('admin', (s) => changeAccount(s, id, 2, account(c), null)))).toBe(
    'Conflict: savedElsewhere',
  );
});

it('gives a stored password to no other server, user or weaker line', async () => {
  const c = await founded();
  const id = await c.as('admin', (s) => saveAccount(s, account(c), null));
  const blank = { imapPassword: '', smtpPassword: '' };
  const servers = (change: object) =>
    c.as('admin', (s) => serversToTest(s, account(c, { ...blank, ...change }), id)).then(({ servers: found }) => found);
  expect((await servers({})).imap.password).toBe('secret');
  expect((await servers({ imapPort: 1993 })).imap.password).toBe('secret');
  for (const change of [
    { imapHost: 'imap.evil.example' },
    { imapUser: 'v' },
    { imapSecurity: 'none' },
    { smtpHost: 'x.example' },
  ])
    expect(await refusal(servers(change))).toBe('Invalid: passwordAgain');
  expect((await servers({ imapHost: 'imap.evil.example', imapPassword: 'typed' })).imap.password).toBe('typed');
});

it('knows what has to be tested again', async () => {
  const c = await founded();
  const id = await c.as('admin', (s) => saveAccount(s, account(c), null));
  const blank = { imapPassword: '', smtpPassword: '' };
  const otherwise = (change: object) =>
    c.as('admin', (s) => connectsOtherwise(s, account(c, { ...blank, ...change }), id));
  expect(await otherwise({ aliases: [], sendPerMinute: 5, filesSent: true })).toBe(false);
  expect(await otherwise({ smtpPort: 587 })).toBe(true);
  expect(await otherwise({ imapPassword: 'new' })).toBe(true);
});

it('lets an account by OAuth2 wait, paused and without a password, for its sign-in', async () => {
  const c = await founded();
  const oauth = { auth: 'google', imapPassword: '', smtpPassword: '', ...GOOGLE };
  const id = await c.as('admin', (s) => saveAccount(s, account(c, oauth), null));
  expect(await c.as('admin', (s) => accountToEdit(s, id))).toMatchObject({ state: 'paused', signedIn: false });
  const { stored } = await c.as('admin', (s) => serversToTest(s, account(c, oauth), id));
  expect(stored).toBeNull();
  await c.as('admin', (s) => changeAccount(s, id, 1, account(c), null));
  expect(await c.as('admin', (s) => accountToEdit(s, id))).toMatchObject({ state: 'active', auth: 'password' });
});

it('gives a token to its provider’s servers and where it went before, and nowhere else', async () => {
  const c = await founded();
  const oauth = { auth: 'google', imapPassword: '', smtpPassword: '' };
  const id = await c.as('admin', (s) => saveAccount(s, account(c, oauth), null));
  const oauthSecret = sealSecret('refresh', secretContext(id, 'oauth'));
  await owner.mailAccount.update({ where: { tenantId_id: { tenantId: c.tenantId, id } }, data: { oauthSecret } });
  const servers = (change: object) =>
    refusal(c.as('admin', (s) => serversToTest(s, account(c, { ...oauth, ...change }), id)));
  expect(await servers({})).toBe('done');
  expect(await servers(GOOGLE)).toBe('done');
  for (const change of [
    { imapHost: 'imap.evil.example' },
    { smtpHost: 'smtp.office365.com' },
    { imapSecurity: 'none' },
  ])
    expect(await servers(change)).toBe('Invalid: oauthElsewhere');
});

it('signs nobody in for an account whose servers aren’t its provider’s, whoever wrote them and whenever', async () => {
  const c = await founded();
  const oauth = { auth: 'google', imapPassword: '', smtpPassword: '', ...GOOGLE };
  const id = await c.as('admin', (s) => saveAccount(s, account(c, oauth), null));
  const tokens = { accessToken: 'a', refreshToken: 'r', expiresAt: new Date(), address: null };
  const signIn = () =>
    c.as('admin', async (s) => {
      const state = { ...newSignInState(id), memberId: s.actor.id ?? '' };
      await requireOwnSignIn(s, state);
      return keepOauthSignIn(s, state, tokens);
    });
  expect(await refusal(signIn())).toBe('done');
  for (const [change, why] of [
    [{ imap_host: 'imap.evil.example' }, 'oauthElsewhere'],
    [{ imap_host: GOOGLE.imapHost, smtp_host: 'smtp.evil.example' }, 'oauthElsewhere'],
    [{ smtp_host: GOOGLE.smtpHost, imap_security: 'none' }, 'oauthElsewhere'],
    [{ imap_security: 'tls', auth: 'password' }, 'invalidValue'],
  ] as const) {
    for (const [column, value] of Object.entries(change)) await setAccount(id, column, value);
    expect(await refusal(signIn())).toBe(`Invalid: ${why}`);
  }
  const servers = (change: object) =>
    refusal(c.as('admin', (s) => serversToTest(s, account(c, { ...oauth, ...change }), null)));
  expect(await servers({ smtpHost: 'smtp.evil.example' })).toBe('Invalid: oauthElsewhere');
  expect(await servers({})).toBe('done');
});
const newSignInState = (accountId: string) => ({
  ...{ tenant: 'any', accountId, provider: 'google' as const, verifier: '', nonce: '', until: 0 },
});
const setAccount = (id: string, column: string, value: string) =>
  owner.$executeRawUnsafe(`UPDATE mail_account SET ${column} = $1 WHERE id = $2::uuid`, value, id);

it('takes an address once, and a 窓口 that is there', async () => {
  const c = await founded();
  const save = (change: object) => refusal(c.as('admin', (s) => saveAccount(s, account(c, change), null)));
  expect(await save({ address: c.address().toUpperCase() })).toBe('Invalid: accountExists');
  expect(await save({ mailboxId: newId() })).toBe('Invalid: invalidValue');
  expect(await save({ imapPassword: '' })).toBe('Invalid: required');
});

it('removes an account that never had mail, and no other', async () => {
  const c = await founded();
  const id = await c.as('admin', (s) => saveAccount(s, account(c), null));
  await c.as('admin', (s) => removeAccount(s, id));
  expect(await refusal(c.as('admin', (s) => accountToEdit(s, id)))).toBe('NotFound: notFound');
  await c.store({ subject: '質問' });
  const busy = c.accounts.shop ?? '';
  expect(await refusal(c.as('admin', (s) => removeAccount(s, busy)))).toBe('Conflict: accountHasMail');
  expect(await c.as('admin', (s) => accountToEdit(s, busy))).toMatchObject({ hasMail: true });
});

it('is the administrator’s business alone', async () => {
  const c = await founded();
  const verbs: ((s: Scope) => Promise<unknown>)[] = [
    (s: Scope) => openMailbox(s, mailbox()),
    (s: Scope) => saveAccount(s, account(c), null),
    (s: Scope) => removeAccount(s, c.accounts.shop ?? ''),
    (s: Scope) => serversToTest(s, account(c), null),
  ];
  for (const verb of verbs) expect(await refusal(c.as('aoki', verb))).toBe('Forbidden: notAllowed');
});

it('never makes a 案件 of its own test mail, by either header, nor mistakes a customer’s for one', async () => {
  const c = await founded();
  const other = await founded();
  const id = newTestId(c.tenantId, 'shop.example');
  expect([
    isTestMail(c.tenantId, [id]),
    isTestMail(other.tenantId, [id]),
    isTestMail(c.tenantId, [null, '<a@b>']),
  ]).toEqual([...[true, false, false]]);
  expect(await c.arrive({ from: c.address(), id })).toMatchObject({ state: 'ignored', reason: 'connection-test' });
  const second = { from: c.address(), headers: { 'X-Madoguchi-Id': newTestId(c.tenantId, 'shop.example') } };
  expect(await c.arrive(second)).toMatchObject({ state: 'ignored', reason: 'connection-test' });
  expect(await c.arrive(second, { folder: 'sent' })).toMatchObject({ state: 'ignored', reason: 'connection-test' });
  const forged = { headers: { 'X-Madoguchi-Id': newTestId(other.tenantId, 'shop.example') } };
  expect(await c.arrive(forged)).toMatchObject({ state: 'done' });
});
