import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type GuardedRequest, guardedFetch, type Resolve } from '#lib/net/index.ts';
import { selfSigned } from '#tests/support/certificate.ts';

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

let hits: IncomingMessage[] = [];
let answer: Answer = (_request, response) => response.end('ok');
const server = http.createServer((request, response) => {
  hits.push(request);
  answer(request, response);
});
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
const { port } = server.address() as AddressInfo;
const here = `http://127.0.0.1:${port}`;

beforeEach(() => {
  hits = [];
  answer = (_request, response) => response.end('ok');
  vi.stubEnv('MAIL_ALLOW_PRIVATE_HOSTS', '1');
});
afterEach(() => vi.unstubAllEnvs());
afterAll(() => server.closeAllConnections() ?? server.close());

const LIMITS: GuardedRequest = { maxBytes: 1000, timeoutMs: 5000, allowPrivate: true };
const ask = (url: string, more: Partial<GuardedRequest> = {}) => guardedFetch(url, { ...LIMITS, ...more });
/** Names as DNS would answer them, one answer after the other; the last one stays. */
const answering = (...answers: string[]): Resolve & { asked: string[] } => {
  const asked: string[] = [];
  const resolve: Resolve = async (host) => {
    asked.push(host);
    return [{ address: answers[Math.min(asked.length, answers.length) - 1] ?? '', family: 4 }];
  };
  return Object.assign(resolve, { asked });
};

describe('what may be asked', () => {
  it('a server on the own network only where the caller and the administrator both say so', async () => {
    expect(await ask(here)).toMatchObject({ ok: true, status: 200, body: Buffer.from('ok') });
    expect(await ask(here, { allowPrivate: false, ports: [port] })).toEqual({ ok: false, reason: 'hostNotAllowed' });
    vi.stubEnv('MAIL_ALLOW_PRIVATE_HOSTS', '0');
    expect(await ask(here, { ports: [port] })).toEqual({ ok: false, reason: 'hostNotAllowed' });
    expect(hits).toHaveLength(1);
  });

  it.each([
    '127.0.0.1',
    '127.1',
    '0x7f.0.0.1',
    '0177.0.0.1',
    '2130706433',
    '0x7f000001',
    '１２７.0.0.1',
    '127。0。0。1',
    '0.0.0.0',
    '0',
    '10.0.0.1',
    '172.16.0.1',
    '192.168.0.1',
    '100.64.0.1',
    '169.254.169.254',
    '2852039166',
    '0xA9FEA9FE',
    '168.63.129.16',
    '224.0.0.1',
    '255.255.255.255',
    '[::1]',
    '[::]',
    '[::ffff:127.0.0.1]',
    '[::ffff:a9fe:a9fe]',
    '[::127.0.0.1]',
    '[64:ff9b::127.0.0.1]',
    '[64:ff9b:1::7f00:1]',
    '[2002:7f00:1::]',
    '[2001:0:7f00:1::]',
    '[fd00:ec2::254]',
    '[fe80::1]',
    '[fec0::1]',
    '[ff02::1]',
    'localhost',
    'LOCALHOST.',
    'x.localhost',
    'metadata',
    'metadata.google.internal',
    'printer.local',
  ])('%s is not a host on the Internet', async (host) => {
    expect(await ask(`http://${host}/`, { allowPrivate: false, timeoutMs: 1000 })).toEqual({
      ok: false,
      reason: 'hostNotAllowed',
    });
  });

  it.each([
    '169.254.169.254',
    '[fd00:ec2::254]',
    '[::ffff:169.254.169.254]',
    '[::ffff:127.0.0.1]',
    '0.0.0.0',
    '[fe80::1]',
  ])('%s is refused even where own networks are allowed', async (host) => {
    expect(await ask(`http://${host}/`, { timeoutMs: 1000 })).toEqual({ ok: false, reason: 'hostNotAllowed' });
  });

  it.each([
    'ftp://shop.example/',
    'file:///etc/passwd',
    'data:text/plain,x',
    'gopher://shop.example/',
    '//shop.example/',
    'http://user:secret@shop.example/',
    'http://shop.example:22/',
    'https://shop.example:6379/',
    'nonsense',
  ])('%s is not an address to follow', async (url) => {
    const resolve = answering('8.8.8.8');
    expect(await ask(url, { allowPrivate: false, resolve })).toEqual({ ok: false, reason: 'urlNotAllowed' });
    expect(resolve.asked).toEqual([]);
  });

  it('says apart a name that is not there and one that could not be asked for', async () => {
    const failing = (code: string) => async () => Promise.reject(Object.assign(new Error(code), { code }));
    expect(await ask('http://shop.example/', { resolve: failing('ENOTFOUND') })).toMatchObject({
      reason: 'hostNotFound',
    });
    expect(await ask('http://shop.example/', { resolve: failing('EAI_AGAIN') })).toMatchObject({
      reason: 'hostLookupFailed',
    });
  });
});

