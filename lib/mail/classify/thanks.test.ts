import { expect, test } from 'vitest';
import { isThanks } from '#lib/mail/classify/thanks.ts';
import { parseMail } from '#lib/mail/parse.ts';

const thanks = async (text: string) =>
  isThanks(await parseMail(Buffer.from(`From: a@example.jp\nSubject: Re: x\n\n${text}`)));

test.each([
  'ありがとうございました。',
  'お世話になっております。\n商品が届きました！ありがとうございます😊\n山田',
  '了解しました。\n今後ともよろしくお願いします。\n-- \n株式会社例 090-1234-5678',
  '助かりました。山田です。',
  'ありがとうございました。今後ともよろしくお願い申し上げます。',
  'Thank you!\nTaro',
])('%j is thanks', async (text) => {
  expect(await thanks(text)).toBe(true);
});

test.each([
  'ありがとうございます。返品を希望します。',
  'ありがとうございます。領収書もお願いします。',
  'ありがとうございます。まだ届きません。',
  'ありがとうございます。いつ届きますか',
  'ありがとうございます。色が違うのですが。',
  'ありがとうございます。住所は東京都千代田区です。変更です。12345',
  'ありがとうございます。もう一つ同じものを注文します。',
  '確認しました。振込先が違います。',
  '届きました。ありがとうございます。箱が汚れていました。',
  'ありがとうございます。別の色に交換をお願いします。',
  'Thanks, but it is broken.',
  '商品が壊れていました。',
  `ありがとうございます。${'本当に'.repeat(40)}`,
  '',
])('%j needs a reader', async (text) => {
  expect(await thanks(text)).toBe(false);
});
