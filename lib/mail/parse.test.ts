import { expect, test } from 'vitest';
import { inspectMail } from '#lib/mail/inspect.ts';
import { parseMail } from '#lib/mail/parse.ts';

async function timed(source: Buffer | string) {
  const start = performance.now();
  const result = await inspectMail(Buffer.isBuffer(source) ? source : Buffer.from(source));
  return { result, ms: performance.now() - start };
}

test('another charset can be asked for', async () => {
  const source = Buffer.concat([
    Buffer.from('Subject: x\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n'),
    Buffer.from([0x8d, 0x5c, 0x82, 0xa2]),
  ]);
  expect((await parseMail(source, { charset: 'shift_jis' })).text).toBe('構い');
});

test('list copies and re-encodings of one mail have one digest, another text has another', async () => {
  const a = await parseMail(
    Buffer.from('From: A <a@example.jp>\r\nSubject: [shop-ml 12] Re: 件\r\nX-Relay: 1\r\n\r\nこん にちは\r\n'),
  );
  const b = await parseMail(
    Buffer.from(
      `From: a@EXAMPLE.jp\nSubject: 件\nContent-Transfer-Encoding: base64\n\n${Buffer.from('こん  にちは\n').toString('base64')}\n`,
    ),
  );
  const c = await parseMail(Buffer.from('From: a@example.jp\nSubject: 件\n\nさようなら\n'));
  expect(a.digest).toBe(b.digest);
  expect(a.digest).not.toBe(c.digest);
});

test('20,000 nested divs are read and shown without hanging', async () => {
  const { result, ms } = await timed(
    `Subject: x\r\nContent-Type: text/html\r\n\r\n${'<div>'.repeat(20_000)}deep${'</div>'.repeat(20_000)}`,
  );
  expect(result.text).toBe('deep');
  expect(result.html).toContain('deep');
  expect(ms).toBeLessThan(3000);
});

test('10,000 parts are read', async () => {
  const parts = Array.from({ length: 10_000 }, (_, i) => `--b\r\nContent-Type: application/x-p\r\n\r\n${i}\r\n`).join(
    '',
  );
  const { result, ms } = await timed(
    `Subject: many\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n${parts}--b--\r\n`,
  );
  expect(result.error).toBeNull();
  expect(result.attachments).toHaveLength(10_000);
  expect(ms).toBeLessThan(10_000);
});

test('a header over the limit says so and still shows sender, subject and text', async () => {
  const { result, ms } = await timed(
    `From: a@example.jp\r\nSubject: big\r\nX-Big: ${'x'.repeat(2_000_000)}\r\n\r\nbody\r\n`,
  );
  expect(result).toMatchObject({ subject: 'big', from: { address: 'a@example.jp' }, text: 'body' });
  expect(result.error).not.toBeNull();
  expect(ms).toBeLessThan(3000);
});

test.each([
  ['encoded-words', `Subject: ${'=?utf-8?B?44GC?= '.repeat(40_000)}`],
  ['broken encoded-words', `Subject: ${'=?utf-8?Q?'.repeat(80_000)}`],
  ['quotes in a file name', `Content-Type: text/plain; name="${'\\"'.repeat(300_000)}`],
  ['parameters', `Content-Type: text/plain${'; a*0=b'.repeat(100_000)}`],
  ['references', `References: ${'<a@b> '.repeat(100_000)}`],
  ['unclosed references', `References: ${'<'.repeat(800_000)}`],
  ['comments in a date', `Date: ${'('.repeat(500_000)}`],
])('a hostile header of %s costs no time', async (_name, header) => {
  const { ms } = await timed(`From: a@example.jp\r\n${header}\r\n\r\nbody\r\n`);
  expect(ms).toBeLessThan(3000);
});

test.each([
  ['unclosed tags', '<'.repeat(500_000)],
  ['unclosed quotes', '<a href="'.repeat(100_000)],
  ['unclosed comments', '<!--'.repeat(200_000)],
  ['unclosed styles', '<style>'.repeat(100_000)],
  ['heads', '<head>'.repeat(100_000)],
  ['entities', '&'.repeat(800_000)],
  ['styles', `<p style="${'a:b;'.repeat(100_000)}">x</p>`],
])('hostile HTML of %s costs no time', async (_name, html) => {
  const { ms } = await timed(`Subject: x\r\nContent-Type: text/html\r\n\r\n${html}`);
  expect(ms).toBeLessThan(5000);
});
