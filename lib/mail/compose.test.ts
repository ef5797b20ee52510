import fc from 'fast-check';
import { expect, test } from 'vitest';
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
