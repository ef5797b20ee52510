import { expect, test } from 'vitest';
import { messageIdsIn, newMessageId, verifyMessageId } from '#lib/mail/message-id.ts';

const owner = { tenantId: 't1', mailboxId: 'm1', key: 'secret' };
const messageId = '0190a1b2-0000-7000-8000-00000000abcd';

test('our id comes back as the message it names, also folded to upper case', () => {
  const id = newMessageId({ ...owner, messageId, domain: 'shop.example.jp' });
  expect(id).toMatch(/^<0190a1b2-0000-7000-8000-00000000abcd\.[0-9a-f]{32}@shop\.example\.jp>$/);
  expect(verifyMessageId(id, owner)).toBe(messageId);
  expect(verifyMessageId(id.toUpperCase(), owner)).toBe(messageId);
});

test('an id of another tenant, mailbox or key, or a changed one, proves nothing', () => {
  const id = newMessageId({ ...owner, messageId, domain: 'shop.example.jp' });
  expect(verifyMessageId(id, { ...owner, tenantId: 't2' })).toBeNull();
  expect(verifyMessageId(id, { ...owner, mailboxId: 'm2' })).toBeNull();
  expect(verifyMessageId(id, { ...owner, key: 'other' })).toBeNull();
  expect(verifyMessageId(id.replace('abcd', 'abce'), owner)).toBeNull();
  expect(verifyMessageId('<x@example.jp>', owner)).toBeNull();
});

test('ids are read strictly from raw headers', () => {
  expect(messageIdsIn('(see <no@example.jp>) <a@example.jp>\r\n <b@\r\n example.jp> <a@example.jp> <broken')).toEqual([
    '<a@example.jp>',
    '<b@example.jp>',
  ]);
  expect(messageIdsIn('bare@example.jp')).toEqual(['<bare@example.jp>']);
  expect(messageIdsIn('nothing here')).toEqual([]);
});

test('of a flood of ids the root and the nearest are kept, and none that no index can hold', () => {
  const many = Array.from({ length: 5000 }, (_, n) => `<${n}@example.jp>`);
  const kept = messageIdsIn(many.join(' '));
  expect(kept).toHaveLength(1000);
  expect([kept[0], kept.at(-1)]).toEqual(['<0@example.jp>', '<4999@example.jp>']);
  expect(messageIdsIn(`<${'日'.repeat(400)}@example.jp>`)).toEqual([]);
});

test('ids in doubled brackets and without any are taken', () => {
  expect(messageIdsIn('<<a@example.jp>> <b@example.jp')).toEqual(['<a@example.jp>']);
  expect(messageIdsIn('a@example.jp b@example.jp, a@example.jp')).toEqual(['<a@example.jp>', '<b@example.jp>']);
  expect(messageIdsIn('Your mail to a@example.jp')).toEqual([]);
});
