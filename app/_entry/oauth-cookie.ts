import { env } from '#lib/env.ts';

const NAME = 'mg_oauth';
const SECONDS = 600;

/** The browser's half of a sign-in at a provider. Lax, as it comes back by a link from there; without a nonce it is taken away. */
export const oauthCookie = (nonce: string | null): string =>
  [
    `${NAME}=${nonce ?? ''}`,
    'Path=/api/oauth',
    'HttpOnly',
    'SameSite=Lax',
    `Max-Age=${nonce === null ? 0 : SECONDS}`,
    ...(env.appUrl.startsWith('https:') ? ['Secure'] : []),
  ].join('; ');

/** The nonce in a request's cookies, or null. */
export function oauthNonce(headers: Headers): string | null {
  const pairs = (headers.get('cookie') ?? '').split(';').map((pair) => pair.trim().split('='));
  return pairs.find(([name]) => name === NAME)?.[1] || null;
}
