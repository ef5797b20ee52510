import { randomBytes } from 'node:crypto';
import iconv from 'iconv-lite';
import { beforeAll, describe, expect, it } from 'vitest';
import { sanitiseStored } from '#lib/attachments/html.ts';
import { openRaw } from '#lib/attachments/open.ts';
import { readBlob, removeBlob } from '#lib/blobs/index.ts';
import { readMailHtml } from '#lib/conversations/mail-content.ts';
import { readMailSource } from '#lib/conversations/mail-source.ts';
import { readConversation } from '#lib/conversations/read.ts';
import { rereadMail } from '#lib/conversations/reread.ts';
import type { Scope } from '#lib/db/scope.ts';
import { bodiesToMake } from '#lib/db/system.ts';
import { newId } from '#lib/ids.ts';
import { SANITISER_VERSION } from '#lib/mail/html/sanitise.ts';
import { type Arrived, type Company, company, NOW, owner, refusal } from '#tests/support/tenant.ts';

const words = { quote: String, linkTo: String };

/** A mail of 8-bit bytes that says nothing, or something wrong, about its charset. */
const bytesMail = (charset: string, label: string, parts: { subject: string; text: string; file: string }) =>
  Buffer.concat(
    [
      'From: Li <li@example.com>\r\nSubject: ',
      parts.subject,
      `\r\nMessage-ID: <${newId()}@example.com>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n`,
      `--x\r\nContent-Type: text/html${label}\r\nContent-Transfer-Encoding: 8bit\r\n\r\n<p>`,
      parts.text,
      `</p>\r\n--x\r\nContent-Type: application/pdf; name="`,
      parts.file,
      '"\r\nContent-Disposition: attachment; filename="',
      parts.file,
      '"\r\n\r\npdf\r\n--x--\r\n',
    ].map((piece) => iconv.encode(piece, charset)),
  );

let c: Company;
let chinese: Arrived;
const said = { subject: '您好：订单问题', text: '请问我的订单什么时候发货？', file: '发票.pdf' };

beforeAll(async () => {
  c = await company({
    mailboxes: ['shop', 'billing'],
    members: {
      aoki: {},
      viewer: { roles: ['viewer'] },
      manager: { roles: ['manager'] },
      admin: { roles: ['admin'] },
      billing: { sees: ['billing'] },
    },
  });
  chinese = await c.arrive(bytesMail('gb18030', '; charset=iso-8859-1', said));
});

