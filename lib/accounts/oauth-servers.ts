import type { OauthProvider } from '#lib/accounts/oauth-providers.ts';
import { env } from '#lib/env.ts';
import { invalid } from '#lib/errors.ts';
import { providerOfHost } from '#lib/mail/providers.ts';
import { isOwnNetwork } from '#lib/net/forbidden-ranges.ts';

type Server = { host: string; secure: string };

/**
 * Refuses a server that isn't surely the provider's own, over TLS: a token is as good as a password, and whoever signs in may
 * not be who wrote the server's name. An address of an own network that is allowed on purpose passes.
 * @throws Invalid oauthElsewhere at `field`
 */
export function requireProvidersServer(provider: OauthProvider, { host, secure }: Server, field: string): void {
  if (env.mailAllowPrivateHosts && isOwnNetwork(host)) return;
  if (secure === 'none' || providerOfHost(host)?.oauth !== provider) throw invalid('oauthElsewhere', {}, field);
}
