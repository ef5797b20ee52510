import { createHmac, timingSafeEqual } from 'node:crypto';
import { derivedKey, derivedKeys } from '#lib/crypto/index.ts';

const PURPOSE = 'mail-image';

/** Which picture of which mail: only a link that we wrote for this mail names one. */
export type ImageLink = { messageId: string; url: string; signature: string };

/** The query under which our proxy serves a picture from outside to readers of this mail. */
export function imageQuery(tenantId: string, messageId: string, url: string): string {
  const signature = sign(derivedKey(PURPOSE), tenantId, messageId, url).toString('base64url');
  return new URLSearchParams({ m: messageId, u: url, s: signature }).toString();
}

/** Whether we wrote it, for this company and this mail; also before the seal key was changed. */
export function isOurs(tenantId: string, { messageId, url, signature }: ImageLink): boolean {
  const given = Buffer.from(signature, 'base64url');
  return derivedKeys(PURPOSE).some((key) => {
    const ours = sign(key, tenantId, messageId, url);
    return ours.length === given.length && timingSafeEqual(ours, given);
  });
}

// Ids have a fixed length, so no two triples are written alike.
const sign = (key: Buffer, tenantId: string, messageId: string, url: string): Buffer =>
  createHmac('sha256', key).update(`${tenantId}:${messageId}:${url}`).digest();
