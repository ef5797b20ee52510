import { createServer, type Server, type Socket } from 'node:net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { afterEach, expect, test } from 'vitest';
import { type SmtpSettings, submitMail, testSmtp } from '#lib/mail/smtp/submit.ts';

const MAIL = Buffer.from('From: s@example.jp\r\nSubject: test\r\n\r\nbody\r\n.leading dot\r\n');
const BIG = Buffer.concat([MAIL, Buffer.alloc(30_000_000, 'abcdefgh\r\n')]);
const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

function refusal(text: string, responseCode: number) {
  return Object.assign(new Error(text), { responseCode });
}

/** A real SMTP server whose answers the test scripts; `received` are the bodies it has accepted. */
async function smtpServer(options: SMTPServerOptions = {}): Promise<{ settings: SmtpSettings; received: Buffer[] }> {
  const received: Buffer[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    closeTimeout: 100,
    onData(stream, _session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (c: Buffer) => chunks.push(c));
      stream.on('end', () => {
        received.push(Buffer.concat(chunks));
        done(null);
      });
    },
    ...options,
  });
  server.on('error', () => {});
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => server.close());
  const address = server.server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return { settings: { host: '127.0.0.1', port, secure: 'none' }, received };
}

/** A bare TCP server that answers each command by a function of the test: for lines that drop where no server would. */
async function rawServer(
  answer: (line: string, socket: Socket) => string | null,
  onBody?: (all: string, socket: Socket) => void,
): Promise<SmtpSettings> {
  const server: Server = createServer((socket) => {
    let inBody = false;
    let body = '';
    socket.on('error', () => {});
    socket.write('220 test\r\n');
    socket.on('data', (data) => {
      if (inBody) {
        body += data.toString('latin1');
        onBody?.(body, socket);
        return;
      }
      for (const line of data.toString('latin1').split('\r\n').filter(Boolean)) {
        const reply = answer(line, socket);
        if (reply) socket.write(`${reply}\r\n`);
        if (reply?.startsWith('354')) inBody = true;
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => server.close());
  const address = server.address();
  return { host: '127.0.0.1', port: typeof address === 'object' && address ? address.port : 0, secure: 'none' };
}

const agreeable = (line: string) => (line.startsWith('DATA') ? '354 go' : '250 ok');

function submit(settings: SmtpSettings, raw = MAIL, recipients = ['taro@example.jp'], onDataStarted = async () => {}) {
  return submitMail(settings, { from: 's@example.jp', recipients, size: raw.length }, raw, {
    onDataStarted,
    timeoutMs: 700,
  });
}

test('an accepted mail arrives byte for byte, after data started was committed', async () => {
  const order: string[] = [];
  const { settings, received } = await smtpServer();
  const result = await submit(settings, MAIL, ['taro@example.jp'], async () => {
    await new Promise((resolve) => setTimeout(resolve, 50));
    order.push(`started with ${received.length} received`);
  });
  expect(result).toMatchObject({ kind: 'sent', accepted: ['taro@example.jp'], rejected: [] });
  expect(order).toEqual(['started with 0 received']);
  expect(received).toEqual([MAIL]);
});

test('no byte of the body leaves while the commit is pending', async () => {
  let bytes = 0;
  let seenAtCommit = -1;
  const settings = await rawServer(agreeable, (all, socket) => {
    bytes = all.length;
    if (all.endsWith('\r\n.\r\n')) socket.write('250 ok\r\n');
  });
  const result = await submit(settings, MAIL, ['taro@example.jp'], async () => {
    await new Promise((resolve) => setTimeout(resolve, 100));
    seenAtCommit = bytes;
  });
  expect(result.kind).toBe('sent');
  expect(seenAtCommit).toBe(0);
  expect(bytes).toBeGreaterThan(MAIL.length);
});

test('a commit that fails drops the line with nothing sent and throws its own error', async () => {
  let body = '';
  const settings = await rawServer(agreeable, (all) => {
    body = all;
  });
  const failing = submit(settings, MAIL, ['taro@example.jp'], async () => {
    throw new Error('lease lost');
  });
  await expect(failing).rejects.toThrow('lease lost');
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(body).toBe('');
});

test('one of two recipients refused is sent, with the refusal in the server’s words', async () => {
  const { settings } = await smtpServer({
    onRcptTo: (address, _s, done) =>
      done(address.address.startsWith('gone') ? refusal('5.1.1 User unknown', 550) : null),
  });
  const result = await submit(settings, MAIL, ['Taro@example.jp', 'gone@example.jp']);
  expect(result).toMatchObject({
    kind: 'sent',
    accepted: ['Taro@example.jp'],
    rejected: [{ address: 'gone@example.jp', code: 550 }],
  });
  expect(result.kind === 'sent' && result.rejected[0]?.words).toContain('User unknown');
});

test('an address with two dots is sent quoted and comes back as it was', async () => {
  const seen: string[] = [];
  const settings = await rawServer(
    (line) => {
      seen.push(line);
      return agreeable(line);
    },
    (all, socket) => {
      if (all.endsWith('\r\n.\r\n')) socket.write('250 ok\r\n');
    },
  );
  const result = await submit(settings, MAIL, ['a..b@docomo.example.jp']);
  expect(result).toMatchObject({ kind: 'sent', accepted: ['a..b@docomo.example.jp'] });
  expect(seen).toContain('RCPT TO:<"a..b"@docomo.example.jp>');
});

test.each([
  [450, false],
  [550, true],
])('every recipient refused with %i is refused', async (code, permanent) => {
  const { settings } = await smtpServer({ onRcptTo: (_a, _s, done) => done(refusal('no', code)) });
  expect(await submit(settings)).toMatchObject({ kind: 'refused', permanent, code, phase: 'envelope' });
});

test.each([
  [451, false],
  [554, true],
])('the body refused with %i is refused, not uncertain', async (code, permanent) => {
  const { settings } = await smtpServer({
    onData(stream, _s, done) {
      stream.resume();
      stream.on('end', () => done(refusal('no', code)));
    },
  });
  expect(await submit(settings)).toMatchObject({ kind: 'refused', permanent, code, phase: 'data' });
});

test('a wrong password is a refusal at sign-in', async () => {
  const { settings } = await smtpServer({
    authOptional: false,
    onAuth: (_a, _s, done) => done(refusal('5.7.8 bad credentials', 535)),
  });
  const result = await submit({ ...settings, user: 'u', password: 'wrong' });
  expect(result).toMatchObject({ kind: 'refused', permanent: true, code: 535, phase: 'auth' });
});

test('a refused connection and a name that does not exist are retried', async () => {
  expect(await submit({ host: '127.0.0.1', port: 1, secure: 'none' })).toMatchObject({
    kind: 'retry',
    phase: 'connect',
  });
  expect(await submit({ host: 'mail.does-not-exist.invalid', port: 25, secure: 'none' })).toMatchObject({
    kind: 'retry',
    phase: 'connect',
  });
});

test('a line dropped at RCPT is retried and data was never started', async () => {
  let started = false;
  const settings = await rawServer((line, socket) => {
    if (line.startsWith('RCPT')) socket.destroy();
    return line.startsWith('RCPT') ? null : agreeable(line);
  });
  const result = await submit(settings, MAIL, ['taro@example.jp'], async () => {
    started = true;
  });
  expect(result).toMatchObject({ kind: 'retry', phase: 'envelope' });
  expect(started).toBe(false);
});

test('a line dropped at DATA is retried', async () => {
  const settings = await rawServer((line, socket) => {
    if (line.startsWith('DATA')) socket.destroy();
    return line.startsWith('DATA') ? null : agreeable(line);
  });
  expect(await submit(settings)).toMatchObject({ kind: 'retry', phase: 'envelope' });
});

test('a line dropped in the middle of a body that had not left yet is retried: no server can have it whole', async () => {
  const settings = await rawServer(agreeable, (all, socket) => {
    if (all.length > 1000) socket.destroy();
  });
  expect(await submit(settings, BIG)).toMatchObject({ kind: 'retry', phase: 'data' });
});

test('a line dropped after the final dot is uncertain', async () => {
  const settings = await rawServer(agreeable, (all, socket) => {
    if (all.endsWith('\r\n.\r\n')) socket.destroy();
  });
  expect(await submit(settings)).toMatchObject({ kind: 'uncertain' });
});

test('silence after the final dot is uncertain, silence before the body is retried', async () => {
  const afterDot = await rawServer(agreeable);
  expect(await submit(afterDot)).toMatchObject({ kind: 'uncertain' });
  const atMail = await rawServer((line) => (line.startsWith('MAIL') ? null : agreeable(line)));
  expect(await submit(atMail)).toMatchObject({ kind: 'retry', phase: 'envelope' });
});

test('a mail larger than the server announces is refused for good before it is sent', async () => {
  const { settings, received } = await smtpServer({ size: 1000 });
  expect(await submit(settings, BIG)).toMatchObject({ kind: 'refused', permanent: true });
  expect(received).toEqual([]);
});

test('the connection test names the step that failed', async () => {
  const { settings } = await smtpServer({ onAuth: (_a, _s, done) => done(refusal('5.7.8 bad credentials', 535)) });
  expect(await testSmtp(settings)).toEqual({ ok: true });
  expect(await testSmtp({ ...settings, user: 'u', password: 'p' })).toMatchObject({
    ok: false,
    step: 'login',
    code: 'authentication',
  });
  expect(await testSmtp({ ...settings, host: 'mail.does-not-exist.invalid' })).toMatchObject({
    ok: false,
    step: 'dns',
  });
  expect(await testSmtp({ ...settings, port: 1 })).toMatchObject({ ok: false, step: 'connect', code: 'ECONNREFUSED' });
  expect(await testSmtp({ ...settings, secure: 'tls' }, 1500)).toMatchObject({ ok: false, step: 'tls' });
});