describe('a name that changes its address', () => {
  it('is asked for once, and that address is the one connected to', async () => {
    const resolve = answering('127.0.0.1', '127.0.0.2');
    expect(await ask(`http://shop.example:${port}/`, { resolve })).toMatchObject({ ok: true });
    expect(resolve.asked).toEqual(['shop.example']);
    expect(hits[0]?.headers.host).toBe(`shop.example:${port}`);
  });

  it('does not lead to its second answer', async () => {
    // Nothing listens on 127.0.0.2; who looked up again would reach the server at 127.0.0.1.
    const resolve = answering('127.0.0.2', '127.0.0.1');
    expect(await ask(`http://shop.example:${port}/`, { resolve })).toEqual({ ok: false, reason: 'connectionFailed' });
    expect(hits).toHaveLength(0);
  });

  it('is checked again at each redirect', async () => {
    answer = (_request, response) => response.writeHead(302, { Location: '/again' }).end();
    const resolve = answering('127.0.0.1', '169.254.169.254');
    expect(await ask(`http://shop.example:${port}/`, { resolve, redirects: 3 })).toEqual({
      ok: false,
      reason: 'hostNotAllowed',
    });
    expect(hits).toHaveLength(1);
  });
});

describe('a redirect', () => {
  const leadsTo = (location: string, status = 302): Answer => {
    return (request, response) =>
      request.url === '/' ? response.writeHead(status, { Location: location }).end() : response.end('there');
  };

  it.each([301, 302, 303, 307, 308])('by %i is followed', async (status) => {
    answer = leadsTo('/there', status);
    expect(await ask(here, { redirects: 3 })).toMatchObject({ url: `${here}/there`, body: Buffer.from('there') });
  });

  it.each([
    ['http://169.254.169.254/latest/meta-data/', 'hostNotAllowed'],
    ['http://[::ffff:169.254.169.254]/', 'hostNotAllowed'],
    ['file:///etc/passwd', 'urlNotAllowed'],
    ['http://user:x@127.0.0.1/', 'urlNotAllowed'],
    ['http://[', 'urlNotAllowed'],
  ])('to %s is not', async (location, reason) => {
    answer = leadsTo(location);
    expect(await ask(here, { redirects: 3 })).toEqual({ ok: false, reason });
    expect(hits).toHaveLength(1);
  });

  it('is followed three times at most, also when the caller asks for more', async () => {
    answer = (_request, response) => response.writeHead(302, { Location: '/on' }).end();
    expect(await ask(here, { redirects: 99 })).toEqual({ ok: false, reason: 'tooManyRedirects' });
    expect(hits).toHaveLength(4);
  });

  it('is an answer like any other for a POST, and where none are wanted', async () => {
    answer = leadsTo('/there');
    expect(await ask(here, { method: 'POST', body: 'x', redirects: 3 })).toMatchObject({ ok: true, status: 302 });
    expect(await ask(here)).toMatchObject({ ok: true, status: 302 });
    expect(hits).toHaveLength(2);
  });

  it('to another origin goes without the headers meant for the first', async () => {
    const resolve = answering('127.0.0.1');
    answer = leadsTo(`http://other.example:${port}/there`);
    await ask(`http://shop.example:${port}/`, { redirects: 1, resolve, headers: { Authorization: 'Bearer x' } });
    expect(hits.map((hit) => hit.headers.authorization)).toEqual(['Bearer x', undefined]);
  });
});

