import { ImapFlow } from 'imapflow';
import nodemailer from 'nodemailer';
import { describe, expect, it } from 'vitest';
import { newMailUser, ownDovecot, ownSink, sharedDovecot } from '../support/mail.ts';

const raw = (subject: string) => `From: a@customer.example\r\nSubject: ${subject}\r\n\r\nx\r\n`;

describe('the mail servers of the tests', () => {
  it('deliver and append to any user, with the date asked for', async () => {
    const dovecot = sharedDovecot();
    const user = newMailUser();
    await dovecot.append(user, [{ raw: raw('one'), at: new Date('2026-01-02T03:04:05Z') }]);
    await dovecot.deliver({ from: 'a@customer.example', to: user, raw: raw('two') });
    expect(await dovecot.count(user)).toBe(2);
    const client = await connect(dovecot.imapsPort, user, dovecot.password);
    await client.mailboxOpen('INBOX');
    const first = await client.fetchOne('1', { internalDate: true });
    expect(first && new Date(first.internalDate ?? 0).toISOString()).toBe('2026-01-02T03:04:05.000Z');
    await client.logout();
  });

  it('change UIDVALIDITY, expunge, and cut sessions', async () => {
    const dovecot = sharedDovecot();
    const user = newMailUser();
    await dovecot.append(user, [{ raw: raw('one') }]);
    await dovecot.setUidValidity(user, 777);
    const client = await connect(dovecot.imapsPort, user, dovecot.password);
    const closed = new Promise((resolve) => client.once('close', resolve));
    expect((await client.mailboxOpen('INBOX')).uidValidity).toBe(777n);
    expect(await dovecot.sessionPids(user)).toHaveLength(1);
    await dovecot.expunge(user, 'INBOX', 'all');
    expect(await dovecot.count(user)).toBe(0);
    await dovecot.kick(user);
    await closed;
  });

  it('stop and start again on the same port with the same mail', async () => {
    const dovecot = await ownDovecot();
    await dovecot.append('a', [{ raw: raw('one') }]);
    await dovecot.process.stop();
    await expect(dovecot.append('a', [{ raw: raw('two') }])).rejects.toThrow();
    await dovecot.restart();
    expect(await dovecot.count('a')).toBe(1);
    await dovecot.end();
  });

  it('take mail over STARTTLS', async () => {
    const sink = await ownSink();
    const tls = { rejectUnauthorized: false };
    const transport = nodemailer.createTransport({ host: '127.0.0.1', port: sink.smtpPort, requireTLS: true, tls });
    await transport.sendMail({ from: 'shop@example.jp', to: 'a@customer.example', subject: 'x', text: 'y' });
    expect(sink.mails()).toHaveLength(1);
    transport.close();
    await sink.stop();
  });
});

async function connect(port: number, user: string, pass: string): Promise<ImapFlow> {
  const tls = { rejectUnauthorized: false };
  const client = new ImapFlow({ host: '127.0.0.1', port, secure: true, tls, auth: { user, pass }, logger: false });
  client.on('error', () => {});
  await client.connect();
  return client;
}