describe('a mail in another charset', () => {
  it('is read again from its original: subject, text, HTML and names of files', async () => {
    const before = await owner.message.findFirstOrThrow({ where: { tenantId: c.tenantId, id: chinese.messageId } });
    expect(before.text).not.toContain('订单');
    const read = await c.as('aoki', (s) => rereadMail(s, chinese.messageId, 'gb18030'));
    expect(read).toMatchObject({
      charset: 'gb18030',
      subject: said.subject,
      text: said.text,
      from: { name: 'Li', address: 'li@example.com' },
    });
    expect(Object.values(read.filenames)).toEqual([said.file]);
    const { html } = await c.as('aoki', (s) => readMailHtml(s, chinese.messageId, { words, charset: 'gb18030' }));
    expect(html).toContain(said.text);
  });

  it('changes nothing that is stored', async () => {
    const all = () =>
      Promise.all([
        owner.message.findFirstOrThrow({ where: { tenantId: c.tenantId, id: chinese.messageId } }),
        owner.messageBody.findFirst({ where: { tenantId: c.tenantId, messageId: chinese.messageId } }),
        owner.attachment.findMany({ where: { tenantId: c.tenantId, messageId: chinese.messageId } }),
        c.events(chinese.conversationId),
      ]);
    await c.as('aoki', (s) => readMailHtml(s, chinese.messageId, { words }));
    const before = await all();
    await c.as('aoki', (s) => rereadMail(s, chinese.messageId, 'big5'));
    await c.as('aoki', (s) => readMailHtml(s, chinese.messageId, { words, charset: 'euc-kr' }));
    expect(await all()).toEqual(before);
  });

  it.each([
    ['shift_jis', 'ご注文の件'],
    ['euc-jp', 'ご注文の件'],
    ['iso-2022-jp', 'ご注文の件'],
    ['utf-8', 'ご注文の件'],
    ['windows-1252', 'Café à Paris'],
    ['euc-kr', '주문 문의'],
    ['big5', '訂單問題'],
    ['gb18030', '订单问题'],
  ] as const)('can be %s', async (charset, text) => {
    const coded = charset === 'iso-2022-jp' ? 'utf-8' : charset;
    const raw =
      charset === 'iso-2022-jp'
        ? Buffer.from('From: a@example.com\r\nSubject: x\r\n\r\n\x1b$B$4CmJ8$N7o\x1b(B\r\n', 'latin1')
        : Buffer.concat([Buffer.from('From: a@example.com\r\nSubject: x\r\n\r\n'), iconv.encode(text, coded)]);
    const { messageId } = await c.arrive(raw);
    expect((await c.as('aoki', (s) => rereadMail(s, messageId, charset))).text).toBe(text);
  });

  it('is meant for encoded-words that name no real charset, and for no others', async () => {
    const word = (label: string, charset: string, text: string) =>
      `=?${label}?B?${iconv.encode(text, charset).toString('base64')}?=`;
    const raw = `From: ${word('iso-8859-1', 'gb18030', '李')} <li@example.com>\r\nSubject: ${word('unknown-8bit', 'gb18030', '订单')} ${word('utf-8', 'utf-8', 'ご注文')}\r\n\r\nx`;
    const { messageId } = await c.arrive(Buffer.from(raw));
    const read = await c.as('aoki', (s) => rereadMail(s, messageId, 'gb18030'));
    expect([read.subject, read.from.name]).toEqual(['订单ご注文', '李']);
  });

  it('stays harmless', async () => {
    const html = '<img src="https://t.example.com/a"><script>alert(1)</script><p onclick="x()">文</p>';
    const { messageId } = await c.arrive(
      iconv.encode(`From: a@example.com\r\nContent-Type: text/html\r\n\r\n${html}`, 'shift_jis'),
    );
    const read = await c.as('aoki', (s) => readMailHtml(s, messageId, { words, charset: 'shift_jis' }));
    expect(read.html).toBe('<span class="blocked-image"></span><p>文</p>');
    expect(read.remote).toEqual({ count: 1, shown: 'no' });
  });

  it('masks the address for those who may not see it', async () => {
    const read = await c.as('viewer', (s) => rereadMail(s, chinese.messageId, 'gb18030'));
    expect(read.from).toEqual({ name: 'Li', address: 'l***@example.com' });
  });

  it('is there for those who see the mail', async () => {
    const read = (who: string) => refusal(c.as(who, (s) => rereadMail(s, chinese.messageId, 'gb18030')));
    expect([await read('billing'), await read('admin')]).toEqual(['NotFound: notFound', 'Forbidden: notAllowed']);
  });
});

describe('the source of a mail', () => {
  it('shows all headers, decoded and as they came', async () => {
    const { messageId } = await c.arrive({
      subject: '=?UTF-8?B?44GU5rOo5paH?=',
      headers: { 'X-Mailer': 'Becky! ver. 2', Received: 'from a\r\n\tby b', 'dkim-signature': 'v=1' },
    });
    const source = await c.as('aoki', (s) => readMailSource(s, messageId));
    expect(source.headers).toContainEqual(['Subject', 'ご注文']);
    expect(source.headers).toContainEqual(['X-Mailer', 'Becky! ver. 2']);
    expect(source.headers).toContainEqual(['DKIM-Signature', 'v=1']);
    expect(source.headers.map(([name]) => name)).toContain('Message-ID');
    expect(source.raw).toContain('Subject: =?UTF-8?B?44GU5rOo5paH?=');
    expect(source.raw).toContain('Received: from a\r\n\tby b');
    expect(source.raw).not.toContain('いつ届きますか');
    expect(source).toMatchObject({ cut: false, headOnly: false });
  });

  it('is for those who may see addresses, in a 窓口 that they see', async () => {
    const read = (who: string) => refusal(c.as(who, (s) => readMailSource(s, chinese.messageId)));
    expect([await read('viewer'), await read('manager'), await read('admin'), await read('billing')]).toEqual([
      'Forbidden: notAllowed',
      'Forbidden: notAllowed',
      'Forbidden: notAllowed',
      'NotFound: notFound',
    ]);
  });

  it('writes down who looked', async () => {
    const { messageId, conversationId } = await c.arrive({ subject: '記録' });
    await c.as('aoki', (s) => openRaw(s, messageId));
    const seen = () => owner.viewLog.count({ where: { tenantId: c.tenantId, conversationId } });
    await expect.poll(seen).toBe(1);
  });

  it('is saved under the mail’s subject, byte by byte', async () => {
    const raw = bytesMail('shift_jis', '', { subject: 'x', text: 'y', file: 'z.pdf' });
    const { messageId } = await c.arrive(raw);
    const opened = await c.as('aoki', (s) => openRaw(s, messageId));
    expect(opened).toMatchObject({ filename: 'x.eml', headOnly: false });
    expect(await readBlob(c.tenantId, opened.sha256)).toEqual(raw);
    const { messageId: nameless } = await c.arrive({ subject: ' ' });
    expect((await c.as('aoki', (s) => openRaw(s, nameless))).filename).toMatch(/^\d+\.eml$/);
  });

  it('of a mail that is too large is its header, and says so', async () => {
    const head = Buffer.from('From: a@example.com\r\nSubject: big\r\n\r\n');
    const { messageId } = await c.arrive(head, { tooLarge: 60 * 1024 * 1024 });
    expect(await c.as('aoki', (s) => readMailSource(s, messageId))).toMatchObject({ headOnly: true });
  });

  it('of hostile length is cut', async () => {
    const head = `From: a@example.com\r\n${'X-A: b\r\n'.repeat(60_000)}\r\nx`;
    const { messageId } = await c.arrive(Buffer.from(head));
    const source = await c.as('aoki', (s) => readMailSource(s, messageId));
    expect(source.cut).toBe(true);
    expect(source.raw.length).toBeLessThanOrEqual(200_000);
  });
});

