import { env } from '#lib/env.ts';
import { forbidden } from '#lib/errors.ts';

/**
 * For routes that change something (server actions have Next's own check): the request must come from a page of ours.
 * Browsers send Sec-Fetch-Site with everything and Origin with everything that changes; pages can set neither.
 * @throws Forbidden `foreignOrigin`
 */
export function requireSameOrigin(headers: Headers): void {
  const site = headers.get('sec-fetch-site');
  if (site !== null && site !== 'same-origin') throw forbidden('foreignOrigin');
  const origin = headers.get('origin');
  // Only a client that is no browser sends neither; it has no cookie it didn't bring itself.
  if (origin !== null && !isOurs(origin, headers.get('host'))) throw forbidden('foreignOrigin');
}

const isOurs = (origin: string, host: string | null): boolean =>
  origin === new URL(env.appUrl).origin || (URL.canParse(origin) && new URL(origin).host === host);
