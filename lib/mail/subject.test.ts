import { expect, test } from 'vitest';
import { isReplySubject, normaliseSubject, replySubject } from '#lib/mail/subject.ts';

test.each([
  ['Re: Re2: Fw: 商品について', '商品について'],
  ['RE：ＦＷ： 商品について', '商品について'],
  ['Re[3]: 返信: 転送: [shop-ml 123] Re: 商品　について', '商品 について'],
  ['【重要】Re: そのまま', '【重要】Re: そのまま'],
  ['[重要] お知らせ', '[重要] お知らせ'],
  ['ﾃｽﾄ', 'テスト'],
  ['Regarding: x', 'Regarding: x'],
  ['Re:', ''],
])('%s is about %s', (subject, expected) => {
  expect(normaliseSubject(subject)).toBe(expected);
});

test('an answer has one Re: and the customer’s own words', () => {
  expect(replySubject('RE：Re2: ①ご注文　の件')).toBe('Re: ①ご注文 の件');
  expect(replySubject('Fw: 件')).toBe('Re: Fw: 件');
  expect(replySubject('')).toBe('Re:');
});

test.each([
  ...[
    'Re:',
    're: ',
    'RE: Re: ',
    'Re2: ',
    'Re^2: ',
    'Re[2]: ',
    'Re(2): ',
    'Re*2:',
    'ＲＥ：',
    'Ｒｅ２：',
    'ＲＥ［２］：',
    '返信: ',
  ],
  ...['返信：', 'Aw: ', 'Sv: ', 'AW: SV: Re: ', 'Re : ', 'Re　：'],
])('%s collapses to one Re:', (marks) => {
  expect(replySubject(`${marks}ご注文の件`)).toBe('Re: ご注文の件');
  expect(isReplySubject(`${marks}ご注文の件`)).toBe(true);
});

test.each(['Fwd: 件', 'Ｆｗ：件', '転送: 件', '[shop] 件', 'Regarding: 件', '返品: 件'])(
  '%s keeps what it says',
  (subject) => {
    expect(replySubject(subject)).toBe(`Re: ${subject}`);
    expect(isReplySubject(subject)).toBe(false);
  },
);

test('a subject of 100,000 marks is done at once', () => {
  const start = performance.now();
  normaliseSubject('Re: '.repeat(100_000));
  replySubject('Re: '.repeat(2000));
  expect(performance.now() - start).toBeLessThan(1000);
});
