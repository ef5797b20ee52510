import { describe, expect, test } from 'vitest';
import { judgeFailure } from '#lib/mail/dsn/failure.ts';
import type { BounceReason } from '#lib/mail/dsn/reason.ts';

type Row = [diagnostic: string, reason: BounceReason, status: string | null, hard: boolean];

const judge = (status: string | null, diagnostic: string, context = '') =>
  judgeFailure({ recipient: 'taro@example.jp', also: [], status, diagnostic, context });

// What servers answer, in their own way of saying it; addresses are invented.
const ROWS: Row[] = [
  [
    '550 5.1.1 <taro@example.jp>: Recipient address rejected: User unknown in local recipient table',
    'userunknown',
    '5.1.1',
    true,
  ],
  ['550 5.1.1 <taro@example.jp>... User unknown', 'userunknown', '5.1.1', true],
  ['550 Unknown user taro@docomo.example.jp', 'userunknown', '5.1.1', true],
  ['550 Invalid recipient: <taro@softbank.example.jp>', 'userunknown', '5.1.1', true],
  ['550 <taro@ezweb.example.jp>: User unknown', 'userunknown', '5.1.1', true],
  [
    "554 delivery error: dd This user doesn't have a yahoo.example.jp account (taro@yahoo.example.jp) [0]",
    'userunknown',
    '5.1.1',
    true,
  ],
  ['550-5.1.1 The email account that you tried to reach does not exist. Please try', 'userunknown', '5.1.1', true],
  ['550 5.1.1 unknown or illegal alias: taro@icloud.example.com', 'userunknown', '5.1.1', true],
  ['550 5.1.6 recipient no longer on server: taro@icloud.example.com', 'userunknown', '5.1.6', true],
  [
    '550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient taro@example.jp not found by SMTP address lookup',
    'userunknown',
    '5.1.10',
    true,
  ],
  ['550 5.4.1 Recipient address rejected: Access denied. AS(201806281)', 'userunknown', '5.4.1', true],
  ['550 5.5.0 Requested action not taken: mailbox unavailable', 'userunknown', '5.5.0', true],
  ['550 5.1.0 Address rejected.', 'userunknown', '5.1.0', true],
  ['550 No such user here', 'userunknown', '5.1.1', true],
  ['511 sorry, no mailbox here by that name (#5.1.1 - chkuser)', 'userunknown', '5.1.1', true],
  ['Sorry, no mailbox here by that name. (#5.1.1)', 'userunknown', '5.1.1', true],
  ["553 sorry, that domain isn't allowed to be relayed thru this MTA (#5.7.1)", 'rejected', '5.7.1', true],
  ['User taro (taro@example.jp) not listed in Domino Directory', 'userunknown', null, true],
  ['The recipient name is not recognized', 'userunknown', null, true],
  ['宛先のメールアドレスが見つかりませんでした。', 'userunknown', null, true],
  ['あて先のユーザが存在しません。', 'userunknown', null, true],
  ['552 5.2.2 <taro@example.jp>: user is over quota', 'mailboxfull', '5.2.2', false],
  ['452-4.2.2 The email account that you tried to reach is over quota.', 'mailboxfull', '4.2.2', false],
  ['552 Requested mail action aborted: exceeded storage allocation', 'mailboxfull', '5.2.2', false],
  [
    '550 5.2.2 STOREDRV.Deliver: mailbox full. The following information should help identify the cause',
    'mailboxfull',
    '5.2.2',
    false,
  ],
  ['452 4.2.2 Mailbox full', 'mailboxfull', '4.2.2', false],
  ["The number of messages in recipient's mailbox exceeded the local limit.", 'mailboxfull', null, false],
  ['As their mailbox is full.', 'mailboxfull', null, false],
  ['The user(s) account is temporarily over quota.', 'mailboxfull', null, false],
  ['メールボックスの容量を超えています。', 'mailboxfull', null, false],
  ['550 5.7.1 <taro@example.jp>: mailbox is full', 'mailboxfull', '5.7.1', false],
  [
    '554 5.2.0 STOREDRV.Deliver.Exception:QuotaExceededException.MapiExceptionShutoffQuotaExceeded; quota exceeded',
    'mailboxfull',
    '5.2.0',
    false,
  ],
  ['550 5.2.0 Unknown user taro@docomo.example.jp', 'filtered', '5.2.0', true],
  ['受信拒否設定により、お届けできませんでした。', 'filtered', null, true],
  ['550 5.7.1 refused by the recipient', 'filtered', '5.7.1', true],
  ['550-5.2.1 The email account that you tried to reach is disabled.', 'suspended', '5.2.1', true],
  ['The user(s) account is disabled.', 'suspended', null, true],
  [
    '554 delivery error: dd Sorry, your message to taro@yahoo.example.jp cannot be delivered. This account has been disabled or discontinued [#102].',
    'suspended',
    '5.2.1',
    true,
  ],
  ['550 5.2.1 Mailbox taro@example.jp suspended for nonpayment', 'suspended', '5.2.1', true],
  ['552 5.3.4 Message size exceeds fixed limit', 'toobig', '5.3.4', true],
  ['552 5.2.3 Message exceeds maximum fixed size (10485760)', 'toobig', '5.2.3', true],
  ['552 Message too large', 'toobig', '5.3.4', true],
  ['550 5.2.3 RESOLVER.RST.RecipSizeLimit; message too large for this recipient', 'toobig', '5.2.3', true],
  ['メールのサイズが上限を超えています', 'toobig', null, true],
  ['5.1.2 - Bad destination host', 'hostunknown', '5.1.2', true],
  ["Sorry, I couldn't find any host named nai.example.jp. (#5.1.2)", 'hostunknown', '5.1.2', true],
  [
    'Host or domain name not found. Name service error for name=nai.example.jp type=A: Host not found',
    'hostunknown',
    null,
    true,
  ],
  ['550 5.1.10 Domain nai.example.jp does not accept mail (null MX)', 'hostunknown', '5.1.10', true],
  ['all relevant MX records point to non-existent hosts', 'hostunknown', null, true],
  ['As the remote domain doesnt exist.', 'hostunknown', null, true],
  ['550 5.4.310 DNS domain nai.example.jp does not exist', 'hostunknown', '5.4.310', true],
  ['554 5.4.4 SMTPSEND.DNS.NonExistentDomain; nonexistent domain', 'hostunknown', '5.4.4', true],
  ['550 5.7.1 Message rejected due to spam content', 'rejected', '5.7.1', true],
  ['554 5.7.1 Service unavailable; Client host [192.0.2.1] blocked using bl.example', 'rejected', '5.7.1', true],
  [
    "550-5.7.26 Unauthenticated email from shop.example.jp is not accepted due to domain's DMARC policy.",
    'rejected',
    '5.7.26',
    true,
  ],
  ['550 5.7.133 RESOLVER.RST.SenderNotAuthenticatedForGroup; authentication required', 'rejected', '5.7.133', true],
  ['550 5.1.8 <support@shop.example.jp>: Sender address rejected: Domain not found', 'rejected', '5.1.8', true],
  ['554 Relay access denied', 'rejected', '5.7.1', true],
  ['554 5.6.0 message content rejected', 'rejected', '5.6.0', true],
  ['connect to mx.example.jp[192.0.2.1]:25: Connection timed out', 'expired', null, false],
  ['4.4.7 Message expired', 'expired', '4.4.7', false],
  ["I'm not going to try again; this message has been in the queue too long.", 'expired', null, false],
  ['retry timeout exceeded', 'expired', null, false],
  ['Your message was not delivered within 0 days and 1 hours. Remote host is not responding.', 'expired', null, false],
  ['421 4.7.0 Connection refused, try again later', 'expired', '4.7.0', false],
  ['550 5.4.300 Message expired -> 421 4.4.0 timed out', 'expired', '5.4.300', false],
  ['451 4.3.0 Temporary lookup failure', 'expired', '4.3.0', false],
  ['The following destination addresses were unknown (please check', 'userunknown', null, true],
  ['Mail size limit exceeded.', 'toobig', null, true],
  ['554 5.0.0 Service unavailable', 'other', '5.0.0', true],
  ['something nobody has ever said', 'other', null, false],
];

