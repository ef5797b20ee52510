import { expect, test } from 'vitest';
import { addAddress, isAddress, parseAddress, splitAddresses } from './address.ts';

test('a name with an address, and an address alone', () => {
  expect(parseAddress('小笠原 由紀子 <y@example.jp>')).toEqual({ name: '小笠原 由紀子', address: 'y@example.jp' });
  expect(parseAddress('y@example.jp')).toEqual({ name: '', address: 'y@example.jp' });
});

test('what a Japanese keyboard leaves full-width is an address too', () => {
  expect(parseAddress('ｙ＠ｅｘａｍｐｌｅ．ｊｐ')?.address).toBe('y@example.jp');
});

test.each(['', 'y', 'y@', '@example.jp', 'y@example', 'a b@example.jp', 'y@example..jp', 'y@@example.jp'])(
  '%j is no address',
  (text) => expect(isAddress(text)).toBe(false),
);

test('pasted lists come apart at commas, semicolons, 、 and line ends', () => {
  expect(splitAddresses('a@x.jp, b@x.jp;c@x.jp、d@x.jp\ne@x.jp ,')).toHaveLength(5);
});

test('nobody gets it twice', () => {
  expect(addAddress([{ name: '', address: 'A@x.jp' }], { name: 'a', address: 'a@x.jp' })).toHaveLength(1);
});
