import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  formatAddress,
  looksLikeAddress,
  normaliseAddress,
  parseAddressList,
  sendableAddress,
} from '#lib/mail/address.ts';

test('reads what a person types into a To field', () => {
  expect(parseAddressList('山田 太郎 <taro@example.jp>, hanako@example.jp; "Sato, J." <j@example.jp>')).toEqual([
    { name: '山田 太郎', address: 'taro@example.jp' },
    { name: '', address: 'hanako@example.jp' },
    { name: 'Sato, J.', address: 'j@example.jp' },
  ]);
});

test('a comma inside an encoded name does not split it', () => {
  const name = Buffer.from('例, 株式会社').toString('base64');
  expect(parseAddressList(`=?UTF-8?B?${name}?= <a@example.jp>`)).toEqual([
    { name: '例, 株式会社', address: 'a@example.jp' },
  ]);
});

test('keeps the part in brackets of a Japanese name', () => {
  expect(parseAddressList('山田(営業部) <y@example.jp>')[0]?.name).toBe('山田(営業部)');
});

test('old mobile addresses are kept, and quoted when sent', () => {
  expect(parseAddressList('a..b.@docomo.example.jp')).toEqual([{ name: '', address: 'a..b.@docomo.example.jp' }]);
  expect(sendableAddress('a..b.@docomo.example.jp')).toBe('"a..b."@docomo.example.jp');
  expect(sendableAddress('taro.y@example.jp')).toBe('taro.y@example.jp');
  expect(formatAddress({ name: '', address: '.a@docomo.example.jp' })).toBe('".a"@docomo.example.jp');
  expect(looksLikeAddress('a..b.@docomo.example.jp')).toBe(true);
});

test('two spellings of one address have one key', () => {
  expect(normaliseAddress(' Taro@ＥＸＡＭＰＬＥ.jp. ')).toBe('taro@example.jp');
  expect(normaliseAddress('"a..b"@docomo.example.jp')).toBe('a..b@docomo.example.jp');
});

test('what formatAddress writes, parseAddressList reads', () => {
  const name = fc
    .string({ unit: fc.constantFrom('山', 'ａ', ',', '"', '\\', '(', ')', '<', ';', ':', '@', 'x', ' ', '.') })
    .map((s) => s.replace(/\s+/g, ' ').trim());
  fc.assert(
    fc.property(name, (given) => {
      expect(parseAddressList(formatAddress({ name: given, address: 'a..b@example.jp' }))).toEqual([
        { name: given, address: 'a..b@example.jp' },
      ]);
    }),
  );
});

test('never throws and stays linear on nonsense', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (raw) => Array.isArray(parseAddressList(raw))));
  const start = performance.now();
  for (const c of ['(', '"', '<', ',', '\\', 'a@', '=?']) parseAddressList(c.repeat(500_000));
  expect(performance.now() - start).toBeLessThan(3000);
});
