import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { connect, createServer as createTlsServer } from 'node:tls';
import { SMTPServer } from 'smtp-server';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { certificateFault } from '#lib/mail/certificate.ts';
import { testLine } from '#lib/mail/line-test.ts';
import { troubleOf } from '#lib/mail/trouble.ts';
import { localCertificate } from '../../bin/support/servers.mjs';

let folder: string;
let keys: { cert: string; key: string };
const closing: (() => unknown)[] = [];
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'line-'));
  const files = await localCertificate(folder);
  keys = { cert: await readFile(files.cert, 'utf8'), key: await readFile(files.key, 'utf8') };
});
afterAll(() => rm(folder, { recursive: true }));
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

async function portOf(server: Server): Promise<number> {
  server.on('error', () => {});
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => server.close());
  const address = server.address();
  return typeof address === 'object' && address ? address.port : 0;
}
const says = (greeting: string, answer = '') =>
  portOf(
    createServer((socket) => {
      socket.on('error', () => {}).on('data', () => socket.write(answer));
      closing.push(() => socket.destroy());
      socket.write(greeting);
    }),
  );
const target = (port: number, security: 'tls' | 'starttls' | 'none', speaks: 'imap' | 'smtp' = 'imap') => ({
  ...{ host: '127.0.0.1', name: 'localhost', port, security, speaks },
});

it('names a closed port', async () => {
  expect(await testLine(target(1, 'tls'))).toMatchObject({ ok: false, at: 'port', code: 'connectRefused' });
});

it('says when the port has answered, and needs no more without encryption', async () => {
  let answered = 0;
  const port = await says('* OK ready\r\n');
  expect(await testLine(target(port, 'none'), { onPort: () => (answered += 1) })).toEqual({ ok: true, tls: null });
  expect(answered).toBe(1);
});

it('names TLS spoken to a port that begins in the clear', async () => {
  const port = await says('* OK ready\r\n');
  expect(await testLine(target(port, 'tls'))).toMatchObject({ ok: false, at: 'tls', code: 'tlsWrongPort' });
});

it.each([
  ['imap', '* OK ready\r\n', 'A1 BAD unknown command\r\n'],
  ['smtp', '220 ready\r\n', '502 5.5.1 not implemented\r\n'],
] as const)('names an %s server that offers no STARTTLS, in its own words', async (speaks, greeting, answer) => {
  const port = await says(greeting, answer);
  expect(await testLine(target(port, 'starttls', speaks))).toMatchObject({
    ...{ ok: false, at: 'tls', code: 'tlsNotOffered', words: answer.trim() },
  });
});

it('waits no longer than it was told for a server that says nothing', async () => {
  const port = await says('');
  expect(await testLine(target(port, 'starttls'), { timeoutMs: 200 })).toMatchObject({
    at: 'tls',
    code: 'connectTimeout',
  });
  expect(await testLine(target(port, 'tls'), { timeoutMs: 200 })).toMatchObject({ at: 'tls', code: 'connectTimeout' });
});

it('refuses a self-signed certificate, at once and after STARTTLS', async () => {
  const implicit = await portOf(createTlsServer(keys) as unknown as Server);
  expect(await testLine(target(implicit, 'tls'))).toMatchObject({ at: 'tls', code: 'certSelfSigned' });
  const smtp = new SMTPServer({ ...keys, logger: false });
  const explicit = await portOf(smtp.server);
  expect(await testLine(target(explicit, 'starttls', 'smtp'))).toMatchObject({ at: 'tls', code: 'certSelfSigned' });
});

it('tells a certificate of another name from a good one', async () => {
  const port = await portOf(createTlsServer(keys) as unknown as Server);
  const line = connect({ host: '127.0.0.1', port, ca: keys.cert, servername: 'localhost' });
  closing.push(() => line.destroy());
  await new Promise((resolve) => line.once('secureConnect', resolve));
  const certificate = line.getPeerCertificate();
  expect(certificateFault(line, 'localhost', certificate)).toBeNull();
  expect(certificateFault(line, 'mail.hanamiya.example', certificate)).toMatchObject({ code: 'certOtherName' });
});

it.each([
  ['CERT_HAS_EXPIRED', 'certExpired'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'certOtherName'],
  ['ERR_SSL_WRONG_VERSION_NUMBER', 'tlsFailed'],
  ['authentication', 'loginFailed'],
  ['toString', 'serverRefused'],
  ['', 'serverRefused'],
])('reads the code %s as %s', (code, trouble) => expect(troubleOf(code)).toBe(trouble));
