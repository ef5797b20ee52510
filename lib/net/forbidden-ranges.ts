import { BlockList, isIP } from 'node:net';

// IANA special-purpose registries (RFC 6890 and successors): nothing in them is a mail server on the Internet.
const V4: [string, number][] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['168.63.129.16', 32], // Azure's own services, at an address that looks public
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

// Addresses that carry an IPv4 address in them (mapped, translated, NAT64, 6to4, Teredo) are refused whole: they lead around V4.
const V6: [string, number][] = [
  ['::', 96],
  ['::ffff:0:0', 96],
  ['::ffff:0:0:0', 96],
  ['64:ff9b::', 96],
  ['64:ff9b:1::', 48],
  ['100::', 64],
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
  ['5f00::', 16],
  ['fc00::', 7],
  ['fe80::', 10],
  ['fec0::', 10],
  ['ff00::', 8],
];

// An own network that an administrator may allow on purpose. Positive, so that no metadata address and no form that carries
// an IPv4 address in it can be meant.
const OWN_V4: [string, number][] = [
  ['10.0.0.0', 8],
  ['127.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
];
const OWN_V6: [string, number][] = [
  ['::1', 128],
  ['fc00::', 7],
];
const METADATA = new Set(['fd00:ec2::254', 'fd20:ce::254']);

// Two lists: in one, the IPv6 rule for mapped addresses would match every IPv4 address.
const forbidden = listsOf(V4, V6);
const own = listsOf(OWN_V4, OWN_V6);

function listsOf(ranges4: [string, number][], ranges6: [string, number][]): { v4: BlockList; v6: BlockList } {
  const v4 = new BlockList();
  const v6 = new BlockList();
  for (const [network, prefix] of ranges4) v4.addSubnet(network, prefix, 'ipv4');
  for (const [network, prefix] of ranges6) v6.addSubnet(network, prefix, 'ipv6');
  return { v4, v6 };
}

/** True for loopback, private, link-local, metadata and every other address that isn't a host on the Internet. */
export function isForbiddenAddress(address: string): boolean {
  const [bare = ''] = address.split('%');
  const family = isIP(bare);
  if (family === 4) return forbidden.v4.check(bare, 'ipv4');
  return family === 6 ? forbidden.v6.check(bare, 'ipv6') : true;
}

/** True for loopback and the private ranges of a company's own network; never for link-local or metadata addresses. */
export function isOwnNetwork(address: string): boolean {
  const family = isIP(address);
  if (family === 4) return own.v4.check(address, 'ipv4');
  return (
    family === 6 && own.v6.check(address, 'ipv6') && !METADATA.has(new URL(`http://[${address}]`).hostname.slice(1, -1))
  );
}
