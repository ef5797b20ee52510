import { expect, it, vi } from 'vitest';
import { log } from '#lib/log.ts';

function lineOf(fields: Record<string, unknown>): string {
  const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  log.error('test', fields);
  const [line] = write.mock.calls[0] ?? [];
  write.mockRestore();
  return String(line);
}

it('writes one JSON line with ids and counts', () => {
  const line = lineOf({ deliveryId: 'd1', count: 3, mailboxId: 'm1', at2: new Date(0), big: 7n });
  expect(line.endsWith('\n')).toBe(true);
  expect(JSON.parse(line)).toMatchObject({
    level: 'error',
    event: 'test',
    deliveryId: 'd1',
    count: 3,
    mailboxId: 'm1',
  });
});

it.each([
  'email',
  'customerEmail',
  'address',
  'subject',
  'bodyText',
  'html',
  'displayName',
  'to',
  'imapPassword',
  'token',
])('redacts %s, however deep', (key) => {
  expect(lineOf({ [key]: 'private' })).not.toContain('private');
  expect(lineOf({ row: { list: [{ [key]: 'private' }] } })).not.toContain('private');
});

it('redacts addresses in what a server or a library said', () => {
  const error = new Error('550 <hanako.yamada@example.jp> unknown', { cause: new Error('花子@例え.jp') });
  const line = lineOf({ error, words: 'sent to taro@example.jp' });
  expect(line).not.toMatch(/hanako|花子|taro/);
  expect(line).toContain('550 <[address]> unknown');
});

it("shows only the last line of Prisma's errors, which begin with the data", () => {
  const error = Object.assign(new Error('Invalid `create()`:\n{ text: "秘密" }\nUnique constraint failed'), {
    name: 'PrismaClientKnownRequestError',
    code: 'P2002',
  });
  const line = lineOf({ error });
  expect(line).not.toContain('秘密');
  expect(line).toContain('Unique constraint failed');
});
