import { BlockList, isIP } from 'node:net';
import { env } from '#lib/env.ts';

/** How many proxies stand before us, or the ranges they come from (TRUSTED_PROXY). */
export type TrustedProxy = number | string[];

/**
 * The address of whoever asks, for rate limits and the audit log. Each proxy appends the address it was asked from to
 * X-Forwarded-For, so the list is read from its right end, and only as far as we trust whoever wrote it: anything
 * further left is what the client claims.
 * @param peer the address of the socket
 * @param forwardedFor the X-Forwarded-For header, or null
 */
export function clientIp(peer: string, forwardedFor: string | null, trusted: TrustedProxy = env.trustedProxy): string {
  const claimed = forwardedFor?.split(',').map(bare) ?? [];
  const chain = [...claimed, bare(peer)];
  if (typeof trusted === 'number') return chain[Math.max(0, chain.length - 1 - trusted)] ?? bare(peer);
  let at = chain.length - 1;
  while (at > 0 && isTrusted(chain[at] ?? '', trusted)) at -= 1;
  return chain[at] ?? bare(peer);
}

// "[::1]:4711", "::ffff:10.0.0.1" and "10.0.0.1:4711" all occur; one client must be one key.
function bare(text: string): string {
  const trimmed = text.trim();
  const inBrackets = /^\[([^\]]+)\]/.exec(trimmed)?.[1] ?? trimmed;
  const withoutPort = /^[\d.]+:\d+$/.test(inBrackets) ? inBrackets.replace(/:\d+$/, '') : inBrackets;
  return withoutPort.replace(/^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/i, '').slice(0, 64);
}

const lists = new Map<string, BlockList>();

function isTrusted(address: string, ranges: string[]): boolean {
  const family = isIP(address);
  if (family === 0) return false;
  const key = ranges.join(',');
  const list = lists.get(key) ?? listOf(ranges);
  lists.set(key, list);
  return list.check(address, family === 4 ? 'ipv4' : 'ipv6');
}

function listOf(ranges: string[]): BlockList {
  const list = new BlockList();
  for (const range of ranges) {
    const [network = '', prefix] = range.split('/');
    const family = isIP(network) === 6 ? 'ipv6' : 'ipv4';
    if (prefix === undefined) list.addAddress(network, family);
    else list.addSubnet(network, Number(prefix), family);
  }
  return list;
}
