import { BlockList, isIP } from 'node:net';

// IANA special-purpose registries (RFC 6890 and successors): nothing in them is a mail server on the Internet.
const V4: [string, number][] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16], // link-local, and the clouds' metadata at 169.254.169.254
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
];

// Addresses that carry an IPv4 address in them (mapped, NAT64, 6to4, Teredo) are refused whole: they lead around V4.
const V6: [string, number][] = [
  ['::', 96],
  ['::ffff:0:0', 96],
  ['64:ff9b::', 96],
  ['64:ff9b:1::', 48],
  ['100::', 64],
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
  ['fc00::', 7],
  ['fe80::', 10],
  ['fec0::', 10],
  ['ff00::', 8],
];

// Two lists: in one, the IPv6 rule for mapped addresses would match every IPv4 address.
const v4 = new BlockList();
const v6 = new BlockList();
for (const [network, prefix] of V4) v4.addSubnet(network, prefix, 'ipv4');
for (const [network, prefix] of V6) v6.addSubnet(network, prefix, 'ipv6');

/** True for loopback, private, link-local, metadata and every other address that isn't a host on the Internet. */
export function isForbiddenAddress(address: string): boolean {
  const [bare = ''] = address.split('%');
  const family = isIP(bare);
  if (family === 4) return v4.check(bare, 'ipv4');
  return family === 6 ? v6.check(bare, 'ipv6') : true;
}
