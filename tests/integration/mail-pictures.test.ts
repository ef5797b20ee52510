import http, { type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { imageQuery } from '#lib/attachments/image-link.ts';
import { distrustImageSender, trustImageSender } from '#lib/attachments/image-trust.ts';
import { openInline } from '#lib/attachments/open.ts';
import { fetchRemoteImage } from '#lib/attachments/remote-image.ts';
import { readMailHtml } from '#lib/conversations/mail-content.ts';
import { allowMailImage } from '#lib/conversations/mail-image.ts';
import { rawMail } from '#tests/support/raw-mail.ts';
import { type Arrived, type Company, company, owner, refusal } from '#tests/support/tenant.ts';

const words = { quote: (n: number) => `quote ${n}`, linkTo: (host: string) => `to ${host}` };
const URL_A = 'https://t.example.com/a.png?x=1&y=2';
const HTML = `<p>こんにちは</p><img src="${URL_A.replace('&', '&amp;')}" alt="広告"><img src="https://t.example.com/b.gif"><img src="cid:logo@x">`;
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

const htmlMail = (from: string, html = HTML) =>
  rawMail({
    from,
    headers: { 'Content-Type': 'multipart/related; boundary=x' },
    text: [
      `--x\nContent-Type: text/html; charset=utf-8\n\n${html}`,
      `--x\nContent-Type: image/png\nContent-ID: <logo@x>\nContent-Disposition: inline\nContent-Transfer-Encoding: base64\n\n${PNG.toString('base64')}\n--x--\n`,
    ].join('\n'),
  });

let c: Company;
let other: Company;
let mail: Arrived;
let second: Arrived;
let foreign: Arrived;

beforeAll(async () => {
  c = await company({
    mailboxes: ['shop', 'billing'],
    members: {
      aoki: {},
      viewer: { roles: ['viewer'] },
      admin: { roles: ['admin'] },
      billing: { sees: ['billing'] },
    },
  });
  other = await company();
  mail = await c.arrive(htmlMail('Shop <News@Shop.example>'));
  second = await c.arrive(htmlMail('Other <other@shop.example>'));
  foreign = await other.arrive(htmlMail('Shop <news@shop.example>'));
});

const read = (who: string, id: string, images?: boolean) => c.as(who, (s) => readMailHtml(s, id, { words, images }));

describe('pictures from outside', () => {
  it('are not shown, but counted', async () => {
    const { html, remote } = await read('aoki', mail.messageId);
    expect(remote).toEqual({ count: 2, shown: 'no' });
    expect(html).toContain('<span class="blocked-image">広告</span>');
    expect(html).toContain(`src="${mail.messageId}/cid/logo%40x"`);
    expect(html).not.toMatch(/t\.example\.com|mail-image|mg-remote/);
  });

  it('are shown through our proxy where a reader asks, and only in that answer', async () => {
    const { html, remote } = await read('viewer', mail.messageId, true);
    expect(remote).toEqual({ count: 2, shown: 'once' });
    expect(html.match(/src="\.\.\/mail-image\?m=/g)).toHaveLength(2);
    expect(html).not.toMatch(/src="https?:/);
    expect((await read('viewer', mail.messageId)).remote.shown).toBe('no');
  });

  it('are shown to everybody once somebody who works here trusts the sender, until they are trusted no more', async () => {
    await c.as('aoki', (s) => trustImageSender(s, mail.messageId));
    await c.as('aoki', (s) => trustImageSender(s, mail.messageId));
    expect((await read('viewer', mail.messageId)).remote.shown).toBe('sender');
    expect((await read('viewer', mail.messageId, false)).remote.shown).toBe('no');
    expect((await read('aoki', second.messageId)).remote.shown).toBe('no');
    const there = await other.as('aoki', (s) => readMailHtml(s, foreign.messageId, { words }));
    expect(there.remote.shown).toBe('no');
    await c.as('aoki', (s) => distrustImageSender(s, mail.messageId));
    expect((await read('viewer', mail.messageId)).remote.shown).toBe('no');
  });

  it('are trusted by nobody who only reads, and for no mail without a sender', async () => {
    for (const who of ['viewer', 'admin']) {
      expect(await refusal(c.as(who, (s) => trustImageSender(s, mail.messageId)))).toBe('Forbidden: notAllowed');
      expect(await refusal(c.as(who, (s) => distrustImageSender(s, mail.messageId)))).toBe('Forbidden: notAllowed');
    }
    const nobody = await c.arrive(htmlMail(''));
    expect(await refusal(c.as('aoki', (s) => trustImageSender(s, nobody.messageId)))).toBe('Invalid: senderUnknown');
  });
});

describe('a link to a picture', () => {
  const linkOf = (tenantId: string, messageId: string, url = URL_A) => {
    const query = new URLSearchParams(imageQuery(tenantId, messageId, url));
    return { messageId: query.get('m') ?? '', url: query.get('u') ?? '', signature: query.get('s') ?? '' };
  };
  const ask = (who: string, link: Parameters<typeof allowMailImage>[1]) =>
    refusal(c.as(who, (s) => allowMailImage(s, link)));

  it('is good for those who see the mail', async () => {
    expect(await ask('aoki', linkOf(c.tenantId, mail.messageId))).toBe('done');
    expect(await ask('viewer', linkOf(c.tenantId, mail.messageId))).toBe('done');
  });

  it('is good for nobody else', async () => {
    const link = linkOf(c.tenantId, mail.messageId);
    expect(await ask('billing', link)).toBe('NotFound: notFound');
    expect(await ask('admin', link)).toBe('Forbidden: notAllowed');
    expect(await refusal(other.as('aoki', (s) => allowMailImage(s, link)))).toBe('NotFound: notFound');
  });

  it('is good for this picture of this mail only', async () => {
    const link = linkOf(c.tenantId, mail.messageId);
    for (const changed of [
      { ...link, url: `${URL_A}0` },
      { ...link, url: 'http://169.254.169.254/latest/meta-data/' },
      { ...link, messageId: second.messageId },
      { ...link, signature: '' },
      { ...link, signature: `${link.signature}AA` },
      { ...link, signature: link.signature.replace(/^./, (c) => (c === 'A' ? 'B' : 'A')) },
      linkOf(other.tenantId, mail.messageId),
      linkOf(other.tenantId, foreign.messageId),
      // Signed by us, but for a mail of the other company, asked for in ours.
      linkOf(c.tenantId, foreign.messageId),
    ])
      expect(await ask('aoki', changed)).toBe('NotFound: notFound');
  });

  it('stays good after the seal key was changed, and no longer than its old key is kept', async () => {
    const link = linkOf(c.tenantId, mail.messageId);
    const old = process.env.SEAL_KEY ?? '';
    vi.stubEnv('SEAL_KEY', Buffer.alloc(32, 9).toString('base64'));
    expect(await ask('aoki', link)).toBe('NotFound: notFound');
    vi.stubEnv('SEAL_KEYS_OLD', old);
    expect(await ask('aoki', link)).toBe('done');
    vi.unstubAllEnvs();
  });
});

describe('a picture of the mail itself', () => {
  const open = (who: string, messageId: string, cid = 'logo@x') =>
    refusal(c.as(who, (s) => openInline(s, messageId, cid)));

  it('is served within its own mail only', async () => {
    expect(await open('aoki', mail.messageId)).toBe('done');
    const plain = await c.arrive({ subject: '画像なし' });
    expect(await open('aoki', plain.messageId)).toBe('NotFound: notFound');
    expect(await open('aoki', mail.messageId, 'other@x')).toBe('NotFound: notFound');
    expect(await open('billing', mail.messageId)).toBe('NotFound: notFound');
    expect(await open('aoki', foreign.messageId)).toBe('NotFound: notFound');
  });
});

describe('what the proxy fetches', () => {
  let answer: (response: ServerResponse, url: string) => void;
  let asked: http.IncomingMessage[] = [];
  const server = http.createServer((request, response) => {
    asked.push(request);
    answer(response, request.url ?? '');
  });
  const at = (path = '/a.png') => `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`;
  const fetchIt = (path?: string, company = 'a') => fetchRemoteImage(company, at(path), { allowPrivate: true });

  beforeAll(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)));
  beforeEach(() => {
    vi.stubEnv('MAIL_ALLOW_PRIVATE_HOSTS', '1');
    asked = [];
  });
  afterEach(() => vi.unstubAllEnvs());
  afterAll(() => void server.close());

  const serves = (type: string, body: Buffer | string, status = 200) => {
    answer = (response) => response.writeHead(status, { 'Content-Type': type }).end(body);
  };

  it('is a picture, called what its bytes are', async () => {
    serves('image/jpeg', PNG);
    expect(await fetchIt()).toEqual({ contentType: 'image/png', bytes: PNG });
    expect(asked[0]?.headers).not.toHaveProperty('cookie');
    expect(asked[0]?.headers).not.toHaveProperty('referer');
    for (const [bytes, type] of [
      ['GIF89a.', 'image/gif'],
      ['RIFF....WEBPVP8 ', 'image/webp'],
      ['....ftypavif', 'image/avif'],
      ['\xff\xd8\xff\xe0', 'image/jpeg'],
      [`BM${' '.repeat(40)}`, 'image/bmp'],
      ['\0\0\x01\0', 'image/x-icon'],
    ] as const) {
      serves('application/octet-stream', Buffer.from(bytes, 'latin1'));
      expect((await fetchIt()).contentType).toBe(type);
    }
  });

  it.each([
    ['image/svg+xml', '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'],
    ['image/png', '<svg xmlns="http://www.w3.org/2000/svg"/>'],
    ['image/png', '<script>alert(1)</script>'],
    ['text/html', PNG],
    ['application/pdf', PNG],
    ['image/png', ''],
  ])('is not %s with %j', async (type, body) => {
    serves(type, body);
    expect(await refusal(fetchIt())).toBe('NotFound: notFound');
  });

  it('is not larger than 5 MB', async () => {
    serves('image/png', Buffer.concat([PNG, Buffer.alloc(5 * 1024 * 1024)]));
    expect(await refusal(fetchIt())).toBe('NotFound: notFound');
  });

  it('is no page that says it failed', async () => {
    serves('image/png', PNG, 404);
    expect(await refusal(fetchIt())).toBe('NotFound: notFound');
    serves('image/png', PNG, 503);
    expect(await refusal(fetchIt())).toBe('Unavailable: unavailable');
  });

  it('is nothing in our own network, even where mail servers may stand there', async () => {
    serves('image/png', PNG);
    for (const url of [at(), 'http://localhost/a.png', 'http://[::1]/a.png', 'http://169.254.169.254/a.png'])
      expect(await refusal(fetchRemoteImage('a', url))).toBe('NotFound: notFound');
    expect(asked).toHaveLength(0);
  });

  it('is nothing in our own network through a redirect either', async () => {
    answer = (response) => response.writeHead(302, { Location: 'http://169.254.169.254/a.png' }).end();
    expect(await refusal(fetchIt())).toBe('NotFound: notFound');
  });

  it('comes sixteen at a time, eight for one company', async () => {
    let open = 0;
    let most = 0;
    answer = (response) => {
      open += 1;
      most = Math.max(most, open);
      setTimeout(() => {
        open -= 1;
        response.writeHead(200, { 'Content-Type': 'image/png' }).end(PNG);
      }, 50);
    };
    await Promise.all(Array.from({ length: 60 }, (_, n) => fetchIt(`/${n}`, n % 2 ? 'a' : 'b')));
    expect(asked).toHaveLength(60);
    expect(most).toBe(16);
    most = 0;
    await Promise.all(Array.from({ length: 20 }, (_, n) => fetchIt(`/${n}`)));
    expect(most).toBe(8);
  });
});

it('keeps no address of a picture in clear', async () => {
  const body = await owner.messageBody.findFirstOrThrow({ where: { tenantId: c.tenantId, messageId: mail.messageId } });
  expect(body.html).not.toContain('t.example.com');
});
