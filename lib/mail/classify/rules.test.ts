import { describe, expect, test } from 'vitest';
import { classifyMail } from '#lib/mail/classify/index.ts';
import { parseMail } from '#lib/mail/parse.ts';
import { rawMail, type WrittenMail } from '#tests/support/raw-mail.ts';

const kindOf = async (mail: WrittenMail) => {
  const options = { ownAddresses: ['support@shop.example.jp'] };
  const { class: kind, rule } = classifyMail(
    await parseMail(rawMail({ to: 'support@shop.example.jp', ...mail })),
    options,
  );
  return `${kind} ${rule}`;
};
const withHeader = (name: string, value: string): WrittenMail => ({ headers: { [name]: value } });

describe('what a program wrote is told from what a person wrote', () => {
  test.each<[string, WrittenMail, string]>([
    ['Auto-Submitted: auto-replied', withHeader('Auto-Submitted', 'auto-replied (vacation)'), 'auto auto-replied'],
    ['Auto-Submitted of another program', withHeader('Auto-Submitted', 'auto-generated'), 'notice auto-generated'],
    ['Auto-Submitted: no', withHeader('Auto-Submitted', 'no'), 'human person'],
    ['X-Autoreply', withHeader('X-Autoreply', 'yes'), 'auto auto-reply-header'],
    ['X-Autoreply: no', withHeader('X-Autoreply', 'no'), 'human person'],
    ['X-Autorespond', withHeader('X-Autorespond', 'Re: x'), 'auto auto-reply-header'],
    ['a vacation program as mailer', withHeader('X-Mailer', 'Vacation/1.2'), 'auto auto-reply-header'],
    ['Precedence: auto_reply', withHeader('Precedence', 'auto_reply'), 'auto auto-reply-precedence'],
    ['Precedence: bulk', withHeader('Precedence', 'bulk'), 'list list-header'],
    ['Precedence: first-class', withHeader('Precedence', 'first-class'), 'human person'],
    ['X-Auto-Response-Suppress: All', withHeader('X-Auto-Response-Suppress', 'All'), 'notice auto-response-suppress'],
    ['Exchange’s partial suppression', withHeader('X-Auto-Response-Suppress', 'DR, OOF, AutoReply'), 'human person'],
    [
      'an answer with the suppression',
      { inReplyTo: '<a@b.example>', headers: { 'X-Auto-Response-Suppress': 'All' } },
      'human person',
    ],
    ['the null return path', withHeader('Return-Path', '<>'), 'auto null-return-path'],
    ['List-Unsubscribe', withHeader('List-Unsubscribe', '<https://news.example/u>'), 'list list-unsubscribe'],
    ['a list', withHeader('List-Id', '<ml.example.org>'), 'list list-header'],
    ['fml', withHeader('X-ML-Name', 'users'), 'list list-header'],
    ['our own group', withHeader('List-Post', '<mailto:support@shop.example.jp>'), 'human person'],
    ['no-reply', { from: 'no-reply@mall.example.jp' }, 'notice no-reply-sender'],
    ['no_reply with a suffix', { from: 'order-noreply@mall.example.jp' }, 'notice no-reply-sender'],
    ['donotreply', { from: 'do_not_reply@mall.example.jp' }, 'notice no-reply-sender'],
    ['a name with "reply" in it', { from: 'm.noreplyama@example.jp' }, 'human person'],
    ['the system department', { from: 'system@example.jp' }, 'human person'],
    [
      'postmaster without a failure',
      { from: 'postmaster@example.jp', subject: 'DMARC', text: 'report' },
      'notice mail-system',
    ],
    [
      'postmaster as a person who answers',
      { from: 'postmaster@example.jp', subject: 'Re: 配信エラー', text: '直りました' },
      'human person',
    ],
  ])('%s', async (_, mail, expected) => {
    expect(await kindOf(mail)).toBe(expected);
  });

  test.each([
    '自動返信: ご注文について',
    '【自動返信】お問い合わせありがとうございます',
    '［自動送信］受付のご案内',
    '自動応答メール',
    '不在通知: Re: お見積り',
    '不在のお知らせ（自動）',
    'Out of Office: Re: your order',
    'Out of Office Re: your order',
    'Automatic reply: your order',
    'Auto: Re: your order',
    'お問い合わせ完了のお知らせ',
    'Abwesenheitsnotiz: Re: your order',
  ])('the subject %j is a program’s', async (subject) => {
    expect(await kindOf({ subject })).toBe('auto auto-reply-subject');
  });

  test.each([
    'Re: 【自動返信】お問い合わせありがとうございます',
    'Fwd: 自動返信: ご注文について',
    '自動返信メールが届きません',
    '自動送信を止めてください',
    '不在通知が入っていました',
    '不在の場合の再配達について',
    '休暇中の注文について',
    'Out of office chairs?',
    'Auto parts',
    '',
  ])('the subject %j is a person’s', async (subject) => {
    expect(await kindOf({ subject })).toBe('human person');
  });

  test.each([
    ['※本メールは自動送信されています。', 'notice auto-sent-text'],
    ['このメールは送信専用です。返信はできません。', 'notice auto-sent-text'],
    ['This is an automatically generated email.', 'notice auto-sent-text'],
    ['これは自動返信です。', 'auto auto-reply-text'],
    ['このメールは自動返信メールです。', 'auto auto-reply-text'],
    ['This is an automatic reply. I am away.', 'auto auto-reply-text'],
    ['「このメールは自動送信です」と書いてありました。', 'human person'],
    ['このメールは自動返信ですか？人に読んでほしいです。', 'human person'],
    ['来週は休暇中のため返信が遅れます。よろしくお願いします。', 'human person'],
    ['> このメールは自動返信です。\n\n上のメールをもらいましたが、品番を間違えました。', 'human person'],
  ])('the text %j', async (text, expected) => {
    expect(await kindOf({ text, subject: 'ご注文について' })).toBe(expected);
  });
});
