import { createHmac, timingSafeEqual } from 'node:crypto';
import { derivedKey, derivedKeys } from '#lib/crypto/index.ts';

type Owner = { tenantId: string; mailboxId: string };

/** What stands behind the + in the Reply-To of an answer: the case's number, signed for this tenant and 窓口. */
export const caseToken = (owner: Owner, number: number): string =>
  `c${number}-${signature(owner, number, derivedKey('plus-address'))}`;

/** The case's number if the token is one that we signed here, with this key or an older one; else null. */
export function caseOfToken(owner: Owner, token: string): number | null {
  const match = /^c(\d{1,9})-([a-z2-7]{16})$/.exec(token);
  const number = Number(match?.[1]);
  const given = Buffer.from(match?.[2] ?? '');
  if (!match) return null;
  const ours = derivedKeys('plus-address').some((key) =>
    timingSafeEqual(given, Buffer.from(signature(owner, number, key))),
  );
  return ours ? number : null;
}

const LETTERS = 'abcdefghijklmnopqrstuvwxyz234567';

// 80 bits in letters that survive any change of case.
function signature({ tenantId, mailboxId }: Owner, number: number, key: Buffer): string {
  const bits = createHmac('sha256', key).update(`${tenantId}\n${mailboxId}\n${number}`).digest();
  return [...bits.subarray(0, 16)].map((byte) => LETTERS[byte & 31]).join('');
}
