import { afterEach, expect, it, vi } from 'vitest';
import { env } from '#lib/env.ts';

afterEach(() => vi.unstubAllEnvs());

it('names a missing variable in one sentence, and only when it is needed', () => {
  vi.stubEnv('DATABASE_URL', '');
  expect(() => env.databaseUrl).toThrow('The environment variable DATABASE_URL is missing.');
  expect(env.dbPool).toBe(10);
});

it('never prints the value that is wrong', () => {
  vi.stubEnv('DATABASE_URL', 'mysql://app:secret@host/db');
  expect(() => env.databaseUrl).toThrow(/^The environment variable DATABASE_URL is not valid: (?!.*secret)/);
  vi.stubEnv('SEAL_KEY', Buffer.alloc(16).toString('base64'));
  expect(() => env.sealKey).toThrow('32 bytes');
});

it('reads the trusted proxies as a count or as ranges', () => {
  expect(env.trustedProxy).toBe(0);
  vi.stubEnv('TRUSTED_PROXY', '2');
  expect(env.trustedProxy).toBe(2);
  vi.stubEnv('TRUSTED_PROXY', '10.0.0.0/8, ::1');
  expect(env.trustedProxy).toEqual(['10.0.0.0/8', '::1']);
  vi.stubEnv('TRUSTED_PROXY', 'everybody');
  expect(() => env.trustedProxy).toThrow('CIDR');
});