describe('a mail whose original is gone', () => {
  const html = () => `<p>${randomBytes(4).toString('hex')}</p>`;
  const lost = async () => {
    const { messageId } = await c.arrive({ text: html(), headers: { 'Content-Type': 'text/html' } });
    const { rawSha256 } = await owner.message.findFirstOrThrow({ where: { tenantId: c.tenantId, id: messageId } });
    await removeBlob(c.tenantId, rawSha256 ?? '');
    return messageId;
  };
  const body = (messageId: string) => owner.messageBody.findFirst({ where: { tenantId: c.tenantId, messageId } });

  it('says so, wherever it would be needed', async () => {
    const id = await lost();
    await owner.messageBody.deleteMany({ where: { tenantId: c.tenantId, messageId: id } });
    const uses: ((s: Scope) => Promise<unknown>)[] = [
      (s) => readMailHtml(s, id, { words }),
      (s) => rereadMail(s, id, 'utf-8'),
      (s) => readMailSource(s, id),
      (s) => openRaw(s, id),
    ];
    for (const use of uses) expect(await refusal(c.as('aoki', use))).toBe('NotFound: originalMissing');
  });

  it('loses what an older sanitiser let through', async () => {
    const id = await lost();
    const row = { tenantId: c.tenantId, messageId: id, html: '<p>old</p>', sanitiserVersion: 1 };
    await owner.messageBody.deleteMany({ where: { tenantId: c.tenantId, messageId: id } });
    await owner.messageBody.create({ data: row });
    await c.bySystem((s) => sanitiseStored(s, id));
    expect(await body(id)).toMatchObject({ html: '', lost: true, sanitiserVersion: SANITISER_VERSION });
    expect(await refusal(c.as('aoki', (s) => readMailHtml(s, id, { words })))).toBe('NotFound: originalMissing');
  });
});

describe('the night guard of HTML', () => {
  const found = async (now: Date) =>
    (await bodiesToMake(SANITISER_VERSION, now, 10_000)).filter(({ tenantId }) => tenantId === c.tenantId);
  const later = () => new Date(Date.now() + 120_000);

  it('finds mails that nobody has made safe, and those of an older sanitiser, and then no more', async () => {
    const write = (text: string) => c.arrive({ text, headers: { 'Content-Type': 'text/html' } });
    const [fresh, old] = [await write('<p>a</p><script>x</script>'), await write('<p>b</p>')];
    await c.bySystem((s) => sanitiseStored(s, old.messageId));
    await owner.messageBody.updateMany({
      where: { tenantId: c.tenantId, messageId: old.messageId },
      data: { sanitiserVersion: SANITISER_VERSION - 1, html: '<p onclick="x()">b</p>' },
    });
    const ids = (await found(later())).map(({ id }) => id);
    expect(ids).toContain(fresh.messageId);
    expect(ids).toContain(old.messageId);
    // Just come in: the job is on its way.
    expect((await found(new Date())).map(({ id }) => id)).not.toContain(fresh.messageId);
    for (const { id } of await found(later())) await c.bySystem((s) => sanitiseStored(s, id));
    expect(await found(later())).toEqual([]);
    const kept = await owner.messageBody.findMany({
      where: { tenantId: c.tenantId, messageId: { in: [fresh.messageId, old.messageId] } },
    });
    expect(kept.map((row) => row.html).sort()).toEqual(['<p>a</p>', '<p>b</p>']);
  });
});

it('tells the screen which mails have an original', async () => {
  const shape = await c.as('aoki', (s) => readConversation(s, chinese.conversationId), NOW);
  const [item] = shape.items.filter(({ kind }) => kind === 'mail');
  expect(item).toMatchObject({ hasOriginal: true });
});
