import Encoding from 'encoding-japanese';
import fc from 'fast-check';
import iconv from 'iconv-lite';
import { test } from 'vitest';
import { decodeText } from '#lib/mail/charset/decode.ts';

const japanese = fc.string({
  unit: fc.constantFrom(
    ...Array.from('あいうえおかきくけこをんがぱアイウエオヴー、。「」・商品返送料金能表予構申込十ソA1 \n'),
  ),
  minLength: 1,
  maxLength: 200,
});

/** Prose has kana: what detection without a label may rely on. */
const prose = japanese.map((text) => `お世話になっております。${text}よろしくお願いいたします。`);

test.each(['shift_jis', 'windows-31j', 'x-sjis', 'ms932'])('what was written as CP932 is read under %s', (label) => {
  fc.assert(fc.property(japanese, (text) => decodeText(iconv.encode(text, 'cp932'), label).text === text));
});

test.each(['euc-jp', 'ujis', 'eucjp-ms', 'cp51932', 'x-euc-jp'])(
  'what was written as EUC-JP is read under %s',
  (label) => {
    fc.assert(fc.property(japanese, (text) => decodeText(iconv.encode(text, 'eucjp'), label).text === text));
  },
);

test.each([
  'iso-2022-jp',
  'cp50220',
  'CP50221',
  'csISO2022JP',
  'x-iso-2022-jp',
  'us-ascii',
  'utf-8',
  'unknown-8bit',
  null,
])('JIS is read under %s', (label) => {
  const jis = (text: string) =>
    Buffer.from(Encoding.convert(Encoding.stringToCode(text), { to: 'JIS', from: 'UNICODE' }));
  fc.assert(fc.property(japanese, (text) => decodeText(jis(text), label).text === text));
});

test.each(['cp932', 'eucjp', 'utf8'])('prose written as %s is found without a label', (charset) => {
  fc.assert(fc.property(prose, (text) => decodeText(iconv.encode(text, charset), null).text === text));
});

test('any bytes under any label give well-formed text', () => {
  const label = fc.constantFrom(
    null,
    'utf-8',
    'iso-2022-jp',
    'shift_jis',
    'euc-jp',
    'iso-8859-1',
    'utf-16',
    'utf-7',
    'gb2312',
    'no such charset',
    'x'.repeat(500),
  );
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 300 }),
      label,
      (bytes, name) => typeof decodeText(bytes, name).text === 'string',
    ),
    { numRuns: 2000 },
  );
});
