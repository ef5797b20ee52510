import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { inspectMail } from '#lib/mail/inspect.ts';

const HEAD = 'From: a@example.jp\r\nSubject: s\r\n';
const html = (body: string) => `${HEAD}Content-Type: text/html\r\n\r\n${body}`;
const numbered = (count: number, line: (i: number) => string) =>
  Array.from({ length: count }, (_, i) => line(i)).join('');

/** Processor time one hostile mail may take, s. Each was minutes or worse where a pattern or a loop was quadratic. */
const LIMIT_S = 4;

test.each<[string, () => string]>([
  [
    '100,000 parts',
    () => `${HEAD}Content-Type: multipart/mixed; boundary=b\r\n\r\n${numbered(100_000, (i) => `--b\r\n\r\n${i}\r\n`)}`,
  ],
  [
    '10,000 multiparts that never close',
    () =>
      `${HEAD}Content-Type: multipart/mixed; boundary=b\r\n\r\n` +
      numbered(10_000, (i) => `--b\r\nContent-Type: multipart/mixed; boundary=c${i}\r\n\r\n${i}\r\n`),
  ],
  [
    '1,000 nested multiparts',
    () => HEAD + numbered(1000, (i) => `Content-Type: multipart/mixed; boundary=b${i}\r\n\r\n--b${i}\r\n`),
  ],
  ['1,000 nested mails', () => HEAD + 'Content-Type: message/rfc822\r\n\r\nSubject: x\r\n'.repeat(1000)],
  [
    'lines that begin like boundaries',
    () => `${HEAD}Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\n${'--bx\n'.repeat(800_000)}`,
  ],
  ['20,000 nested quotations', () => html(`${'<blockquote>'.repeat(20_000)}deep`)],
  ['a header of 1 MB in folds', () => `${HEAD}X-A: x${'\r\n \x83'.repeat(250_000)}\r\n\r\nb`],
  ['a header of 6 MB', () => `${HEAD}${'A: b\r\n'.repeat(1_000_000)}\r\nb`],
  ['100,000 addresses', () => `${HEAD}To: ${numbered(100_000, (i) => `a${i}@b,`)}\r\n\r\nb`],
  ['70,000 encoded-words', () => `Subject: ${'=?utf-8?Q?a?= '.repeat(70_000)}\r\n\r\nb`],
  ['a million encoded-words in the text', () => `${HEAD}\r\n${'=?utf-8?Q?a?= '.repeat(1_000_000)}`],
  ['unclosed quotes in addresses', () => `${HEAD}To: "${'\\"'.repeat(450_000)}\r\n\r\nb`],
  ['comments within comments', () => `${HEAD}To: ${'('.repeat(900_000)}\r\n\r\nb`],
  ['angle brackets', () => `${HEAD}To: ${'<a'.repeat(450_000)}\r\n\r\nb`],
  ['blanks in a content type', () => `${HEAD}Content-Type: text/plain${' '.repeat(900_000)}x\r\n\r\nb`],
  ['brackets in a content type', () => `${HEAD}Content-Type: ${'('.repeat(900_000)}\r\n\r\nb`],
  [
    'per cent signs in a file name',
    () => `${HEAD}Content-Type: application/x; name="${'%E3'.repeat(300_000)}"\r\n\r\nb`,
  ],
  ['dates', () => `${HEAD}Date: ${'2026-'.repeat(200_000)}\r\n\r\nb`],
  ['a line of 5 MB', () => `${HEAD}\r\n${'>'.repeat(5_000_000)}`],
  ['a line of 5 MB of escapes', () => `${HEAD}\r\n${'\x1b$B'.repeat(1_600_000)}`],
  ['stripped escapes', () => `${HEAD}Content-Type: text/plain; charset=iso-2022-jp\r\n\r\n${'$B!!'.repeat(600_000)}`],
  ['emoji', () => `${HEAD}Content-Type: text/plain; charset=shift_jis\r\n\r\n${'\xf9\x95'.repeat(1_000_000)}`],
  ['bare CRs before the header', () => `${'\r'.repeat(2_000_000)}${HEAD}\r\n`],
  ['soft breaks', () => `${HEAD}Content-Transfer-Encoding: quoted-printable\r\n\r\n=${' '.repeat(5_000_000)}x`],
  ['padding', () => `${HEAD}Content-Transfer-Encoding: base64\r\n\r\n${'QUI='.repeat(1_250_000)}`],
  ['beginnings of uuencoded files', () => `${HEAD}\r\n${'begin 644 a\n`\n'.repeat(100_000)}x`],
  ['quoted and own lines by turns', () => `${HEAD}\r\n${'> a\nb\n'.repeat(300_000)}`],
  ['attributions', () => `${HEAD}\r\n${'On 1 <a@b> wrote:\n'.repeat(150_000)}`],
  ['open links', () => html('<a href="http://x/">x'.repeat(100_000))],
])('%s cost seconds at most', { timeout: 60_000 }, async (_name, mail) => {
  const source = Buffer.from(mail(), 'latin1');
  const before = process.cpuUsage();
  const found = await inspectMail(source);
  const { user, system } = process.cpuUsage(before);
  expect((user + system) / 1e6).toBeLessThan(LIMIT_S);
  expect(found.text.isWellFormed()).toBe(true);
});

const CHILD = `
import { createHash } from 'node:crypto';
import { parseMail } from ${JSON.stringify(fileURLToPath(new URL('./parse.ts', import.meta.url)))};
const lines = Buffer.alloc(54_000_000, 'QUJD'.repeat(19) + '\\r\\n');
await parseMail(Buffer.from('Subject: warm\\r\\n\\r\\nx'));
const before = process.resourceUsage().maxRSS;
const source = Buffer.concat([Buffer.from('Subject: big\\r\\nContent-Type: application/pdf; name=a.pdf\\r\\nContent-Transfer-Encoding: base64\\r\\n\\r\\n'), lines]);
const { attachments: [file] } = await parseMail(source);
const sha256 = createHash('sha256').update(file.content).digest('hex');
console.log(JSON.stringify({ size: file.size, right: sha256 === file.sha256, growth: process.resourceUsage().maxRSS - before }));
`;

test('a 40 MB attachment is read with less than 150 MB more, its mail of 54 MB included', { timeout: 60_000 }, () => {
  const printed = execFileSync(process.execPath, ['--input-type=module-typescript', '-e', CHILD], {
    cwd: fileURLToPath(new URL('../..', import.meta.url)),
    encoding: 'utf8',
  });
  const { size, right, growth } = JSON.parse(printed) as { size: number; right: boolean; growth: number };
  expect(size).toBeGreaterThan(39_000_000);
  expect(right).toBe(true);
  expect(growth * 1024).toBeLessThan(150_000_000);
});
