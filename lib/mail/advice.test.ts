import { expect, it } from 'vitest';
import { adviceFor } from '#lib/mail/advice.ts';
import { providerById } from '#lib/mail/providers.ts';

it.each([
  ['imap', 'google', '[ALERT] Application-specific password required: https://support.google.com/…', 'appPassword'],
  ['imap', 'google', '[ALERT] Your account is not enabled for IMAP use.', 'imapOff'],
  [
    'smtp',
    'microsoft365',
    '535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant.',
    'smtpAuthOff',
  ],
  ['imap', 'microsoft365', 'AUTHENTICATE failed. LogonDenied-BasicAuthBlocked', 'basicEnded'],
  ['imap', '', '[UNAVAILABLE] Temporarily unavailable', 'wait'],
  ['imap', 'docomo', 'NO Login failed', 'imapPassword'],
  ['smtp', 'ses', '535 Authentication Credentials Invalid', 'apiKey'],
] as const)('at %s of %s, "%s" leads to %s', (side, id, words, first) => {
  expect(adviceFor(side, words, providerById(id))[0]).toBe(first);
});

it('says nothing special about a server nobody knows', () => {
  expect(adviceFor('imap', 'NO [AUTHENTICATIONFAILED] Authentication failed.', null)).toEqual([]);
});

it('reminds of the provider’s own form of the user name, and to sign in again by OAuth2', () => {
  expect(adviceFor('imap', 'NO', providerById('yahoo-japan'))).toEqual(['imapOff', 'userForm']);
  expect(adviceFor('imap', 'NO', providerById('google'), true)).toEqual(['oauthSignIn']);
});
