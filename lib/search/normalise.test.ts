import { expect, test } from 'vitest';
import { grams, normaliseForSearch } from '#lib/search/normalise.ts';

test('width, case, kana, small kana, dashes, old forms and spaces make no difference', () => {
  expect(normaliseForSearch('ﾔﾏｻﾞｷ')).toBe(normaliseForSearch('やまざき'));
  expect(normaliseForSearch('髙橋 一郎')).toBe(normaliseForSearch('高橋一郎'));
  expect(normaliseForSearch('ＡＢＣ－１２３')).toBe(normaliseForSearch('abc123'));
  expect(normaliseForSearch('コーヒー')).toBe(normaliseForSearch('こ−ひ―'));
  expect(normaliseForSearch('キャンセル')).toBe(normaliseForSearch('きやんせる'));
  expect(normaliseForSearch('090-0000-1482')).toBe('09000001482');
});

test('grams hold each pair and each character once', () => {
  expect(grams('ああい').sort()).toEqual(['あ', 'ああ', 'あい', 'い'].sort());
  expect(grams('')).toEqual([]);
  expect(grams('𠮷野')).toContain('𠮷野');
});
