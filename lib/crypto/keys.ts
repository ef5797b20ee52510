import { createHash, hkdfSync } from 'node:crypto';
import { env } from '#lib/env.ts';

export type SealKey = { id: string; key: Buffer };

const sealKey = (base64: string): SealKey => {
  const key = Buffer.from(base64, 'base64');
  if (key.length !== 32) throw new Error('A seal key must be 32 bytes in base64.');
  return { id: createHash('sha256').update('madoguchi seal key id').update(key).digest('hex').slice(0, 8), key };
};

/** The key that seals now, then the older ones that still open (SEAL_KEYS_OLD). */
export function sealKeys(): [SealKey, ...SealKey[]] {
  const old = env.sealKeysOld.split(',').filter((text) => text.trim() !== '');
  return [sealKey(env.sealKey), ...old.map((text) => sealKey(text.trim()))];
}

const derive = ({ key }: SealKey, purpose: string): Buffer =>
  Buffer.from(hkdfSync('sha256', key, '', `madoguchi:${purpose}`, 32));

/** 32 bytes for one purpose (say 'message-id'), by HKDF from SEAL_KEY: knowing one tells nothing about the others. */
export const derivedKey = (purpose: string): Buffer => derive(sealKeys()[0], purpose);

/** What was derived from these seal keys so far: every mail that comes in asks for the same few. */
let derived = { from: '', keys: new Map<string, Buffer[]>() };

/** The same from every seal key, newest first: what was signed before a rotation is still recognised. */
export function derivedKeys(purpose: string): Buffer[] {
  const from = `${env.sealKey},${env.sealKeysOld}`;
  if (derived.from !== from) derived = { from, keys: new Map() };
  const keys = derived.keys.get(purpose) ?? sealKeys().map((key) => derive(key, purpose));
  derived.keys.set(purpose, keys);
  return keys;
}
