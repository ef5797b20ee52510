import { lookup } from 'node:dns/promises';
import { env } from '#lib/env.ts';
import { invalid, unavailable } from '#lib/errors.ts';
import { isForbiddenAddress, isOwnNetwork } from '#lib/net/forbidden-ranges.ts';

export type Address = { address: string; family: 4 | 6 };

export type LookedUp =
  | ({ ok: true } & Address)
  | { ok: false; reason: 'hostNotAllowed' | 'hostNotFound' | 'hostLookupFailed' };

/** Asks for the addresses of a name. Rejects like node:dns, with its codes. */
export type Resolve = (host: string) => Promise<{ address: string; family: number }[]>;

export type LookupOptions = {
  /** Lets addresses of an own network pass: loopback and private ones, never metadata. */
  allowPrivate?: boolean;
  resolve?: Resolve;
};

// IPv4 first: we pin one address, and many servers have no way out by IPv6.
const byDns: Resolve = (host) => lookup(host, { all: true, order: 'ipv4first' });

// Names that lead to the inside of a cloud or of this machine, whatever address they are said to have.
const INSIDE = /(^|\.)(localhost|internal|local|localdomain|home\.arpa)$|^(metadata|instance-data)$/i;

/**
 * The address to connect to for a host that somebody from outside named. Connect to exactly this address (the name only for
 * TLS): a second look-up could answer something else. Private, loopback and metadata addresses are refused unless
 * `allowPrivate` (by default MAIL_ALLOW_PRIVATE_HOSTS=1) says otherwise.
 */
export async function lookupAllowedHost(host: string, options: LookupOptions = {}): Promise<LookedUp> {
  const { allowPrivate = env.mailAllowPrivateHosts, resolve = byDns } = options;
  const bare = host.trim().replace(/^\[(.*)\]$/, '$1');
  if (bare === '') return { ok: false, reason: 'hostNotFound' };
  if (!allowPrivate && INSIDE.test(bare.replace(/\.$/, ''))) return { ok: false, reason: 'hostNotAllowed' };
  const found = await resolve(bare).catch((error: NodeJS.ErrnoException) => error);
  if (found instanceof Error) {
    const unknown = /^(ENOTFOUND|ENODATA|EINVAL|ERR_INVALID_ARG_VALUE)$/.test(found.code ?? '');
    return { ok: false, reason: unknown ? 'hostNotFound' : 'hostLookupFailed' };
  }
  const allowed = found.find(({ address }) => !isForbiddenAddress(address) || (allowPrivate && isOwnNetwork(address)));
  if (!allowed) return { ok: false, reason: found.length > 0 ? 'hostNotAllowed' : 'hostNotFound' };
  return { ok: true, address: allowed.address, family: allowed.family === 6 ? 6 : 4 };
}

/**
 * The same, for callers to whom every failure is an error.
 * @throws Invalid hostNotAllowed or hostNotFound at field `host`; Unavailable when DNS doesn't answer
 */
export async function resolveAllowedHost(host: string): Promise<Address> {
  const result = await lookupAllowedHost(host);
  if (result.ok) return { address: result.address, family: result.family };
  if (result.reason === 'hostLookupFailed') throw unavailable();
  throw invalid(result.reason, {}, 'host');
}
