import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { unfitIn } from '#lib/mail/charset/unfit.ts';
import { type ComposeInput, composeMail, envelopeRecipients } from '#lib/mail/compose.ts';
import { parseMail } from '#lib/mail/parse.ts';

const base: ComposeInput = {
  messageId: '<a.b@shop.example.jp>',
  from: { name: '窓口', address: 'support@shop.example.jp' },
  to: [{ name: '山田 太郎', address: 'a..b@docomo.example.jp' }],
  bcc: [{ name: '', address: 'audit@shop.example.jp' }],
  subject: 'ご注文について',
  text: 'こんにちは',
  date: new Date('2026-11-21T01:00:00Z'),
};

test('the same input gives the same bytes', async () => {
  const input = {
    ...base,
    html: '<p>x</p>',
    attachments: [{ filename: '請求書.pdf', contentType: 'application/pdf', content: Buffer.from('x') }],
  };
  expect((await composeMail(input)).equals(await composeMail(input))).toBe(true);
});

test.each([
  ['', '\r\n'],
  ['a', 'a\r\n'],
  ['a\n\nb\n\n\n', 'a\r\n\r\nb\r\n'],
  ['\n\n', '\r\n'],
])('the text %j ends with one line end', async (text, written) => {
  const [, body = ''] = (await composeMail({ ...base, text })).toString().split('\r\n\r\n');
  expect(Buffer.from(body, 'base64').toString()).toBe(written);
});

test('pages of blank lines are written without a hang', { timeout: 15_000 }, async () => {
  for (const charset of ['utf-8', 'iso-2022-jp'] as const)
    expect((await composeMail({ ...base, charset, text: `a${'\n'.repeat(190_000)}b` })).length).toBeGreaterThan(
      190_000,
    );
});

test('Bcc goes into the envelope and never into the mail', async () => {
  expect((await composeMail(base)).toString()).not.toContain('audit@');
  expect(envelopeRecipients(base)).toEqual(['a..b@docomo.example.jp', 'audit@shop.example.jp']);
});

test('lines end with CRLF, are at most 998 octets long, and headers are ASCII', async () => {
  const raw = await composeMail({ ...base, subject: '長い件名'.repeat(100), text: `${'あ'.repeat(5000)}\n.\nFrom x` });
  for (const line of raw.toString('latin1').split('\r\n')) {
    expect(line.length).toBeLessThanOrEqual(998);
    expect(line).toMatch(/^[\t\x20-\x7e]*$/);
  }
});

test('our id stands twice, and an automatic mail says so', async () => {
  const parsed = await parseMail(await composeMail({ ...base, auto: 'replied' }));
  const header = (name: string) => parsed.headers.find(([key]) => key === name)?.[1];
  expect(header('x-madoguchi-id')).toBe(base.messageId);
  expect(parsed.messageId).toBe(base.messageId);
  expect(header('auto-submitted')).toBe('auto-replied');
});

test('a header can not be smuggled in by a line break', async () => {
  const parsed = await parseMail(
    await composeMail({
      ...base,
      subject: 'x\r\nBcc: evil@example.com',
      from: { name: 'a\r\nX: y', address: 'a@example.jp' },
    }),
  );
  expect(parsed.headers.map(([name]) => name)).not.toContain('bcc');
  expect(parsed.headers.map(([name]) => name)).not.toContain('x');
});

test('long threads keep the root and the newest ids', async () => {
  const references = Array.from({ length: 80 }, (_, i) => `<${i}@example.jp>`);
  const parsed = await parseMail(await composeMail({ ...base, references }));
  expect(parsed.references).toHaveLength(30);
  expect([parsed.references[0], parsed.references.at(-1)]).toEqual(['<0@example.jp>', '<79@example.jp>']);
});

const word = fc.string({
  unit: fc.constantFrom('商', '品', 'ガ', '①', '髙', '𠮷', '😀', 'a', '"', '=?', '?=', '_', '>', 'é', '.', '(', ','),
  maxLength: 60,
});

test('what we compose we read back: subject, names, text, html, file names', async () => {
  await fc.assert(
    fc.asyncProperty(word, word, fc.array(word, { maxLength: 5 }), word, async (subject, name, lines, file) => {
      const text = lines.join('\n').trim();
      const filename = `${file.replace(/[/\\]/g, '')}x.pdf`;
      const attachments = [{ filename, contentType: 'application/pdf', content: Buffer.from('PDF') }];
      const parsed = await parseMail(
        await composeMail({ ...base, subject, from: { name, address: 'a@example.jp' }, text, attachments }),
      );
      expect(parsed.error).toBeNull();
      expect(parsed.text).toBe(text.normalize('NFC'));
      expect(parsed.attachments.map((a) => a.filename)).toEqual([filename.normalize('NFC')]);
      if (!/=\?|\?=/.test(subject + name)) {
        expect(parsed.subject).toBe(subject);
        expect(parsed.from).toEqual({ name, address: 'a@example.jp' });
      }
    }),
    { numRuns: 300 },
  );
});

