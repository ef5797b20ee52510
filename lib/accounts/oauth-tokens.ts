import { z } from 'zod';
import { type OauthClient, type OauthProvider, oauthClient } from '#lib/accounts/oauth-providers.ts';
import { unavailable } from '#lib/errors.ts';
import { guardedFetch } from '#lib/net/fetch.ts';

/** What a provider grants. `refreshToken` null: the one we have stays good. `address` is who signed in, where it said so. */
export type OauthTokens = {
  accessToken: string;
  expiresAt: Date;
  refreshToken: string | null;
  address: string | null;
};

const granted = z.object({
  access_token: z.string().min(1).max(20_000),
  expires_in: z.coerce.number().positive().default(3600),
  refresh_token: z.string().min(1).max(20_000).optional(),
  id_token: z.string().max(20_000).optional(),
});
const refused = z.object({ error: z.string() });

/** Trades the code of a sign-in for tokens (RFC 6749 4.1.3 with RFC 7636). @throws Unavailable `oauthFailed` */
export const redeemCode = (provider: OauthProvider, code: string, verifier: string, redirectUri: string) =>
  askForTokens(provider, {
    grant_type: 'authorization_code',
    code,
    code_verifier: verifier,
    redirect_uri: redirectUri,
  });

/**
 * A new access token (RFC 6749 6).
 * @throws Unavailable `oauthExpired` when the provider has withdrawn the grant, `oauthFailed` when it can't say now
 */
export const renewAccess = (provider: OauthProvider, refreshToken: string) =>
  askForTokens(provider, { grant_type: 'refresh_token', refresh_token: refreshToken });

async function askForTokens(provider: OauthProvider, form: Record<string, string>): Promise<OauthTokens> {
  const client = oauthClient(provider);
  if (!client) throw unavailable('oauthNotConfigured');
  const answer = await guardedFetch(client.tokenUrl, {
    method: 'POST',
    headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ ...form, ...credentials(client) }).toString(),
    accept: ['application/json'],
    maxBytes: 100_000,
    timeoutMs: 15_000,
    allowPrivate: true,
  });
  if (!answer.ok) throw unavailable('oauthFailed');
  const said = parsed(answer.body);
  if (answer.status >= 400) {
    const why = refused.safeParse(said);
    throw unavailable(why.success && why.data.error === 'invalid_grant' ? 'oauthExpired' : 'oauthFailed');
  }
  const tokens = granted.safeParse(said);
  if (!tokens.success) throw unavailable('oauthFailed');
  return {
    accessToken: tokens.data.access_token,
    expiresAt: new Date(Date.now() + tokens.data.expires_in * 1000),
    refreshToken: tokens.data.refresh_token ?? null,
    address: addressIn(tokens.data.id_token),
  };
}

const credentials = ({ clientId, clientSecret, scope }: OauthClient) => ({
  client_id: clientId,
  client_secret: clientSecret,
  scope,
});

function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return null;
  }
}

const claims = z.object({ email: z.string().optional(), preferred_username: z.string().optional() });

// It came from the provider itself over TLS, so its signature needs no check (OpenID Connect Core 3.1.3.7, 6).
function addressIn(idToken: string | undefined): string | null {
  const payload = idToken?.split('.')[1];
  if (!payload) return null;
  const found = claims.safeParse(parsed(Buffer.from(payload, 'base64url')));
  const address = found.success ? (found.data.email ?? found.data.preferred_username) : undefined;
  return address?.includes('@') ? address.toLowerCase() : null;
}