describe('a server’s words become a reason, a status and whether it is final', () => {
  test.each(ROWS)('%s', (diagnostic, reason, status, hard) => {
    expect(judge(null, diagnostic)).toMatchObject({ recipient: 'taro@example.jp', status, reason, hard });
  });
});

describe('the fields of a report', () => {
  test.each([
    ['docomo, no such address', '5.1.1', '550 Unknown user taro@docomo.example.jp', 'userunknown', '5.1.1'],
    ['docomo, on its refusal list', '5.2.0', '550 Unknown user taro@docomo.example.jp', 'filtered', '5.2.0'],
    ['a general status gives way to the words’ own', '5.0.0', '550 5.1.1 user unknown', 'userunknown', '5.1.1'],
    ['a full mailbox under a general address status', '5.1.1', '550 mailbox full', 'mailboxfull', '5.1.1'],
    ['no such person, said by a policy', '5.7.1', '550 5.7.1 no such user', 'userunknown', '5.7.1'],
    ['a status without words', '5.4.4', '', 'hostunknown', '5.4.4'],
    ['nothing but failure', '5.0.0', '', 'other', '5.0.0'],
  ])('%s', (_, status, diagnostic, reason, shown) => {
    expect(judge(status, diagnostic)).toMatchObject({ reason, status: shown });
  });

  test('an unknown user whom the server names only after the whole mail has a refusal list', () => {
    const around = 'host mx.docomo.example.jp said: 550 Unknown user taro@example.jp (in reply to end of DATA command)';
    expect(judge('5.0.0', '550 Unknown user taro@example.jp', around).reason).toBe('filtered');
    expect(judge('5.0.0', '550 Unknown user taro@example.jp', around.replace('end of DATA', 'RCPT TO')).reason).toBe(
      'userunknown',
    );
  });

  test('a refusal of RCPT that stands under a pipelined DATA is no refusal list', () => {
    const unknown = '550 5.1.1 <taro@example.jp>... User unknown';
    const transcript = `>>> DATA\n<<< ${unknown}\n${unknown}\n`;
    expect(judge('5.1.1', unknown, `${transcript}<<< 503 5.0.0 Need RCPT (recipient)`).reason).toBe('userunknown');
    expect(judge('5.1.1', unknown, transcript).reason).toBe('filtered');
  });
});
