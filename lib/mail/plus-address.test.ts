import { expect, test } from 'vitest';
import { plusAddress, tokenOf, tokensIn, withoutToken } from '#lib/mail/plus-address.ts';

const TOKEN = 'c12-abcdefghijklmnop';

test('a token goes behind the local part and comes off again, in any case', () => {
  expect(plusAddress('shop@example.jp', TOKEN)).toBe(`shop+${TOKEN}@example.jp`);
  expect(tokenOf(`SHOP+${TOKEN.toUpperCase()}@example.jp`)).toBe(TOKEN);
  expect(withoutToken(`shop+${TOKEN}@example.jp`)).toBe('shop@example.jp');
});

test('a local part that would be too long for a server gets none', () => {
  expect(plusAddress(`${'x'.repeat(60)}@example.jp`, TOKEN)).toBeNull();
});

test('a person’s own plus stays', () => {
  expect(tokenOf('taro+news@example.jp')).toBeNull();
  expect(withoutToken('taro+news@example.jp')).toBe('taro+news@example.jp');
});

test('it is found where the mail was addressed or delivered to, and nowhere else', () => {
  const address = `shop+${TOKEN}@example.jp`;
  const nobody = { to: [], cc: [], headers: [] };
  expect(tokensIn({ ...nobody, cc: [{ name: '', address }] })).toEqual([TOKEN]);
  expect(tokensIn({ ...nobody, headers: [['x-original-to', `<${address}>`]] })).toEqual([TOKEN]);
  expect(tokensIn({ ...nobody, headers: [['subject', address]] })).toEqual([]);
});
