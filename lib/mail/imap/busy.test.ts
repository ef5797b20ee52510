import { expect, it } from 'vitest';
import { isBusyAnswer } from '#lib/mail/imap/busy.ts';

it.each([
  [{ serverResponseCode: 'LIMIT', responseText: 'Maximum number of connections from user+IP exceeded' }],
  [{ responseText: 'Maximum number of connections from user+IP exceeded (mail_max_userip_connections=10)' }],
  [{ authenticationFailed: true, serverResponseCode: 'UNAVAILABLE', responseText: 'Internal authentication failure' }],
  [{ responseText: 'Too many simultaneous connections. (Failure)' }],
  [{ responseText: 'Server Busy. Please try again later.' }],
  [{ message: 'Too many connections', code: 'NoConnection' }],
  [{ code: 'ETHROTTLE' }],
  [{ authenticationFailed: true, responseText: 'Temporary authentication failure. [host:2026]' }],
])('%o asks for patience', (error) => {
  expect(isBusyAnswer(error)).toBe(true);
});

it.each([
  [{ authenticationFailed: true, serverResponseCode: 'AUTHENTICATIONFAILED', responseText: 'Authentication failed.' }],
  [{ responseText: 'Mailbox does not exist' }],
  [{ code: 'ECONNREFUSED', message: 'connect ECONNREFUSED 127.0.0.1:143' }],
  [null],
])('%o doesn’t', (error) => {
  expect(isBusyAnswer(error)).toBe(false);
});
