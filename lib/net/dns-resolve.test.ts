import { createSocket } from 'node:dgram';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dnsResolve, guardedFetch, lookupAllowedHost } from '#lib/net/index.ts';

/** A name server (RFC 1035) that knows a few names; `slow.example` is never answered. */
const A: Record<string, number[]> = { 'shop.example': [93, 184, 216, 34], 'inside.example': [10, 0, 0, 5] };
const server = createSocket('udp4');
let asked: string[] = [];

server.on('message', (question, from) => {
  const labels: string[] = [];
  let at = 12;
  for (let size = question[at] ?? 0; size > 0; size = question[at] ?? 0) {
    labels.push(question.toString('latin1', at + 1, at + 1 + size));
    at += size + 1;
  }
  const name = labels.join('.').toLowerCase();
  const isA = question.readUInt16BE(at + 1) === 1;
  asked.push(name);
  if (name === 'slow.example') return;
  const address = isA ? A[name] : undefined;
  const known = name in A;
  const header = Buffer.from(question.subarray(0, 12));
  header.writeUInt16BE(known ? 0x8180 : 0x8183, 2);
  header.writeUInt16BE(address ? 1 : 0, 6);
  header.fill(0, 8, 12);
  const answer = address ? Buffer.from([0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 0, 0, 4, ...address]) : Buffer.alloc(0);
  server.send(Buffer.concat([header, question.subarray(12, at + 5), answer]), from.port, from.address);
});

beforeAll(() => new Promise<void>((resolve) => server.bind(0, '127.0.0.1', resolve)));
afterAll(() => void server.close());
const resolve = (host: string) => dnsResolve([`127.0.0.1:${server.address().port}`])(host);
const look = (host: string) => lookupAllowedHost(host, { allowPrivate: false, resolve });

describe('asking the name servers directly', () => {
  it('finds a host on the Internet', async () => {
    expect(await look('shop.example')).toEqual({ ok: true, address: '93.184.216.34', family: 4 });
  });

  it('finds no host of our own network, under whatever name', async () => {
    expect(await look('inside.example')).toEqual({ ok: false, reason: 'hostNotAllowed' });
  });

  it('says of a name that is not there that it is not there', async () => {
    expect(await look('nothing.example')).toEqual({ ok: false, reason: 'hostNotFound' });
  });

  it('asks nobody for what is an address already', async () => {
    asked = [];
    expect(await resolve('127.0.0.1')).toEqual([{ address: '127.0.0.1', family: 4 }]);
    expect(await resolve('::1')).toEqual([{ address: '::1', family: 6 }]);
    expect(asked).toEqual([]);
  });

  it('ends in time where a name server is silent, and holds none of the threads that files need', async () => {
    const start = performance.now();
    const many = Array.from({ length: 16 }, () =>
      guardedFetch('http://slow.example/', { maxBytes: 1, timeoutMs: 1000, resolve }),
    );
    const { readFile } = await import('node:fs/promises');
    await readFile(import.meta.filename);
    expect(performance.now() - start).toBeLessThan(900);
    expect(await Promise.all(many)).toEqual(many.map(() => ({ ok: false, reason: 'timeout' })));
  });
});
