import { afterEach, describe, expect, it, vi } from 'vitest';
import { clientIp, isForbiddenAddress, lookupAllowedHost, resolveAllowedHost } from '#lib/net/index.ts';

afterEach(() => vi.unstubAllEnvs());

describe('isForbiddenAddress', () => {
  it.each([
    '127.0.0.1',
    '10.1.2.3',
    '100.64.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '169.254.169.254',
    '0.0.0.0',
    '224.0.0.1',
    '255.255.255.255',
    '::1',
    '::',
    '::ffff:127.0.0.1',
    '::ffff:8.8.8.8',
    '::ffff:0:127.0.0.1',
    '64:ff9b::7f00:1',
    '168.63.129.16',
    '5f00::1',
    '2002:7f00:1::',
    'fd00:ec2::254',
    'fe80::1%eth0',
    'ff02::1',
    'not an address',
  ])('refuses %s', (address) => expect(isForbiddenAddress(address)).toBe(true));

  it.each(['8.8.8.8', '172.32.0.1', '100.128.0.1', '2606:4700:4700::1111', '2400:4050::1'])('lets %s pass', (address) =>
    expect(isForbiddenAddress(address)).toBe(false),
  );
});

describe('a mail host', () => {
  it.each(['127.0.0.1', 'localhost', '[::1]', '2130706433', '0x7f.1', '169.254.169.254'])(
    'at %s is refused',
    async (host) => {
      expect(await lookupAllowedHost(host)).toMatchObject({ ok: false, reason: expect.stringMatching(/^hostNot/) });
      await expect(resolveAllowedHost(host)).rejects.toMatchObject({ code: 'Invalid', field: 'host' });
    },
  );

  it('on this machine is allowed when the administrator says so', async () => {
    vi.stubEnv('MAIL_ALLOW_PRIVATE_HOSTS', '1');
    expect(await resolveAllowedHost('127.0.0.1')).toEqual({ address: '127.0.0.1', family: 4 });
  });

  it('is pinned to one address', async () => {
    expect(await resolveAllowedHost('8.8.8.8')).toEqual({ address: '8.8.8.8', family: 4 });
  });

  it('without a name is not found', async () => {
    expect(await lookupAllowedHost('  ')).toEqual({ ok: false, reason: 'hostNotFound' });
  });
});

describe('clientIp', () => {
  it('believes nobody without TRUSTED_PROXY', () => {
    expect(clientIp('203.0.113.9', '1.1.1.1', 0)).toBe('203.0.113.9');
  });

  it('takes what the nearest of n proxies saw, not what the client claims', () => {
    expect(clientIp('10.0.0.1', '6.6.6.6, 203.0.113.9', 1)).toBe('203.0.113.9');
    expect(clientIp('10.0.0.1', '6.6.6.6, 203.0.113.9, 10.0.0.2', 2)).toBe('203.0.113.9');
    expect(clientIp('10.0.0.1', null, 1)).toBe('10.0.0.1');
  });

  it('goes left only through trusted ranges', () => {
    const ranges = ['10.0.0.0/8', 'fd00::/8', '192.0.2.7'];
    expect(clientIp('10.0.0.1', '6.6.6.6, 203.0.113.9, 10.9.9.9', ranges)).toBe('203.0.113.9');
    expect(clientIp('fd00::1', '203.0.113.9, 192.0.2.7', ranges)).toBe('203.0.113.9');
    expect(clientIp('203.0.113.5', '6.6.6.6', ranges)).toBe('203.0.113.5');
  });

  it('writes one client in one way', () => {
    expect(clientIp('::ffff:203.0.113.9', null, 0)).toBe('203.0.113.9');
    expect(clientIp('10.0.0.1', '203.0.113.9:4711', 1)).toBe('203.0.113.9');
    expect(clientIp('10.0.0.1', '[2001:db8::1]:4711', 1)).toBe('2001:db8::1');
  });
});
