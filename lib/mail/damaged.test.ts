import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { inspectMail } from '#lib/mail/inspect.ts';
import { parseMail } from '#lib/mail/parse.ts';

const folder = fileURLToPath(new URL('../../tests/corpus/', import.meta.url));
const corpus = readdirSync(folder)
  .filter((name) => name.endsWith('.eml'))
  .sort()
  .map((name) => readFileSync(folder + name));
const ROUNDS = process.env.MG_LONG ? 10_000 : 600;
/** Wall clock of one damaged mail, ms: none of the corpus is large, so only a hang takes this long. */
const LIMIT_MS = 5000;
const LABELS = [
  'utf-8',
  'iso-2022-jp',
  'shift_jis',
  'euc-jp',
  'us-ascii',
  'utf-16',
  'utf-7',
  'big5',
  'iso-8859-1',
  'x',
  '',
];
const ENCODINGS = ['7bit', '8bit', 'base64', 'quoted-printable', 'x-uuencode', 'binary', ''];

/** The same numbers in each run: a failure names its round, which comes again. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % Math.max(1, below);
  };
}

type Damage = (mail: Buffer, random: (below: number) => number) => Buffer;

const pick = <T>(list: readonly T[], random: (below: number) => number): T => list[random(list.length)] as T;
const replaced = (mail: Buffer, pattern: RegExp, text: string) =>
  Buffer.from(mail.toString('latin1').replace(pattern, text), 'latin1');

const DAMAGES: Damage[] = [
  function flipBytes(mail, random) {
    const copy = Buffer.from(mail);
    for (let k = random(12); k >= 0 && copy.length > 0; k--) copy[random(copy.length)] = random(256);
    return copy;
  },
  (mail, random) => mail.subarray(0, random(mail.length + 1)),
  (mail, random) => mail.subarray(random(mail.length + 1)),
  function splice(mail, random) {
    const other = pick(corpus, random);
    const [at, from] = [random(mail.length + 1), random(other.length + 1)];
    return Buffer.concat([mail.subarray(0, at), other.subarray(from, from + random(2000)), mail.subarray(at)]);
  },
  function swapHeaders(mail, random) {
    const lines = mail.toString('latin1').split('\r\n');
    const end = Math.max(1, lines.indexOf(''));
    const [a, b] = [random(end), random(end)];
    [lines[a], lines[b]] = [lines[b] ?? '', lines[a] ?? ''];
    return Buffer.from(lines.join('\r\n'), 'latin1');
  },
  (mail, random) => replaced(mail, /charset="?[\w-]+"?/i, `charset=${pick(LABELS, random)}`),
  (mail, random) => replaced(mail, /=\?[\w-]+\?/, `=?${pick(LABELS, random)}?`),
  (mail, random) =>
    replaced(mail, /Content-Transfer-Encoding: [\w-]+/i, `Content-Transfer-Encoding: ${pick(ENCODINGS, random)}`),
  (mail, random) => replaced(mail, /boundary="?[^\s;"]+/i, `boundary="${pick(['b', 'x y', '--', '', '=_'], random)}`),
  (mail, random) => replaced(mail, /^--.*$/m, pick(['--', '-', '--b--', '--b\r\n--b'], random)),
  function doubleRange(mail, random) {
    const at = random(mail.length + 1);
    const range = mail.subarray(at, at + random(500));
    return Buffer.concat([
      mail.subarray(0, at),
      ...Array.from({ length: 1 + random(20) }, () => range),
      mail.subarray(at),
    ]);
  },
  (mail, random) =>
    Buffer.from(mail.toString('latin1').replaceAll('\r\n', pick(['\n', '\r', '\r\r\n', '\n\r'], random)), 'latin1'),
  function insertSigns(mail, random) {
    const signs = pick(
      ['\x1b$B', '\x1b(B', '\0', '"', '(', '<', '=?', '?=', ';', '\r', '\ud83d', '%', '\x0e', '='],
      random,
    );
    const at = random(mail.length + 1);
    return Buffer.concat([
      mail.subarray(0, at),
      Buffer.from(signs.repeat(1 + random(30)), 'latin1'),
      mail.subarray(at),
    ]);
  },
];

// biome-ignore lint/suspicious/noControlCharactersInRegex: what no output may hold
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufeff]|\r/;

function holds(round: string, found: Awaited<ReturnType<typeof inspectMail>>): void {
  const lines = [
    found.subject,
    ...[found.from, ...found.to, ...found.cc, ...found.replyTo].map((a) => `${a?.name} ${a?.address}`),
  ];
  lines.push(...found.attachments.map((file) => file.filename));
  for (const text of [...lines, found.text, found.html ?? '']) {
    if (FORBIDDEN.test(text) || !text.isWellFormed()) expect.fail(`${round}: ${JSON.stringify(text.slice(0, 200))}`);
  }
  for (const line of lines) if (line.includes('\n')) expect.fail(`${round}: a line of two lines`);
  for (const id of [...found.inReplyTo, ...found.references])
    if (!/^<[^<>\s]+>$/.test(id)) expect.fail(`${round}: ${id}`);
  if (found.quotedFrom !== null) {
    expect(found.quotedFrom, round).toBeLessThan(found.text.length);
    if (found.quotedFrom > 0) expect(found.text[found.quotedFrom - 1], round).toBe('\n');
  }
  if (found.date !== null) expect(Number.isNaN(Date.parse(found.date)), round).toBe(false);
}

test('damaged mails of the corpus never throw, never hang and give clean text', { timeout: 900_000 }, async () => {
  for (let i = 0; i < ROUNDS; i++) {
    const random = numbers(20261121 + i);
    let mail: Buffer = pick(corpus, random);
    const names: number[] = [];
    for (let k = random(3); k >= 0; k--) {
      const kind = random(DAMAGES.length);
      names.push(kind);
      mail = DAMAGES[kind]?.(mail, random) ?? mail;
    }
    const round = `round ${i}, damages ${names.join(', ')}`;
    const start = performance.now();
    const found = await inspectMail(mail, { ownAddresses: ['support@shop.example.jp'] }).catch((error: unknown) =>
      expect.fail(`${round}: ${error instanceof Error ? error.stack : error}`),
    );
    expect(performance.now() - start, round).toBeLessThan(LIMIT_MS);
    holds(round, found);
    if (i % 10 === 0) {
      const { attachments } = await parseMail(mail);
      for (const { content, size, sha256 } of attachments) {
        expect([content.length, createHash('sha256').update(content).digest('hex')], round).toEqual([size, sha256]);
      }
    }
  }
});
