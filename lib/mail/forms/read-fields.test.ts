import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { FormField } from '#lib/mail/forms/pattern.ts';
import { readFields } from '#lib/mail/forms/read-fields.ts';
import { USUAL_FIELDS } from '#lib/mail/forms/usual.ts';

const FIELDS: FormField[] = [
  { field: 'name', label: 'お名前', lines: 'one' },
  { field: 'email', label: 'メールアドレス', lines: 'one' },
  { field: 'body', label: 'お問い合わせ内容', lines: 'many' },
];
const read = (...lines: string[]) => readFields(lines.join('\n'), FIELDS).map(({ field, value }) => [field, value]);

test.each([
  ['お名前：山田 太郎'],
  ['お名前: 山田 太郎'],
  ['【お名前】山田 太郎'],
  ['【お名前】', '山田 太郎'],
  ['■ お名前（必須）　：　山田 太郎'],
  ['● お名前 ※必須', '山田 太郎'],
  ['[お名前] 山田 太郎'],
  ['お　名　前　　山田 太郎'],
  ['お名前\t山田 太郎'],
  ['お名前 山田 太郎'],
  ['| お名前 | 山田 太郎 |'],
  ['1. お名前：山田 太郎'],
  ['お名前（全角でご記入ください）：山田 太郎'],
  ['お名前 *', '', '山田 太郎'],
  ['お名前', '----------', '山田 太郎'],
])('%j is a name', (...lines) => {
  expect(read(...lines, '', 'つぎの行')[0]).toEqual(['name', '山田 太郎']);
});

test.each([
  ['お名前（フリガナ）：ヤマダ'],
  ['お名前様'],
  ['お名前は書きません'],
  ['> お名前：山田 太郎'],
  ['ご担当のお名前：山田 太郎'],
  ['お名前：', 'メールアドレス：taro@example.jp'],
  ['お名前：', '', '', '', '', '山田 太郎'],
])('%j is none', (...lines) => {
  expect(read(...lines).filter(([field]) => field === 'name')).toEqual([]);
});

test('a longer label wins over the one it begins with, whatever their order', () => {
  const fields: FormField[] = [
    { field: 'name', label: 'お名前', lines: 'one' },
    { field: 'furigana', label: 'お名前 フリガナ', lines: 'one' },
  ];
  const found = readFields('お名前 フリガナ：ヤマダ\nお名前：山田', fields);
  expect(found.map(({ field, value }) => [field, value])).toEqual([
    ['furigana', 'ヤマダ'],
    ['name', '山田'],
  ]);
});

test('a field left empty takes nothing from what the customer writes further down', () => {
  expect(read('メールアドレス：', 'お問い合わせ内容：', '変更です', 'メールアドレス：b@example.jp')).toEqual([
    ['body', '変更です\nメールアドレス：b@example.jp'],
  ]);
});

test('says in which lines it found a value', () => {
  const found = readFields('前書き\n\nお名前：山田\nお問い合わせ内容\n一\n\n二\n----------\n後書き', FIELDS);
  expect(found.map(({ line, until }) => [line, until])).toEqual([
    [2, 3],
    [3, 7],
  ]);
});

test('reads anything without throwing, and every value stands in the text', () => {
  const piece = fc.oneof(
    fc.constantFrom(
      'お名前',
      '【',
      '】',
      '：',
      '(必須)',
      '\n',
      'メールアドレス',
      '　',
      '\t',
      'ﾒｰﾙｱﾄﾞﾚｽ',
      '㈱',
      '-----',
      '*',
    ),
    fc.string({ unit: 'binary', maxLength: 5 }),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
      const text = pieces.join('');
      for (const { value } of readFields(text, FIELDS)) {
        for (const line of value.split('\n')) expect(text).toContain(line.trim());
      }
    }),
  );
});

test.each([
  ['brackets', '【'.repeat(200_000)],
  ['one long line of labels', 'お名前 '.repeat(40_000)],
  ['lines of labels', 'お名前：\n'.repeat(40_000)],
  ['blanks', '　'.repeat(200_000)],
  ['required marks', `お名前${'(必須)'.repeat(40_000)}`],
  ['voice marks', `ﾃ${'ﾞ'.repeat(200_000)}`],
])('a mail of %s is read in a moment', { timeout: 5000 }, (_, text) => {
  expect(readFields(text, USUAL_FIELDS).length).toBeLessThan(USUAL_FIELDS.length);
});
