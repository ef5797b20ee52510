import { expect, test } from 'vitest';
import { caseNumberIn, orderNumbersIn } from '#lib/mail/order-number.ts';

test.each([
  ['ご注文番号：A-12345 が届きません', ['A-12345']],
  ['注文番号【２０２６－１１２２】', ['2026-1122']],
  ['受注番号 # r-0001x', ['R-0001X']],
  ['Order number: 100-2000, order no. 300', ['100-2000']],
  ['注文番号 1234、注文番号 1234、注文番号 5678', ['1234', '5678']],
])('%s names %j', (text, numbers) => {
  expect(orderNumbersIn(text)).toEqual(numbers);
});

test.each(['〒123-4567', '電話 03-1234-5678', '注文番号が分かりません', '注文番号: abcd', 'in order to 1234'])(
  '%s names none',
  (text) => {
    expect(orderNumbersIn(text)).toEqual([]);
  },
);

test('a text of a million marks is done at once', () => {
  const start = performance.now();
  orderNumbersIn('注文番号'.repeat(250_000));
  orderNumbersIn(`注文番号${'#'.repeat(1_000_000)}`);
  orderNumbersIn(`注文番号 ${'a-'.repeat(500_000)}`);
  expect(performance.now() - start).toBeLessThan(500);
});

test.each([
  ['Re: [#123] 在庫', 123],
  ['［＃４５］件', 45],
  ['#123', null],
  ['[123]', null],
  ['[#12345678901]', null],
])('the case of %s is %s', (subject, number) => {
  expect(caseNumberIn(subject)).toBe(number);
});
