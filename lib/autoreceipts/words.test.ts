import { expect, test } from 'vitest';
import { localDay, senderKey } from '#lib/autoreceipts/sender-key.ts';
import { fillIn, unknownPlaceholders, writtenName } from '#lib/autoreceipts/words.ts';

const words = (customerName: string) => ({
  ...{ customerName, caseNumber: 12, mailboxName: 'みどり工房', businessHours: '月〜金 9:00〜18:00' },
});

test.each([
  ['山田 太郎', '{customer_name} 様', '山田 太郎 様'],
  ['山田 太郎 様', '{customer_name} 様', '山田 太郎 様'],
  ['山田さん', '{customer_name}さま', '山田 様'],
  ['山田 太郎', '{customer_name}', '山田 太郎 様'],
  ['', '{customer_name} 様', 'お客様'],
  ['株式会社見本', '{customer_name}　御中', '株式会社見本 ご担当者様'],
  ['株式会社見本 山田', '{customer_name} 様', '株式会社見本 山田 様'],
  ['taro@example.com', '{customer_name} 様', 'お客様'],
  ['http://evil.example/', '{customer_name} 様', 'お客様'],
  ['当選 evil.example', '{customer_name} 様', 'お客様'],
  ['当選は見本。みんな から', '{customer_name} 様', 'お客様'],
  ['当選 ｅｖｉｌ．ｅｘａｍｐｌｅ', '{customer_name} 様', 'お客様'],
  ['当選 t.co/abc', '{customer_name} 様', 'お客様'],
  ['J. Smith', '{customer_name} 様', 'J. Smith 様'],
  ['J.R. Smith', '{customer_name} 様', 'J.R. Smith 様'],
  ['Mihon Co., Ltd.', '{customer_name} 様', 'Mihon Co., Ltd. ご担当者様'],
  ['山田 太郎／見本商事', '{customer_name} 様', '山田 太郎／見本商事 様'],
  ['長'.repeat(41), '{customer_name} 様', 'お客様'],
  ['{case_number}', '{customer_name} 様', 'お客様'],
  ['$& $1', '{customer_name} 様', '$& $1 様'],
])('the writer %j in %j is %j', (name, template, expected) => {
  expect(fillIn(template, words(name))).toBe(expected);
});

test('a name that is none doesn’t stand beside the address either', () => {
  expect(['山田 太郎 様', '当選 evil.example', '当選\r\nBcc: x'].map(writtenName)).toEqual(['山田 太郎 様', '', '']);
});

test('number, 窓口 and hours stand where their braces stood; what means nothing is told', () => {
  const template = '【{mailbox_name}】#{case_number}（{business_hours}）{customer_name}様';
  expect(fillIn(template, words('山田'))).toBe('【みどり工房】#12（月〜金 9:00〜18:00）山田 様');
  expect(unknownPlaceholders('{name} 様 {case_number} { } {x\ny}')).toEqual(['name', ' ']);
});

test.each([
  ['Taro+shop@Example.COM', 'taro@example.com'],
  ['<taro@example.com.>', 'taro@example.com'],
  ['+@example.com', '+@example.com'],
  ['a..b@docomo.example.jp', 'a..b@docomo.example.jp'],
  ['no address', 'no address'],
])('%j is counted as %j', (address, key) => {
  expect(senderKey(address)).toBe(key);
});

test('a day is the company’s own', () => {
  const at = new Date('2026-11-20T15:00:00Z');
  expect([localDay(at, 'Asia/Tokyo'), localDay(at, 'UTC')]).toEqual(['2026-11-21', '2026-11-20']);
});
