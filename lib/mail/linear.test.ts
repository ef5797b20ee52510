import { expect, test } from 'vitest';
import { classifyMail } from '#lib/mail/classify/index.ts';
import { parseMail } from '#lib/mail/parse.ts';
import { quoteForReply, snippet, splitQuote } from '#lib/mail/quote.ts';

// A pattern that is quadratic in one of these would need minutes: the time-out is what fails, not a figure.
test.each([
  ['blank lines', `${'\n'.repeat(500_000)}x`],
  ['blank lines at the end', `x${'\n'.repeat(500_000)}`],
  ['stars', `${'☆'.repeat(300_000)}x`],
  ['wide blanks', `${'\u3000'.repeat(300_000)}x`],
  ['quote marks', '>\n'.repeat(300_000)],
  ['dashes', '-'.repeat(300_000)],
  ['header words', '差出人:\n'.repeat(60_000)],
  ['dots', '.'.repeat(300_000)],
])('a mail of %s is read, sorted and quoted without a hang', { timeout: 15_000 }, async (_, body) => {
  const head =
    'From: a@example.jp\r\nTo: b@example.jp\r\nSubject: x\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n';
  const mail = await parseMail(Buffer.from(head + body));
  expect(mail.error).toBeNull();
  expect(classifyMail(mail, { ownAddresses: ['b@example.jp'] }).class).toBe('human');
  expect(splitQuote(mail.text).own.length).toBeLessThanOrEqual(mail.text.length);
  expect(snippet(mail.text).length).toBeLessThanOrEqual(130);
  expect(quoteForReply(mail.text, { name: 'a', date: 'd' })).toContain('>');
});
