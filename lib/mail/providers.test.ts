import { describe, expect, it } from 'vitest';
import {
  hostOf,
  PROVIDERS,
  providerById,
  providerOfAddress,
  providerOfHost,
  sendingProvider,
  sendLimitsOf,
  userOf,
} from '#lib/mail/providers.ts';

describe('a preset', () => {
  it('has an id of its own', () => {
    expect(new Set(PROVIDERS.map(({ id }) => id)).size).toBe(PROVIDERS.length);
  });

  it.each(PROVIDERS)('$id never sends a password in the clear', ({ imap, smtp }) => {
    for (const server of [imap, smtp]) expect(server?.security ?? 'tls').not.toBe('none');
  });

  it.each(PROVIDERS)(
    '$id has an example wherever its servers need a name of the contract',
    ({ imap, smtp, server }) => {
      const asks = [imap, smtp].some((side) => side?.host.includes('{server}'));
      expect(server !== null).toBe(asks);
    },
  );

  it.each(PROVIDERS)('$id is known by its own servers', (provider) => {
    for (const side of [provider.imap, provider.smtp]) {
      if (!side) continue;
      const host = hostOf(side, provider.server ?? '');
      expect(host).toMatch(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/);
      expect(providerOfHost(host)).not.toBeNull();
    }
    expect(sendingProvider({ provider: provider.id, smtpHost: hostOf(provider.smtp, provider.server ?? '') })).toBe(
      provider,
    );
  });
});

describe('the provider of an address', () => {
  it.each([
    ['Yuka@Gmail.com', 'gmail'],
    ['shop@yahoo.co.jp', 'yahoo-japan'],
    ['shop@rose.ocn.ne.jp', 'ocn'],
    ['a@ocn.ne.jp', 'ocn'],
    ['a@hotmail.co.jp', 'outlook'],
    ['a@hanamiya.onmicrosoft.com', 'microsoft365'],
  ])('%s is %s', (address, id) => expect(providerOfAddress(address)?.id).toBe(id));

  it.each(['info@hanamiya.example', 'a@notocn.ne.jp', 'a@gmail.com.example', '', 'no address'])(
    'of %s is nobody’s',
    (address) => expect(providerOfAddress(address)).toBeNull(),
  );
});

describe('the provider of a server', () => {
  it.each([
    ['SV1234.xserver.jp', 'xserver'],
    ['hanamiya.sakura.ne.jp', 'sakura'],
    ['imap.gmail.com.', 'google'],
    ['email-smtp.ap-northeast-1.amazonaws.com', 'ses'],
  ])('%s is %s', (host, id) => expect(providerOfHost(host)?.id).toBe(id));

  it.each(['xserver.jp.example', 'evil-xserver.jp', '.xserver.jp', 'ec2.amazonaws.com', ''])('%s is nobody’s', (host) =>
    expect(providerOfHost(host)).toBeNull(),
  );
});

describe('sending limits', () => {
  it('are those of whoever takes the mail, not of where it comes in', () => {
    expect(sendLimitsOf({ provider: 'gmail', smtpHost: 'smtp.gmail.com' }).perDay).toBe(500);
    expect(sendLimitsOf({ provider: 'google', smtpHost: 'smtp.gmail.com' }).perDay).toBe(2000);
    expect(sendLimitsOf({ provider: 'gmail', smtpHost: 'smtp.office365.com' })).toEqual({
      ...{ connections: 3, perMinute: 30, perDay: 10_000 },
    });
    expect(sendLimitsOf({ provider: '', smtpHost: 'mail.hanamiya.example' }).perDay).toBeNull();
  });
});

describe('a user name', () => {
  it('is written as the provider wants it', () => {
    const yahoo = providerById('yahoo-japan')?.imap;
    const docomo = providerById('docomo')?.imap;
    const icloud = providerById('icloud')?.smtp;
    if (!yahoo || !docomo || !icloud) throw new Error('a preset is missing');
    expect(userOf(yahoo, 'hanamiya@yahoo.co.jp')).toBe('hanamiya');
    expect(userOf(docomo, 'hanamiya@docomo.ne.jp')).toBe('');
    expect(userOf(icloud, 'hanamiya@icloud.com')).toBe('hanamiya@icloud.com');
  });
});
