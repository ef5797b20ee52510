import { expect, test } from 'vitest';
import { encodeIso2022Jp } from '#lib/mail/charset/encode-iso2022jp.ts';
import { decodeIso2022Jp } from '#lib/mail/charset/iso2022jp.ts';
import { jis0208 } from '#lib/mail/charset/jis0208.ts';
import { replacementFor, unfitIn, withReplacements } from '#lib/mail/charset/unfit.ts';

test('the table holds JIS X 0208 and nothing of the vendors’ rows', () => {
  expect(new Set(jis0208().values()).size).toBe(6879);
  for (const character of '①㈱髙﨑Ⅲ№㌔ｱ纊') expect(jis0208().has(character)).toBe(false);
  for (const character of '亜熙凜堯〜～−－∥‖￥') expect(jis0208().has(character)).toBe(true);
});

test('every character of the table is read back by our own reader', () => {
  for (const [character] of jis0208()) {
    const read = decodeIso2022Jp(encodeIso2022Jp(character) ?? Buffer.alloc(0));
    expect(encodeIso2022Jp(read)).toEqual(encodeIso2022Jp(character));
  }
});

test('what does not fit is named once, in its order, combined characters whole', () => {
  expect(unfitIn('①と㈱と髙橋、①、😀👨‍👩‍👧、か゚、ｶﾞ')).toEqual(['①', '㈱', '髙', '😀', '👨‍👩‍👧', 'か゚', 'ｶﾞ']);
  expect(unfitIn('ふつうの文 with ASCII ~ \\ 〜 ＡＢＣ\r\n')).toEqual([]);
  expect(unfitIn('カ\u3099ス')).toEqual([]);
});

test('nothing that does not fit is ever encoded', () => {
  expect(encodeIso2022Jp('①')).toBeNull();
  expect(encodeIso2022Jp('é')).toBeNull();
});

test.each([
  ['①⑳㉑❶', '(1)(20)(21)(1)'],
  ['㈱サンプル㈲', '(株)サンプル(有)'],
  ['髙橋﨑𠮷', '高橋崎吉'],
  ['ｶﾞｯﾂﾎﾟｰｽﾞ', 'ガッツポーズ'],
  ['Ⅲ ㎏ №1 ¥100', 'III kg No.1 ￥100'],
])('%s has the usual form %s', (text, expected) => {
  expect(withReplacements(text)).toBe(expected);
  expect(unfitIn(expected)).toEqual([]);
});

test('what has no usual form stays for a person to decide', () => {
  expect(replacementFor('😀')).toBeNull();
  expect(replacementFor('é')).toBeNull();
  expect(withReplacements('①😀')).toBe('(1)😀');
});
