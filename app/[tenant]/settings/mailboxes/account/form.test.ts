import { describe, expect, it } from 'vitest';
import { accountInput } from '#lib/accounts/input.ts';
import {
  type AccountForm,
  chooseAddress,
  chooseProvider,
  chooseSender,
  chooseServer,
  EMPTY,
  fieldOf,
  formOf,
  linesOf,
  portAfter,
  toInput,
  wrongFields,
} from './form.ts';

const ZONE = 'Asia/Tokyo';
const form = (...changes: Partial<AccountForm>[]): AccountForm =>
  Object.assign(
    { ...EMPTY, mailboxId: '0198a1b2-0000-7000-8000-000000000001', address: 'info@hanamiya.example' },
    ...changes,
  );
const as = (id: string, oauth: string[] = []) => form(chooseProvider(form(), id, oauth));

describe('choosing a provider', () => {
  it('fills in its servers, ports and the form of its user name', () => {
    expect(as('lolipop')).toMatchObject({
      ...{ imapHost: 'imap.lolipop.jp', imapPort: '993', imapSecurity: 'tls', imapUser: 'info@hanamiya.example' },
      ...{ smtpHost: 'smtp.lolipop.jp', smtpPort: '465', sameLogin: true, filesSent: false, auth: 'password' },
    });
    expect(as('yahoo-japan')).toMatchObject({ imapUser: 'info', smtpUser: 'info', sameLogin: true });
    expect(as('icloud')).toMatchObject({ imapUser: 'info', smtpUser: 'info@hanamiya.example', sameLogin: false });
    expect(as('docomo')).toMatchObject({ imapUser: '', smtpUser: '' });
  });

  it('offers the sign-in at the provider only where the operator registered one', () => {
    expect(as('google').auth).toBe('password');
    expect(as('google', ['google']).auth).toBe('google');
    expect(as('microsoft365', ['google']).auth).toBe('password');
  });

  it('waits for the name in the contract, and takes it for both servers', () => {
    const sakura = as('sakura');
    expect(sakura).toMatchObject({ imapHost: '', smtpHost: '' });
    const known = form(sakura, chooseServer(sakura, 'hanamiya.sakura.ne.jp'));
    expect(known).toMatchObject({
      imapHost: 'hanamiya.sakura.ne.jp',
      smtpHost: 'hanamiya.sakura.ne.jp',
      smtpPort: '587',
    });
    const sender = form(known, chooseSender(known, 'ses'));
    expect(form(sender, chooseServer(sender, 'other.sakura.ne.jp')).smtpHost).toBe(
      'email-smtp.ap-northeast-1.amazonaws.com',
    );
  });

  it('lets mail leave by another service, with a sign-in of its own', () => {
    const gmail = as('google');
    const sent = form(gmail, chooseSender(gmail, 'sendgrid'));
    expect(sent).toMatchObject({ smtpHost: 'smtp.sendgrid.net', sameLogin: false, smtpUser: '', filesSent: false });
    expect(form(sent, chooseSender(sent, ''))).toMatchObject({
      smtpHost: 'smtp.gmail.com',
      sameLogin: true,
      filesSent: true,
    });
  });
});

it('lets user names follow the address until somebody changes them', () => {
  const typed = form(chooseAddress(EMPTY, 'a@hanamiya.example'));
  expect(typed).toMatchObject({ imapUser: 'a@hanamiya.example', smtpUser: 'a@hanamiya.example' });
  const own = { ...typed, imapUser: 'kir000000.info' };
  expect(form(own, chooseAddress(own, 'b@hanamiya.example')).imapUser).toBe('kir000000.info');
});

it('shows a stored account as it was chosen, without its passwords', () => {
  const stored = (change: Partial<AccountForm>) => {
    const typed = form(chooseProvider(form(), 'sakura', []), change);
    const { aliases, sentFolder, ...input } = accountInput.parse(toInput(typed, ZONE));
    const more = { id: '1', version: 1, state: 'active' as const, signedIn: false, hasMail: false };
    return formOf({ ...input, aliases, sentFolder, ...more }, ZONE);
  };
  const server = 'hanamiya.sakura.ne.jp';
  const hosts = { imapHost: server, imapPassword: 'secret', importSince: '2026-04-01' };
  expect(stored({ ...hosts, smtpHost: server })).toMatchObject({
    server,
    sendBy: '',
    sameLogin: true,
    imapPassword: '',
  });
  expect(stored({ ...hosts, smtpHost: 'smtp.sendgrid.net' })).toMatchObject({ sendBy: 'sendgrid' });
  expect(stored({ ...hosts, smtpHost: 'mail.hanamiya.example' })).toMatchObject({ sendBy: 'custom' });
  expect(stored({ ...hosts, smtpHost: server }).importSince).toBe('2026-04-01');
});

describe('what is sent', () => {
  it('passes the server’s own check, with the company’s midnight', () => {
    const typed = form(chooseProvider(form(), 'lolipop', []), {
      ...{
        imapPassword: 'secret',
        importSince: '2026-04-01',
        aliases: 'a@x.example、b@x.example',
        sendPerMinute: '20',
      },
    });
    const input = accountInput.parse(toInput(typed, ZONE));
    expect(input).toMatchObject({ smtpPassword: 'secret', smtpUser: 'info@hanamiya.example', sendPerMinute: 20 });
    expect(input).toMatchObject({ importSince: '2026-03-31T15:00:00.000Z', aliases: ['a@x.example', 'b@x.example'] });
  });

  it('holds no password by OAuth2', () => {
    const typed = form(chooseProvider(form(), 'google', ['google']), {
      imapPassword: 'left over',
      smtpPassword: 'too',
    });
    expect(toInput(typed, ZONE)).toMatchObject({ auth: 'google', imapPassword: '', smtpPassword: '' });
  });
});

describe('what is wrong', () => {
  it('is seen without asking a server', () => {
    expect(wrongFields(EMPTY, true)).toMatchObject({
      address: 'required',
      imapHost: 'required',
      imapPassword: 'required',
    });
    const typed = as('lolipop');
    expect(wrongFields({ ...typed, imapPassword: 'p' }, true)).toEqual({});
    expect(wrongFields(typed, false)).toEqual({});
    expect(
      wrongFields({ ...typed, address: 'x', imapPort: '70000', sendConnections: '21', aliases: 'a b@c' }, false),
    ).toEqual({
      ...{
        address: 'addressFormat',
        imapPort: 'invalidValue',
        sendConnections: 'invalidValue',
        aliases: 'addressFormat',
      },
    });
  });

  it('leads to its field after a step of the test', () => {
    const typed = as('lolipop');
    expect(['imap.name', 'imap.tls', 'imap.login', 'smtp.port'].map((step) => fieldOf(step, typed))).toEqual([
      ...['imapHost', 'imapSecurity', 'imapPassword', 'smtpHost'],
    ]);
    expect(fieldOf('smtp.login', { ...typed, sameLogin: false })).toBe('smtpPassword');
    expect(fieldOf('imap.login', { ...typed, auth: 'google' })).toBeNull();
    expect(fieldOf('mail.back', typed)).toBeNull();
  });
});

it('brings the usual port of an encryption, and keeps one that somebody chose', () => {
  expect([portAfter('993', 'imap', 'starttls'), portAfter('1993', 'imap', 'starttls')]).toEqual(['143', '1993']);
});

it('reads addresses in any dress', () => {
  expect(linesOf(' ａ@x.example\nb@x.example, c@x.example ')).toEqual(['a@x.example', 'b@x.example', 'c@x.example']);
});
