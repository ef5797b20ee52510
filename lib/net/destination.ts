import { isIP } from 'node:net';
import { type Address, lookupAllowedHost, type Resolve } from '#lib/net/host-guard.ts';

/** One place to send one request to: the address is fixed, the name stands in Host and in the certificate. */
export type Destination = Address & { url: URL; port: number; secure: boolean; servername: string };

export type DestinationProblem = 'urlNotAllowed' | 'hostNotAllowed' | 'hostNotFound' | 'hostLookupFailed';

export type DestinationOptions = { allowPrivate: boolean; ports: readonly number[]; resolve?: Resolve };

/**
 * Checks a URL and looks its host up once. Only http and https, no user name in it, only the named ports (any port in an own
 * network that is allowed on purpose). Octal, hexadecimal and decimal spellings of an address are undone by URL itself.
 */
export async function destinationOf(
  url: URL,
  { allowPrivate, ports, resolve }: DestinationOptions,
): Promise<Destination | DestinationProblem> {
  const secure = url.protocol === 'https:';
  if (!secure && url.protocol !== 'http:') return 'urlNotAllowed';
  if (url.username !== '' || url.password !== '') return 'urlNotAllowed';
  const port = url.port === '' ? (secure ? 443 : 80) : Number(url.port);
  if (!allowPrivate && !ports.includes(port)) return 'urlNotAllowed';
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  const found = await lookupAllowedHost(host, { allowPrivate, ...(resolve ? { resolve } : {}) });
  if (!found.ok) return found.reason;
  return { ...found, url, port, secure, servername: isIP(host) ? '' : host };
}
