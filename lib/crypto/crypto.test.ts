import { beforeEach, describe, expect, it, vi } from 'vitest';
import {
  DUMMY_HASH,
  derivedKey,
  derivedKeys,
  hashPassword,
  hashToken,
  needsRehash,
  newToken,
  openSecret,
  sealSecret,
  verifyPassword,
} from '#lib/crypto/index.ts';

const KEY = Buffer.alloc(32, 1).toString('base64');
const NEXT = Buffer.alloc(32, 2).toString('base64');

beforeEach(() => {
  vi.stubEnv('SEAL_KEY', KEY);
  vi.stubEnv('SEAL_KEYS_OLD', '');
  return () => vi.unstubAllEnvs();
});

describe('a sealed secret', () => {
  it('opens in its own context and never shows its text', () => {
    const sealed = sealSecret('合言葉', 'mail_account:1:imap');
    expect(sealed).not.toContain('合言葉');
    expect(openSecret(sealed, 'mail_account:1:imap')).toBe('合言葉');
    expect(sealSecret('合言葉', 'mail_account:1:imap')).not.toBe(sealed);
  });

  it('does not open in another context, nor after a change', () => {
    const sealed = sealSecret('secret', 'a');
    expect(() => openSecret(sealed, 'b')).toThrow();
    const changed = sealed.slice(0, -2) + (sealed.endsWith('AA') ? 'BB' : 'AA');
    expect(() => openSecret(changed, 'a')).toThrow();
    expect(() => openSecret('nonsense', 'a')).toThrow('not a sealed secret');
  });

  it('opens after a rotation as long as the old key is kept', () => {
    const sealed = sealSecret('secret', 'a');
    vi.stubEnv('SEAL_KEY', NEXT);
    expect(() => openSecret(sealed, 'a')).toThrow('not among the seal keys');
    vi.stubEnv('SEAL_KEYS_OLD', KEY);
    expect(openSecret(sealed, 'a')).toBe('secret');
  });
});

describe('a password', () => {
  it('verifies itself and nothing else', async () => {
    const stored = await hashPassword('正しい馬 battery');
    expect(stored).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(await verifyPassword('正しい馬 battery', stored)).toBe(true);
    expect(await verifyPassword('正しい馬 batteries', stored)).toBe(false);
    expect(needsRehash(stored)).toBe(false);
  });

  it('is the same in full width', async () => {
    expect(await verifyPassword('ABC123', await hashPassword('ＡＢＣ１２３'))).toBe(true);
  });

  it('never fits the dummy or nonsense', async () => {
    expect(await verifyPassword('', DUMMY_HASH)).toBe(false);
    expect(await verifyPassword('x', 'plain')).toBe(false);
    expect(needsRehash(DUMMY_HASH)).toBe(false);
  });
});

it('derives another key for another purpose, and keeps the old ones readable', () => {
  const before = derivedKey('message-id');
  expect(before).toHaveLength(32);
  expect(derivedKey('other')).not.toEqual(before);
  vi.stubEnv('SEAL_KEY', NEXT);
  vi.stubEnv('SEAL_KEYS_OLD', KEY);
  expect(derivedKeys('message-id')[1]).toEqual(before);
});

it('makes tokens of 32 bytes and stores only a hash', () => {
  const token = newToken();
  expect(Buffer.from(token, 'base64url')).toHaveLength(32);
  expect(hashToken(token)).toMatch(/^[0-9a-f]{64}$/);
});
