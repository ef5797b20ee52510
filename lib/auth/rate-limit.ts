/**
 * How often a password may be wrong. Failures are counted in the database, so that several web processes count together,
 * under a keyed hash: the table never says who tried, nor from where.
 */
import { createHmac } from 'node:crypto';
import { derivedKey } from '#lib/crypto/index.ts';
import { clearAttempts, countAttempts, recordAttempt } from '#lib/db/system.ts';
import { invalid } from '#lib/errors.ts';

/** The window, and how many failures it may hold. An office shares one IP address, hence the larger number. */
export const ATTEMPTS = { minutes: 15, perEmail: 10, perIp: 50 } as const;

export type Attempt = { email: string; ip: string };

const keyed = (kind: string, value: string): string =>
  createHmac('sha256', derivedKey('login-attempt')).update(`${kind}:${value}`).digest('base64url');

// A customer of an IPv6 provider has at least a /64 to himself: counting single addresses would count nothing.
const network = (ip: string): string => {
  if (!ip.includes(':') || ip.includes('.')) return ip;
  const [head = '', tail] = ip.toLowerCase().split('%')[0]?.split('::') ?? [];
  const left = head.split(':').filter(Boolean);
  const right = (tail ?? '').split(':').filter(Boolean);
  const groups = tail === undefined ? left : [...left, ...Array(8 - left.length - right.length).fill('0'), ...right];
  return `${groups
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')}::/64`;
};

const keysOf = ({ email, ip }: Attempt) => ({ email: keyed('email', email), ip: keyed('ip', network(ip)) });

/** @throws Invalid `tooManyAttempts` {minutes} when the address or the e-mail has failed too often lately */
export async function requireAttemptsLeft(attempt: Attempt): Promise<void> {
  const keys = keysOf(attempt);
  const [byEmail, byIp] = await Promise.all([
    countAttempts(keys.email, ATTEMPTS.minutes),
    countAttempts(keys.ip, ATTEMPTS.minutes),
  ]);
  if (byEmail >= ATTEMPTS.perEmail || byIp >= ATTEMPTS.perIp)
    throw invalid('tooManyAttempts', { minutes: ATTEMPTS.minutes });
}

/** Counts a failure against both. */
export async function recordFailure(attempt: Attempt): Promise<void> {
  const keys = keysOf(attempt);
  await Promise.all([recordAttempt(keys.email), recordAttempt(keys.ip)]);
}

/** Forgets the failures of the e-mail address only: whoever owns one account must not be able to clear his IP address. */
export const forgetFailures = (attempt: Attempt): Promise<unknown> => clearAttempts(keysOf(attempt).email);
