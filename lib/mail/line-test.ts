import { connect, isIP, type Socket } from 'node:net';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import { certificateFault } from '#lib/mail/certificate.ts';
import type { TlsFault } from '#lib/mail/trouble.ts';

type Security = 'tls' | 'starttls' | 'none';
/** Where to knock. `host` is an address that was looked up and allowed; the certificate is checked against `name`. */
export type LineTarget = { host: string; name: string; port: number; security: Security; speaks: 'imap' | 'smtp' };

export type LineFailure = {
  ok: false;
  at: 'port' | 'tls';
  code: 'connectRefused' | 'connectTimeout' | 'connectionLost' | TlsFault;
  words: string;
};
/** What was found: the TLS version and the certificate's last day (ISO 8601); null without encryption. */
export type LineFound = { ok: true; tls: { version: string; validTo: string } | null };

/**
 * Opens a line to a mail server and encrypts it as the account would, says nothing more and hangs up. `onPort` is called when
 * the port has answered. Every failure is a value; `timeoutMs` bounds each of the two steps.
 */
export async function testLine(
  target: LineTarget,
  {
    onPort = () => {},
    signal,
    timeoutMs = 15_000,
  }: { onPort?: () => void; signal?: AbortSignal; timeoutMs?: number } = {},
): Promise<LineFound | LineFailure> {
  const opened = await openPort(target, timeoutMs, signal);
  if (!('socket' in opened)) return opened;
  const { socket } = opened;
  try {
    onPort();
    if (target.security === 'none') return { ok: true, tls: null };
    const refused = target.security === 'starttls' ? await askForTls(socket, target.speaks, timeoutMs) : null;
    return refused ?? (await encrypt(socket, target.name, timeoutMs));
  } finally {
    socket.destroy();
  }
}

function openPort({ host, port }: LineTarget, timeoutMs: number, signal?: AbortSignal) {
  return new Promise<{ socket: Socket } | LineFailure>((resolve) => {
    const socket = connect({ host, port, signal });
    const fail = (code: LineFailure['code'], words: string) => {
      socket.destroy();
      resolve({ ok: false, at: 'port', code, words });
    };
    socket.setTimeout(timeoutMs, () => fail('connectTimeout', ''));
    // Later errors end in 'close', which the steps that read listen to.
    socket.on('error', (error: NodeJS.ErrnoException) =>
      fail(error.code === 'ETIMEDOUT' ? 'connectTimeout' : 'connectRefused', error.message),
    );
    socket.once('connect', () => {
      socket.setTimeout(0);
      resolve({ socket });
    });
  });
}

/** STARTTLS (RFC 3207, RFC 9051 6.2.1) by hand: greeting, question, answer. Null: the server is ready for TLS. */
async function askForTls(socket: Socket, speaks: 'imap' | 'smtp', timeoutMs: number): Promise<LineFailure | null> {
  const steps =
    speaks === 'imap'
      ? [
          { say: '', ends: /^\* .*\r?\n/ },
          { say: 'A1 STARTTLS\r\n', ends: /^A1 .*\r?\n/m },
        ]
      : [
          { say: '', ends: /^\d{3} .*\r?\n/m },
          { say: 'EHLO madoguchi.invalid\r\n', ends: /^\d{3} .*\r?\n/m },
          { say: 'STARTTLS\r\n', ends: /^\d{3} .*\r?\n/m },
        ];
  let answer = '';
  for (const { say, ends } of steps) {
    const heard = await ask(socket, say, ends, timeoutMs);
    if ('code' in heard) return { ok: false, at: 'tls', code: heard.code, words: answer.trim() };
    answer = heard.text;
  }
  const ready = speaks === 'imap' ? /^A1 OK/im.test(answer) : /^220 /m.test(answer);
  return ready ? null : { ok: false, at: 'tls', code: 'tlsNotOffered', words: answer.trim().slice(0, 500) };
}

type Heard = { text: string } | { code: 'connectTimeout' | 'connectionLost' };

/** What the server says until its line is complete, 8 kB at the most. */
function ask(socket: Socket, say: string, ends: RegExp, timeoutMs: number): Promise<Heard> {
  return new Promise((resolve) => {
    let text = '';
    const settle = (value: Heard) => {
      clearTimeout(timer);
      socket.off('data', onData).off('close', onClose);
      resolve(value);
    };
    const onData = (bytes: Buffer) => {
      text += bytes.toString('latin1');
      if (ends.test(text) || text.length > 8192) settle({ text });
    };
    const onClose = () => settle({ code: 'connectionLost' });
    const timer = setTimeout(() => settle({ code: 'connectTimeout' }), timeoutMs);
    socket.on('data', onData).once('close', onClose);
    if (say !== '') socket.write(say);
  });
}

function encrypt(socket: Socket, name: string, timeoutMs: number): Promise<LineFound | LineFailure> {
  return new Promise((resolve) => {
    // Judged by hand below: a faulty certificate shall be named, not only refused.
    const secure: TLSSocket = connectTls({
      ...{ socket, rejectUnauthorized: false },
      ...(isIP(name) ? {} : { servername: name }),
    });
    const settle = (result: LineFound | LineFailure) => {
      clearTimeout(timer);
      secure.destroy();
      resolve(result);
    };
    const fail = (code: LineFailure['code'], words: string) => settle({ ok: false, at: 'tls', code, words });
    const timer = setTimeout(() => fail('connectTimeout', ''), timeoutMs);
    secure.once('error', (error: NodeJS.ErrnoException) => {
      const plain = /wrong version number|packet length too long|http request/i.test(error.message);
      fail(plain ? 'tlsWrongPort' : error.code === 'ECONNRESET' ? 'connectionLost' : 'tlsFailed', error.message);
    });
    secure.once('secureConnect', () => {
      const certificate = secure.getPeerCertificate();
      const fault = certificateFault(secure, name, certificate);
      if (fault) return fail(fault.code, fault.words);
      const validTo = new Date(certificate.valid_to).toISOString();
      settle({ ok: true, tls: { version: secure.getProtocol() ?? 'TLS', validTo } });
    });
  });
}
