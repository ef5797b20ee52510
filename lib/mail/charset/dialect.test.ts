import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { dialectOf } from '#lib/mail/charset/dialect.ts';
import { parseMail } from '#lib/mail/parse.ts';

/** A mail whose sender and subject stand raw in `charset`; `label` is what its body says of itself. */
const raw = (
  charset: string,
  label: string | null,
  { name, subject, text }: Record<'name' | 'subject' | 'text', string>,
) =>
  iconv.encode(
    [
      `From: "${name}" <taro@example.jp>`,
      `Subject: ${subject}`,
      ...(label === null ? [] : [`Content-Type: text/plain; charset=${label}`]),
      `\r\n${text}\r\n`,
    ].join('\r\n'),
    charset,
  );
const SHORT = { name: 'ﾊﾝｶｸ', subject: '①②③', text: 'よろしくお願いします。' };

describe('raw text too short to be told apart by itself', () => {
  it.each([
    ['cp932', 'shift_jis', SHORT],
    ['cp932', null, SHORT],
    ['cp932', 'Windows-31J', { ...SHORT, name: '﨑山', subject: '…' }],
    ['eucjp', 'euc-jp', { ...SHORT, subject: '貼付' }],
    ['eucjp', null, { ...SHORT, subject: '暴走' }],
  ])('is read as the rest of a mail in %s labelled %s', async (charset, label, words) => {
    const read = await parseMail(raw(charset, label, words));
    expect({ name: read.from?.name, subject: read.subject, text: read.text }).toEqual(words);
  });

  it('stays what it is where it disagrees with the rest and is plain enough', async () => {
    const source = Buffer.concat([
      iconv.encode('From: "山田太郎のマイナス" <taro@example.jp>\r\nSubject: ', 'eucjp'),
      iconv.encode('ご確認ください…\r\n', 'utf8'),
      iconv.encode('Content-Type: text/plain; charset=shift_jis\r\n\r\n能力', 'cp932'),
    ]);
    const { from, subject, text } = await parseMail(source);
    expect([from?.name, subject, text]).toEqual(['山田太郎のマイナス', 'ご確認ください…', '能力']);
  });
});

it('speaks for no dialect where nothing is Japanese 8-bit text', () => {
  expect(dialectOf(Buffer.from('Subject: plain; charset=shift_jis'))).toBeNull();
  expect(dialectOf(Buffer.from('Subject: こんにちは'))).toBeNull();
  expect(dialectOf(Buffer.from('Subject: M\xfcller f\xfcr G\xe4ste', 'latin1'))).toBeNull();
});
