export { clientIp, type TrustedProxy } from '#lib/net/client-ip.ts';
export { dnsResolve } from '#lib/net/dns-resolve.ts';
export { type FetchProblem, type GuardedAnswer, type GuardedRequest, guardedFetch } from '#lib/net/fetch.ts';
export { isForbiddenAddress } from '#lib/net/forbidden-ranges.ts';
export {
  type Address,
  type LookedUp,
  lookupAllowedHost,
  type Resolve,
  resolveAllowedHost,
} from '#lib/net/host-guard.ts';
