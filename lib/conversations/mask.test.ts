import { expect, test } from 'vitest';
import { maskAddress } from '#lib/conversations/mask.ts';

test('an address keeps its first letter and its domain', () => {
  expect(maskAddress('yukiko.o@example.ne.jp')).toBe('y***@example.ne.jp');
  expect(maskAddress('a..b-chan@docomo.example.ne.jp')).toBe('a***@docomo.example.ne.jp');
  expect(maskAddress('x@example.jp')).toBe('x***@example.jp');
});

test('a name stays, an address inside a name does not', () => {
  expect(maskAddress('小笠原 由紀子')).toBe('小笠原 由紀子');
  expect(maskAddress('小笠原 <yukiko@example.jp>')).toBe('小笠原 <y***@example.jp>');
});
