export { derivedKey, derivedKeys } from '#lib/crypto/keys.ts';
export { DUMMY_HASH, hashPassword, needsRehash, verifyPassword } from '#lib/crypto/password.ts';
export { openSecret, sealedBy, sealSecret } from '#lib/crypto/seal.ts';
export { hashToken, newToken } from '#lib/crypto/token.ts';
