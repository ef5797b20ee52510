import { expect, test } from 'vitest';
import { quoteForReply, snippet, splitQuote } from '#lib/mail/quote.ts';

test.each([
  ['はい。\n\n2026/11/20 15:00、窓口 <s@example.jp> のメール:\n> 元'],
  ['はい。\n\nOn Fri, 20 Nov 2026, Support wrote:\n> 元'],
  ['はい。\n\n----- 元のメッセージ -----\n元'],
  ['はい。\n\n> 元\n>> その前\n\n'],
  ['はい。\n\nFrom: s@example.jp\nDate: 2026\nTo: a@example.jp\nSubject: x\n\n元'],
])('the quotation at the end of %j is parted', (text) => {
  expect(splitQuote(text).own).toBe('はい。');
});

test('a mail without a quotation keeps everything', () => {
  const text = '差出人: というラベルの話です。\n5 > 3 です。';
  expect(splitQuote(text)).toEqual({ own: text, quotedFrom: null });
});

test('a snippet is one line of own words, cut by characters', () => {
  expect(snippet('一行目\n\n　二行目\n> 引用', 20)).toBe('一行目 二行目');
  expect(snippet('😀'.repeat(50), 10)).toBe(`${'😀'.repeat(9)}…`);
  expect(snippet('> だけ')).toBe('> だけ');
});

test('what quoteForReply writes is found again as a quotation', () => {
  const quoted = quoteForReply('一\n\n> 二\n', { name: '山田 様', date: '2026年11月20日(金) 15:00' });
  expect(quoted).toBe('2026年11月20日(金) 15:00 山田 様:\n> 一\n>\n>> 二');
  expect(splitQuote(`答え\n\n${quoted}`)).toEqual({ own: '答え', quotedFrom: 4 });
});

test('a megabyte of nearly-quotes is split at once', () => {
  const start = performance.now();
  for (const line of ['on x\n', '差出人:\n', '>\n', '2026年1月 \n', '_'.repeat(100)])
    splitQuote(line.repeat(1_000_000 / line.length));
  expect(performance.now() - start).toBeLessThan(3000);
});
