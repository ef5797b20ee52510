import { createHash, randomBytes } from 'node:crypto';

/** 32 random bytes as base64url: what stands in a link or a cookie. Only its hash is stored. */
export const newToken = (): string => randomBytes(32).toString('base64url');

/** sha256 in hex. Enough for tokens of 256 random bits; never for passwords. */
export const hashToken = (token: string): string => createHash('sha256').update(token).digest('hex');
