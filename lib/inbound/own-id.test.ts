import { randomBytes, randomUUID } from 'node:crypto';
import { afterEach, expect, it, vi } from 'vitest';

afterEach(() => vi.unstubAllEnvs());

const ours = { tenantId: randomUUID(), mailboxId: randomUUID() };

/** The modules as a process started with these keys has them: the environment is read once. */
async function started(key: string, old: string) {
  vi.stubEnv('SEAL_KEY', key);
  vi.stubEnv('SEAL_KEYS_OLD', old);
  vi.resetModules();
  const { derivedKey } = await import('#lib/crypto/index.ts');
  const { newMessageId } = await import('#lib/mail/message-id.ts');
  const { ownMessageIdIn } = await import('#lib/inbound/own-id.ts');
  const sign = (messageId: string) =>
    newMessageId({ ...ours, key: derivedKey('message-id'), messageId, domain: 'shop.example' });
  return { sign, ownMessageIdIn };
}

it('knows what was signed before a rotation, and what is signed now', async () => {
  const [first, second] = [randomBytes(32).toString('base64'), randomBytes(32).toString('base64')];
  const [before, after] = [randomUUID(), randomUUID()];
  const old = (await started(first, '')).sign(before);
  const { sign, ownMessageIdIn } = await started(second, first);
  expect(ownMessageIdIn(old, ours)).toBe(before);
  expect(ownMessageIdIn(sign(after), ours)).toBe(after);
  expect(ownMessageIdIn(old, { ...ours, mailboxId: randomUUID() })).toBeNull();
  const forgotten = await started(second, '');
  expect(forgotten.ownMessageIdIn(old, ours)).toBeNull();
});