describe('an answer', () => {
  it('brings status, type, headers and bytes, but no cookies', async () => {
    answer = (_request, response) =>
      response
        .writeHead(418, { 'Content-Type': 'Application/JSON; charset=utf-8', 'Set-Cookie': 'a=b', 'X-Y': 'z' })
        .end('{}');
    const got = await ask(here);
    expect(got).toMatchObject({ ok: true, status: 418, contentType: 'application/json', body: Buffer.from('{}') });
    expect(got).toMatchObject({ headers: { 'x-y': 'z' } });
    expect(JSON.stringify(got)).not.toContain('a=b');
  });

  it('is asked for without cookie, referrer or anything of a browser', async () => {
    await ask(here, { method: 'POST', body: '合計', headers: { 'Content-Type': 'text/plain' } });
    expect(Object.keys(hits[0]?.headers ?? {}).sort()).toEqual(
      ['accept', 'accept-encoding', 'connection', 'content-length', 'content-type', 'host', 'user-agent'].sort(),
    );
    expect(hits[0]?.headers['user-agent']).toBe('Madoguchi');
    expect(hits[0]?.headers['content-length']).toBe('6');
  });

  it.each([
    ['says it is too large', (r: ServerResponse) => r.writeHead(200, { 'Content-Length': '5000000' }).write('x')],
    [
      'never ends',
      (r: ServerResponse) => {
        const more = () => {
          while (!r.destroyed && r.write('x'.repeat(500)));
          if (!r.destroyed) r.once('drain', more);
        };
        more();
      },
    ],
    [
      'is small but unpacks to 50 MB',
      (r: ServerResponse) => r.writeHead(200, { 'Content-Encoding': 'gzip' }).end(gzipSync(Buffer.alloc(50_000_000))),
    ],
  ])('that %s is not read further than allowed', async (_name, write) => {
    answer = (_request, response) => void write(response);
    const before = process.memoryUsage().arrayBuffers;
    expect(await ask(here, { maxBytes: 100_000 })).toEqual({ ok: false, reason: 'tooLarge' });
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(60_000_000);
  });

  it('packed all the same is unpacked; packed twice or in another way it is not', async () => {
    const encoded = (encoding: string, body: Buffer): Answer => {
      return (_request, response) => response.writeHead(200, { 'Content-Encoding': encoding }).end(body);
    };
    answer = encoded('gzip', gzipSync('ok'));
    expect(await ask(here)).toMatchObject({ body: Buffer.from('ok') });
    answer = encoded('gzip, gzip', gzipSync(gzipSync('ok')));
    expect(await ask(here)).toEqual({ ok: false, reason: 'encodingNotKnown' });
    answer = encoded('constructor', Buffer.from('ok'));
    expect(await ask(here)).toEqual({ ok: false, reason: 'encodingNotKnown' });
    answer = encoded('gzip', Buffer.from('not gzip'));
    expect(await ask(here)).toEqual({ ok: false, reason: 'connectionFailed' });
  });

  it.each([
    ['without an answer', () => {}],
    ['with a header only', (r: ServerResponse) => r.writeHead(200).flushHeaders()],
    [
      'byte by byte',
      (r: ServerResponse) => {
        const drip = setInterval(() => r.write('x'), 30);
        r.on('close', () => clearInterval(drip));
      },
    ],
  ])('that is slow (%s) ends at the limit', async (_name, write) => {
    answer = (_request, response) => void write(response);
    const start = performance.now();
    expect(await ask(here, { timeoutMs: 300 })).toEqual({ ok: false, reason: 'timeout' });
    expect(performance.now() - start).toBeLessThan(2000);
  });

  it('counts the look-up into its time', async () => {
    const never: Resolve = () => new Promise(() => {});
    expect(await ask('http://shop.example/', { timeoutMs: 200, resolve: never })).toMatchObject({ reason: 'timeout' });
  });

  it('of another type than wanted is refused, of a wanted one not', async () => {
    answer = (_request, response) => response.writeHead(200, { 'Content-Type': 'image/svg+xml' }).end('<svg/>');
    expect(await ask(here, { accept: ['image/png'] })).toEqual({ ok: false, reason: 'typeNotAllowed' });
    answer = (_request, response) => response.writeHead(200, { 'Content-Type': 'IMAGE/PNG; x=y' }).end('png');
    expect(await ask(here, { accept: ['image/png'] })).toMatchObject({ ok: true, contentType: 'image/png' });
    expect(hits[1]?.headers.accept).toBe('image/png');
  });

  it('cut in the middle is none', async () => {
    answer = (_request, response) => {
      response.writeHead(200, { 'Content-Length': '100' }).write('x');
      setTimeout(() => response.destroy(), 20);
    };
    expect(await ask(here)).toEqual({ ok: false, reason: 'connectionFailed' });
  });
});

describe('a certificate', () => {
  it('must be trusted and for this very name', async () => {
    const { cert, key } = selfSigned('shop.example');
    const secure = https.createServer({ cert, key }, (_request, response) => response.end('ok'));
    await new Promise<void>((resolve) => secure.listen(0, '127.0.0.1', resolve));
    const at = (name: string) => `https://${name}:${(secure.address() as AddressInfo).port}/`;
    const resolve = answering('127.0.0.1');
    expect(await ask(at('shop.example'), { resolve, ca: cert })).toMatchObject({ ok: true, status: 200 });
    expect(await ask(at('shop.example'), { resolve })).toEqual({ ok: false, reason: 'tlsFailed' });
    expect(await ask(at('bank.example'), { resolve, ca: cert })).toEqual({ ok: false, reason: 'tlsFailed' });
    expect(await ask(at('127.0.0.1'), { ca: cert })).toEqual({ ok: false, reason: 'tlsFailed' });
    secure.close();
  });
});