const ESC = String.fromCharCode(27);
const lines = (raw: Buffer) => raw.toString('latin1').split('\r\n');
const headOf = (raw: Buffer) => raw.toString('latin1').split('\r\n\r\n')[0] ?? '';
const namesIn = (raw: Buffer) => [...headOf(raw).matchAll(/^([\w-]+):/gm)].map((match) => match[1]);

test('headers stand in one order, each once, whatever a caller adds', async () => {
  const raw = await composeMail({
    ...base,
    cc: [{ name: '', address: 'b@example.jp' }],
    replyTo: [{ name: '', address: 'c@example.jp' }],
    inReplyTo: '<x@example.jp>',
    references: ['<x@example.jp>'],
    headers: {
      'X-Mine': '値',
      subject: 'twice',
      'Message-Id': '<y@example.jp>',
      'Content-Type': 'text/html',
      'b d': 'x',
    },
    auto: 'replied',
  });
  expect(namesIn(raw)).toEqual([
    ...['Date', 'From', 'Reply-To', 'To', 'Cc', 'Message-ID', 'In-Reply-To', 'References', 'Subject', 'X-Madoguchi-Id'],
    ...['Auto-Submitted', 'X-Auto-Response-Suppress', 'Precedence', 'X-Mine', 'MIME-Version'],
    ...['Content-Type', 'Content-Transfer-Encoding'],
  ]);
});

test('no bare CR or LF leaves, header lines are at most 78 octets long, and no encoded-word more than 75', async () => {
  const any = fc.string({ unit: 'binary', maxLength: 200 });
  await fc.assert(
    fc.asyncProperty(
      any,
      any,
      any,
      fc.constantFrom('utf-8' as const, 'iso-2022-jp' as const),
      async (a, b, c, charset) => {
        const files = [{ filename: c, contentType: a, content: Buffer.from(b), cid: b }];
        const input = {
          ...base,
          subject: a,
          from: { name: b, address: 'a@example.jp' },
          text: c,
          html: a,
          attachments: files,
        };
        const raw = await composeMail({ ...input, charset, headers: { 'X-Any': c } });
        const text = raw.toString('latin1');
        expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
        for (const line of lines(raw)) expect(line.length).toBeLessThanOrEqual(998);
        for (const line of headOf(raw).split('\r\n')) {
          expect(line.length).toBeLessThanOrEqual(78);
          expect(line).toMatch(/^[\t\x20-\x7e]*\S[\t\x20-\x7e]*$/);
        }
        for (const [word] of text.matchAll(/=\?[\w-]+\?B\?[^?]*\?=/g)) expect(word.length).toBeLessThanOrEqual(75);
      },
    ),
    { numRuns: 300 },
  );
});

