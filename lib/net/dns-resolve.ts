import { Resolver } from 'node:dns/promises';
import { isIP } from 'node:net';
import type { Resolve } from '#lib/net/host-guard.ts';

/** Milliseconds for one question, and how often it is asked. */
const PATIENCE = { timeout: 2000, tries: 2 };

/**
 * Asks the name servers directly. The system's own look-up (getaddrinfo) waits on one of four threads that files and passwords
 * need too: a stranger's slow name server could hold them all. Own networks' hosts files aren't read: this is for names on
 * the Internet.
 * @param servers other name servers than the system's
 */
export function dnsResolve(servers?: readonly string[]): Resolve {
  return async (host) => {
    const family = isIP(host);
    if (family !== 0) return [{ address: host, family }];
    const resolver = new Resolver(PATIENCE);
    if (servers) resolver.setServers(servers);
    const [four, six] = await Promise.allSettled([resolver.resolve4(host), resolver.resolve6(host)]);
    const found = [
      ...(four.status === 'fulfilled' ? four.value.map((address) => ({ address, family: 4 })) : []),
      ...(six.status === 'fulfilled' ? six.value.map((address) => ({ address, family: 6 })) : []),
    ];
    if (found.length > 0) return found;
    throw four.status === 'rejected' ? four.reason : new Error('no address');
  };
}
