/** The scheme under which a picture from outside stands in stored HTML: no browser knows it, so nothing is loaded by mistake. */
export const REMOTE_SCHEME = 'mg-remote';

const LONGEST = 4000;

/** What stands in `src` for a picture from outside; null for an address too long to be one. */
export function remoteMark(url: string): string | null {
  return url.length <= LONGEST ? `${REMOTE_SCHEME}:${Buffer.from(url).toString('base64url')}` : null;
}

/** The address behind a mark. */
export const remoteUrl = (encoded: string): string => Buffer.from(encoded, 'base64url').toString();
