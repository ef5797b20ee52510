import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { sealKeys } from '#lib/crypto/keys.ts';

const TAG = 16;

/**
 * Encrypts a secret for the database (AES-256-GCM). `context` says what it is and whose ("mail_account:<id>:imap"): a
 * sealed text copied into another row doesn't open there.
 * @returns `s1.<key id>.<iv>.<ciphertext and tag>`; the key id lets SEAL_KEY be rotated
 */
export function sealSecret(text: string, context: string): string {
  const [{ id, key }] = sealKeys();
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(context));
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
  return ['s1', id, iv.toString('base64url'), sealed.toString('base64url')].join('.');
}

/**
 * Opens what sealSecret made.
 * @throws Error when it was changed, belongs to another context, or its key is neither SEAL_KEY nor in SEAL_KEYS_OLD
 */
export function openSecret(sealed: string, context: string): string {
  const [version, id, iv, body] = sealed.split('.');
  if (version !== 's1' || !id || !iv || !body) throw new Error('This is not a sealed secret.');
  const found = sealKeys().find((key) => key.id === id);
  if (!found) throw new Error(`This secret was sealed with key ${id}, which is not among the seal keys.`);
  const bytes = Buffer.from(body, 'base64url');
  const decipher = createDecipheriv('aes-256-gcm', found.key, Buffer.from(iv, 'base64url'), { authTagLength: TAG })
    .setAAD(Buffer.from(context))
    .setAuthTag(bytes.subarray(bytes.length - TAG));
  return Buffer.concat([decipher.update(bytes.subarray(0, bytes.length - TAG)), decipher.final()]).toString('utf8');
}

/** Which key a sealed text stands under: the one that seals now, an older one, or none of ours. */
export function sealedBy(sealed: string): 'current' | 'old' | 'unknown' {
  const index = sealKeys().findIndex(({ id }) => id === sealed.split('.')[1]);
  return index === 0 ? 'current' : index > 0 ? 'old' : 'unknown';
}
