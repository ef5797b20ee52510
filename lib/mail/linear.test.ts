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

test.each([
  ['blank lines', '\n'.repeat(500_000)],
  ['addresses', '<a@example.jp>:\n'.repeat(40_000)],
  ['dots and signs', 'a.'.repeat(300_000)],
  ['words of failure', 'the following message could not be delivered to the user mailbox is '.repeat(8_000)],
  ['exceeding', 'message exceeds '.repeat(30_000)],
  ['dashes', '-'.repeat(500_000)],
  ['ids', `Message-ID:${'\n <'.repeat(150_000)}`],
  ['blanks behind a name', `Message-ID:${' '.repeat(300_000)}\nReferences: \n${'\t'.repeat(300_000)}`],
  ['blanks before a name', `${' '.repeat(300_000)}Message-ID\n${' \n'.repeat(100_000)}`],
  ['quotes and blanks', '> | '.repeat(150_000)],
  ['fields', 'Final-Recipient: rfc822; a@example.jp\nAction: failed\n'.repeat(10_000)],
  ['blanks', `Action:${' '.repeat(500_000)}`],
])('a mail system’s report of %s is read without a hang', { timeout: 15_000 }, async (_, body) => {
  const head = 'Return-Path: <>\r\nFrom: MAILER-DAEMON@example.jp\r\nTo: b@example.jp\r\nSubject: failure notice\r\n';
  const plain = await parseMail(Buffer.from(`${head}Content-Type: text/plain\r\n\r\n${body}`));
  expect(classifyMail(plain, { ownAddresses: [] }).class).not.toBe('human');
  const parts = `--b\r\n\r\nx\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\n${body}\r\n--b--\r\n`;
  const report = `${head}Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n${parts}`;
  expect(classifyMail(await parseMail(Buffer.from(report)), { ownAddresses: [] }).class).not.toBe('human');
});
