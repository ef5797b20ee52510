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

test('a long text without a blank is looked through once', () => {
  const long = 'あ'.repeat(200_000);
  const began = performance.now();
  expect(maskAddress(`${long} taro@example.jp`)).toBe(`${long} t***@example.jp`);
  // From every letter on anew it took half a minute.
  expect(performance.now() - began).toBeLessThan(2000);
});

test('several addresses in a row are all masked', () => {
  expect(maskAddress('"taro@example.jp" ichi@ni@example.com')).toBe('"t***@example.jp" i***@n***@example.com');
});
