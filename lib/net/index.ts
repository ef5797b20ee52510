export { clientIp, type TrustedProxy } from '#lib/net/client-ip.ts';
export { isForbiddenAddress } from '#lib/net/forbidden-ranges.ts';
export { type Address, type LookedUp, lookupAllowedHost, resolveAllowedHost } from '#lib/net/host-guard.ts';
