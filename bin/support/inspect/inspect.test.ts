import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { ReaderPool } from './pool.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const corpus = join(root, 'tests/corpus');
const folder = mkdtempSync(join(tmpdir(), 'inspect-'));
const home = mkdtempSync(join(tmpdir(), 'inspect-home-'));
afterAll(() => {
  for (const made of [folder, home]) rmSync(made, { recursive: true, force: true });
});

const KEYS =
  'file subject from replyTo to cc date messageId inReplyTo references text html quotedFrom attachments classification bounce error';

/** The command as a person runs it, from a folder that isn't ours and without any of our settings. */
function inspect(args: string[], input = ''): Record<string, unknown>[] {
  const printed = execFileSync('npm', ['--prefix', root, 'run', '-s', 'mail:inspect', '--', ...args], {
    cwd: folder,
    input,
    encoding: 'utf8',
    maxBuffer: 1e9,
    stdio: ['pipe', 'pipe', 'ignore'],
    env: { PATH: process.env.PATH ?? '', HOME: home, NODE_ENV: 'test' },
  });
  return printed
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

function written(name: string, content: string | Buffer): string {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
}

test('every mail of the corpus comes out as expected, each with exactly the promised keys', {
  timeout: 120_000,
}, () => {
  const lines = inspect(['--own', 'support@shop.example.jp', corpus]);
  expect(lines.map(({ file }) => file)).toEqual(
    readdirSync(corpus)
      .sort()
      .map((name) => `${corpus}/${name}`),
  );
  for (const line of lines) {
    expect(Object.keys(line).join(' ')).toBe(KEYS);
    const file = String(line.file);
    if (!file.endsWith('.eml')) continue;
    const expected = JSON.parse(readFileSync(file.replace(/\.eml$/, '.json'), 'utf8'));
    const { file: _, classification, ...found } = line;
    expect(expected).toMatchObject(found);
    // Patterns of form senders are a setting of a tenant, which the command doesn't have.
    if (!file.includes('/form-')) expect(expected.classification).toMatchObject(classification as object);
  }
});

test('bad files get a line with an error, and those after them are read', { timeout: 120_000 }, () => {
  mkdirSync(join(folder, 'inner/deeper'), { recursive: true });
  symlinkSync(folder, join(folder, 'inner/loop'));
  const good = 'From: a@example.jp\r\nSubject: good\r\n\r\ntext\r\n';
  const names = [
    written('00-empty', ''),
    written('01-binary', Buffer.from(Array.from({ length: 5000 }, (_, i) => (i * 7919) % 256))),
    written(
      '02-hostile',
      `Subject: ${'=?'.repeat(400_000)}\r\nTo: "${'\\"'.repeat(200_000)}\r\n\r\n${'<'.repeat(100_000)}`,
    ),
    written('03-too-large', Buffer.concat([Buffer.from(good), Buffer.alloc(106_000_000, 'x')])),
    written('inner/deeper/good.eml', good),
  ];
  const lines = inspect([join(folder, 'missing'), '/dev/null', folder, join(folder, 'inner/deeper/good.eml')]);
  expect(lines.map(({ file }) => file)).toEqual([join(folder, 'missing'), '/dev/null', ...names, names.at(-1)]);
  const errors = lines.map(({ error }) => error as string | null);
  expect(errors[0]).toContain('ENOENT');
  expect(errors.slice(1, 4)).toEqual(['not a file', 'empty', 'no header']);
  expect(errors[5]).toMatch(/^too-large:106000/);
  expect([lines[5]?.subject, lines[6]?.subject, lines[7]?.subject]).toEqual(['good', 'good', 'good']);
  expect(errors.slice(6)).toEqual([null, null]);
});

test('paths on standard input are answered as they come, in their order', { timeout: 120_000 }, async () => {
  const good = written('one.eml', 'Subject: one\r\n\r\ntext\r\n');
  const child = spawn('npm', ['--prefix', root, 'run', '-s', 'mail:inspect', '--', '-'], { cwd: folder });
  const answers: string[] = [];
  let rest = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    const parts = (rest + text).split('\n');
    rest = parts.pop() ?? '';
    answers.push(...parts);
  });
  child.stdin.write('one.eml\n');
  await expect.poll(() => answers.length, { timeout: 30_000 }).toBe(1);
  child.stdin.end(Array.from({ length: 3000 }, (_, i) => (i % 2 === 0 ? good : `/missing/${i}`)).join('\n'));
  expect(await new Promise((resolve) => child.on('close', resolve))).toBe(0);
  const files = answers.map((line) => (JSON.parse(line) as { file: string }).file);
  expect(files.slice(0, 4)).toEqual(['one.eml', good, '/missing/1', good]);
  expect(files).toHaveLength(3001);
});

test('without a path it says how it is meant', () => {
  expect(() => inspect([])).toThrow(expect.objectContaining({ status: 2 }));
});

test('a mail that takes too long gets an error, and its neighbours are read', { timeout: 60_000 }, async () => {
  const slow = written(
    'slow.eml',
    Buffer.concat([Buffer.from('Subject: slow\r\n\r\n'), Buffer.alloc(45_000_000, '> a\nb\n')]),
  );
  const quick = written('quick.eml', 'Subject: quick\r\n\r\ntext\r\n');
  const pool = new ReaderPool({ ownAddresses: [], timeLimitMs: 1500, size: 1 });
  const jobs = [quick, slow, quick].map((file) => pool.read({ file, path: Buffer.from(file) }));
  const lines = (await Promise.all(jobs)).map((line) => JSON.parse(line) as { subject: string; error: string | null });
  await pool.close();
  expect(lines.map(({ error }) => error)).toEqual([null, 'took longer than 1.5 s', null]);
  expect(lines.at(-1)?.subject).toBe('quick');
});
