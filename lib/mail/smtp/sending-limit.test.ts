import { expect, test } from 'vitest';
import type { SubmitResult } from '#lib/mail/smtp/result.ts';
import { sendingLimit } from '#lib/mail/smtp/sending-limit.ts';

const refused = (words: string, phase: 'connect' | 'auth' | 'envelope' | 'data' = 'envelope'): SubmitResult => {
  const code = Number(words.slice(0, 3));
  return { kind: 'refused', permanent: code >= 500, code, words, phase };
};

test.each([
  ['421 4.7.0 Too many connections from this address', 60],
  ['421 Service not available', 60],
  ['450 4.7.0 too many messages, slow down', 60],
  ['452 4.3.1 sending rate limit reached', 60],
  ['454 Throttling failure: Maximum sending rate exceeded.', 60],
  ['454 Throttling failure: Daily message quota exceeded.', 3600],
  ['550 5.4.5 Daily user sending limit exceeded.', 3600],
  ['550 5.1.90 Your message can’t be sent because you’ve reached your daily limit', 3600],
])('%s is the account’s limit', (words, seconds) => {
  expect(sendingLimit(refused(words))).toEqual({ seconds });
});

test('a refused sign-in rests the account, so that it is not locked by every waiting mail', () => {
  expect(sendingLimit(refused('535 5.7.8 bad credentials', 'auth'))).toEqual({ seconds: 60 });
});

test.each([
  '450 4.2.0 Greylisted, try again in 300 seconds',
  '451 4.7.1 Greylisting in action, please come back later',
  '452 4.5.3 Too many recipients',
  '450 4.2.1 The user you are trying to contact is receiving mail at a rate that prevents additional messages',
  '452 4.2.2 mailbox full, quota exceeded',
  '550 5.1.1 User unknown',
  '451 local error',
])('%s is about this mail', (words) => {
  expect(sendingLimit(refused(words))).toBeNull();
});

test('an end without an answer is no limit', () => {
  expect(sendingLimit({ kind: 'retry', words: 'too many connections', phase: 'connect' })).toBeNull();
  expect(sendingLimit({ kind: 'uncertain', words: 'too many connections' })).toBeNull();
});
