import { expect, test } from 'vitest';
import {
  isNew,
  isSmall,
  isTooLarge,
  sentFolderOf,
  sentFoldersOf,
  uidSet,
  uidsChanged,
} from '#lib/mail/imap/predicates.ts';

test('the last message that n:* gives again is not new', () => {
  expect([isNew(30, 30), isNew(31, 30)]).toEqual([false, true]);
});

test('a limit itself is still inside', () => {
  expect([isSmall(100, 100), isSmall(101, 100), isTooLarge(100, 100), isTooLarge(101, 100)]).toEqual([
    true,
    false,
    false,
    true,
  ]);
});

test('the first pull knows no UIDVALIDITY, so none has changed', () => {
  expect([uidsChanged(null, 7), uidsChanged(7, 7), uidsChanged(7, 8)]).toEqual([false, false, true]);
});

test('the Sent folder is found by special use first, then by name', () => {
  const named = (path: string) => ({ path, specialUse: null });
  expect(sentFolderOf([named('Sent'), { path: '[Gmail]/送信済みメール', specialUse: '\\Sent' }])).toBe(
    '[Gmail]/送信済みメール',
  );
  expect(sentFolderOf([named('INBOX'), named('INBOX.Sent')])).toBe('INBOX.Sent');
  expect(sentFolderOf([named('送信済みトレイ')])).toBe('送信済みトレイ');
  expect(sentFolderOf([named('Presented')])).toBeNull();
});

test('two folders for sent mail are both found, the server’s own first; an outbox isn’t one', () => {
  const named = (path: string) => ({ path, specialUse: null });
  const marked = (path: string, specialUseSource: string) => ({ path, specialUse: '\\Sent', specialUseSource });
  expect(sentFoldersOf([named('送信済みアイテム'), marked('INBOX.Sent', 'extension'), named('INBOX')])).toEqual([
    'INBOX.Sent',
    '送信済みアイテム',
  ]);
  expect(sentFoldersOf([marked('Outgoing', 'name'), named('Sent Items')])).toEqual(['Sent Items', 'Outgoing']);
  expect(sentFoldersOf([marked('送信箱', 'name'), named('送信トレイ'), named('送信')])).toEqual([]);
  expect(sentFolderOf([named('INBOX/送信済メール')])).toBe('INBOX/送信済メール');
});

test('UIDs become a short sequence set', () => {
  expect(uidSet([1, 2, 3, 7, 9, 10])).toBe('1:3,7,9:10');
  expect(uidSet([])).toBe('');
});