test.each(['utf-8', 'iso-2022-jp'] as const)(
  'each encoded-word of a long %s subject is whole by itself',
  async (charset) => {
    const subject = 'ご注文の商品のお届けが遅れておりますことについてのお詫びABCとお願い'.repeat(8);
    const raw = await composeMail({ ...base, subject, charset });
    const words = [...headOf(raw).matchAll(/^(?:Subject:)? (=\?([\w-]+)\?B\?([^?]*)\?=)$/gm)];
    expect(words.length).toBeGreaterThan(5);
    const decode = (bytes: string) => new TextDecoder(charset, { fatal: true }).decode(Buffer.from(bytes, 'base64'));
    expect(words.map((match) => decode(match[3] ?? '')).join('')).toBe(subject);
    expect(new Set(words.map((match) => match[2]))).toEqual(new Set([charset.toUpperCase()]));
    if (charset !== 'iso-2022-jp') return;
    for (const [, , , bytes] of words) {
      expect(
        Buffer.from(bytes ?? '', 'base64')
          .toString('latin1')
          .split(ESC)
          .at(-1),
      ).toMatch(/^\(B/);
    }
  },
);

test('a domain in Japanese is sent in ASCII', async () => {
  const raw = await composeMail({ ...base, to: [{ name: '', address: 'taro@日本語.example.jp' }] });
  expect(headOf(raw)).toContain('taro@xn--wgv71a119e.example.jp');
});

test('file names stand twice: RFC 2231 and encoded-words, in NFC, long ones in pieces', async () => {
  const filename = `${'か\u3099'}ご請求書（2026年11月分）株式会社サンプル御中_最終版.pdf`;
  const attachments = [{ filename, contentType: 'application/pdf', content: Buffer.from('PDF') }];
  const raw = (await composeMail({ ...base, attachments })).toString('latin1');
  expect(raw).toMatch(/filename\*0\*=UTF-8''%E3%81%8C/);
  expect(raw).toMatch(/name="=\?UTF-8\?B\?/);
  const [file] = (await parseMail(Buffer.from(raw, 'latin1'))).attachments;
  expect(file?.filename).toBe(filename.normalize('NFC'));
  expect(file?.content.toString()).toBe('PDF');
});

test('a picture of the HTML is inline beside it, files stand outside, and their bytes are untouched', async () => {
  const bytes = Buffer.from(Array.from({ length: 1000 }, (_, n) => n % 256));
  const attachments = [
    { filename: 'a.png', contentType: 'image/png', content: bytes, cid: 'p1@x' },
    { filename: 'm.eml', contentType: 'message/rfc822', content: bytes },
  ];
  const parsed = await parseMail(await composeMail({ ...base, html: '<img src="cid:p1@x">', attachments }));
  expect(parsed.attachments.map(({ contentId, inline }) => [contentId, inline])).toEqual([
    ['p1@x', true],
    [null, false],
  ]);
  for (const file of parsed.attachments) expect(file.content.equals(bytes)).toBe(true);
});

test('very long ids leave room for the root and the newest, and damaged ones are left out', async () => {
  const references = [
    '<root@example.jp>',
    ...Array.from({ length: 40 }, (_, n) => `<${'x'.repeat(800)}${n}@example.jp>`),
  ];
  const parsed = await parseMail(
    await composeMail({ ...base, references: [...references, '<a b@c>', '<日@example.jp>'] }),
  );
  expect(parsed.references[0]).toBe('<root@example.jp>');
  expect(parsed.references.at(-1)).toBe(references.at(-1));
  expect(parsed.references.join(' ').length).toBeLessThan(6100);
});

describe('in ISO-2022-JP', () => {
  const jis = { ...base, charset: 'iso-2022-jp' as const };

  test('the text leaves in 7 bit, each line in ASCII at its end, and is read back as it was', async () => {
    const text = 'ご連絡ありがとうございます。\n〜～−－ABC\n\n.点で始まる行\nおわり';
    const raw = await composeMail({
      ...jis,
      text,
      subject: '在庫について',
      from: { name: '窓口', address: 'a@example.jp' },
    });
    expect(raw.toString('latin1')).toContain('charset=iso-2022-jp\r\nContent-Transfer-Encoding: 7bit');
    for (const line of lines(raw)) {
      expect(line.replaceAll(ESC, '')).toMatch(/^[\t\x20-\x7e]*$/);
      if (line.includes(ESC)) expect(line.split(ESC).at(-1)).toMatch(/^\(B/);
    }
    const parsed = await parseMail(raw);
    expect(parsed.charset).toBe('iso-2022-jp');
    // One code each for the wave and the minus, whichever of its two characters was typed.
    expect(parsed.text.replace(/[〜～]/g, '〜').replace(/[−－]/g, '−')).toBe(
      'ご連絡ありがとうございます。\n〜〜−−ABC\n\n.点で始まる行\nおわり',
    );
    expect([parsed.subject, parsed.from?.name]).toEqual(['在庫について', '窓口']);
  });

  test('a line too long for 7 bit, or one that relays change, is encoded instead of broken', async () => {
    for (const text of ['あ'.repeat(2000), 'From x\nこんにちは']) {
      const raw = await composeMail({ ...jis, text });
      expect(raw.toString('latin1')).toContain('charset=iso-2022-jp\r\nContent-Transfer-Encoding: base64');
      expect((await parseMail(raw)).text).toBe(text);
    }
  });

  test('HTML and files are untouched, and a name that does not fit goes in UTF-8 instead of being lost', async () => {
    const attachments = [{ filename: '髙①.txt', contentType: 'text/plain', content: Buffer.from('髙①') }];
    const to = [{ name: '髙橋 😀', address: 'taro@example.jp' }];
    const parsed = await parseMail(await composeMail({ ...jis, html: '<p>髙①</p>', attachments, to }));
    expect(parsed.html).toContain('髙①');
    expect(parsed.attachments[0]).toMatchObject({ filename: '髙①.txt', content: Buffer.from('髙①') });
    expect(parsed.to).toEqual(to);
  });

  const fitting = fc.string({
    unit: fc.constantFrom('商', '品', 'ガ', 'ー', 'a', ' ', '。', '「', '亜', '熙', 'Ａ', '￥', '.'),
    maxLength: 80,
  });
  test('what fits is read back as it was', async () => {
    await fc.assert(
      fc.asyncProperty(fitting, fc.array(fitting, { maxLength: 5 }), async (subject, rows) => {
        const text = rows.join('\n').trim();
        expect(unfitIn(text)).toEqual([]);
        const parsed = await parseMail(await composeMail({ ...jis, subject, text }));
        expect(parsed.text).toBe(text);
        expect(parsed.subject).toBe(subject.trim());
      }),
      { numRuns: 200 },
    );
  });
});
