import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import nodemailer from 'nodemailer';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Sink, startSink } from '../servers.mjs';

let folder: string;
let sink: Sink;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'sink-'));
  sink = await startSink({ folder, password: 'right' });
});

afterEach(async () => {
  await sink.stop();
  await rm(folder, { recursive: true });
});

async function send({ to = ['a@customer.example'], pass = 'right', text = 'こんにちは', html = '' } = {}) {
  const transport = nodemailer.createTransport({
    host: '127.0.0.1',
    port: sink.smtpPort,
    auth: { user: 'shop@example.jp', pass },
    socketTimeout: 700,
  });
  try {
    return await transport.sendMail({ from: 'shop@example.jp', to, subject: 'ご返信', text, html });
  } finally {
    transport.close();
  }
}

describe('the SMTP sink', () => {
  it('keeps what it accepted across a restart', async () => {
    await send({ to: ['a@customer.example', 'b@customer.example'] });
    await sink.stop();
    sink = await startSink({ folder, password: 'right' });
    expect(sink.mails()).toMatchObject([
      { from: 'shop@example.jp', to: ['a@customer.example', 'b@customer.example'], user: 'shop@example.jp' },
    ]);
    await send();
    expect(sink.mails().map((mail) => mail.id)).toEqual(['000001', '000002']);
  });

  it('refuses a wrong password', async () => {
    await expect(send({ pass: 'wrong' })).rejects.toMatchObject({ code: 'EAUTH', responseCode: 535 });
  });

  it.each([
    ['auth-535', { responseCode: 535 }, 0],
    ['rcpt-450', { responseCode: 450 }, 0],
    ['rcpt-550', { responseCode: 550 }, 0],
    ['drop-rcpt', { code: 'ECONNECTION' }, 0],
    ['hang-rcpt', { code: 'ETIMEDOUT' }, 0],
    ['drop-data', { code: 'ECONNECTION' }, 0],
    ['drop-mid-body', {}, 0],
    ['data-452', { responseCode: 452 }, 0],
    ['data-554', { responseCode: 554 }, 0],
    ['hang-end', { code: 'ETIMEDOUT' }, 0],
    ['drop-after-dot', { code: 'ECONNECTION' }, 1],
    ['hang-after-dot', { code: 'ETIMEDOUT' }, 1],
  ] as const)('with %s the sender sees an error and %s', async (mode, seen, kept) => {
    sink.fault({ mode, times: 1 });
    await expect(send()).rejects.toMatchObject(seen);
    expect(sink.mails()).toHaveLength(kept);
    await send();
    expect(sink.mails()).toHaveLength(kept + 1);
  });

  it('cuts a large mail in the middle of its body', async () => {
    sink.fault({ mode: 'drop-mid-body' });
    await expect(send({ text: 'あ'.repeat(2_000_000) })).rejects.toThrow();
    expect(sink.mails()).toHaveLength(0);
  });

  it('answers late when it is slow, and keeps the mail', async () => {
    sink.fault({ mode: 'slow', ms: 300 });
    const began = Date.now();
    await send();
    expect(Date.now() - began).toBeGreaterThanOrEqual(290);
    expect(sink.mails()).toHaveLength(1);
  });

  it('refuses one of two recipients and takes the mail for the other', async () => {
    sink.fault({ mode: 'rcpt-550', recipient: 'gone@customer.example' });
    const info = await send({ to: ['a@customer.example', 'gone@customer.example'] });
    expect(info.rejected).toEqual(['gone@customer.example']);
    expect(sink.mails()).toMatchObject([{ to: ['a@customer.example'] }]);
  });

  it('shows the mail on its page, the HTML only in a frame that may run nothing', async () => {
    await send({ html: '<p>お待たせ</p><script>alert(1)</script>' });
    const page = await (await fetch(`${sink.url}/mails/000001`)).text();
    expect(page).toContain('こんにちは');
    expect(page).toContain('<iframe sandbox ');
    expect(page).not.toContain('<script>');
    const frame = await fetch(`${sink.url}/mails/000001/html`);
    expect(frame.headers.get('content-security-policy')).toContain("sandbox; default-src 'none'");
    expect(await (await fetch(`${sink.url}/mails/000001/raw`)).text()).toContain('Message-ID:');
    expect((await fetch(`${sink.url}/mails/9`)).status).toBe(404);
  });

  it('is driven by HTTP as well', async () => {
    await fetch(`${sink.url}/api/faults`, { method: 'POST', body: JSON.stringify({ mode: 'data-554' }) });
    await expect(send()).rejects.toMatchObject({ responseCode: 554 });
    await fetch(`${sink.url}/api/faults`, { method: 'DELETE' });
    await send();
    expect(await (await fetch(`${sink.url}/api/mails`)).json()).toMatchObject([
      { subject: 'ご返信', text: 'こんにちは' },
    ]);
    expect((await fetch(`${sink.url}/api/faults`, { method: 'POST', body: '{"mode":"no"}' })).status).toBe(400);
  });
});
