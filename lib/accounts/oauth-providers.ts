import { env } from '#lib/env.ts';

export type OauthProvider = 'google' | 'microsoft';

/** What a provider needs to hear. Scopes: IMAP and SMTP, a refresh token, and whose address it was. */
export type OauthClient = {
  clientId: string;
  clientSecret: string;
  authorizeUrl: string;
  tokenUrl: string;
  scope: string;
  extra: Record<string, string>;
};

/** The providers for which the operator registered an application; only they are offered. */
export const oauthProviders = (): OauthProvider[] =>
  (['google', 'microsoft'] as const).filter((provider) => oauthClient(provider) !== null);

/** How to talk to the provider; null where the operator registered no application. */
export function oauthClient(provider: OauthProvider): OauthClient | null {
  const client = provider === 'google' ? google() : microsoft();
  return client.clientId === '' || client.clientSecret === '' ? null : client;
}

// developers.google.com/identity/protocols/oauth2/web-server: without prompt=consent a second sign-in brings no refresh token.
const google = (): OauthClient => ({
  clientId: env.oauthGoogleClientId,
  clientSecret: env.oauthGoogleClientSecret,
  authorizeUrl: env.oauthGoogleAuthorizeUrl,
  tokenUrl: env.oauthGoogleTokenUrl,
  scope: 'https://mail.google.com/ openid email',
  extra: { access_type: 'offline', prompt: 'consent' },
});

// learn.microsoft.com/exchange/client-developer/legacy-protocols/how-to-authenticate-an-imap-pop-smtp-application-by-using-oauth
const microsoft = (): OauthClient => ({
  clientId: env.oauthMicrosoftClientId,
  clientSecret: env.oauthMicrosoftClientSecret,
  authorizeUrl: env.oauthMicrosoftAuthorizeUrl.replace('{tenant}', encodeURIComponent(env.oauthMicrosoftTenant)),
  tokenUrl: env.oauthMicrosoftTokenUrl.replace('{tenant}', encodeURIComponent(env.oauthMicrosoftTenant)),
  scope:
    'https://outlook.office.com/IMAP.AccessAsUser.All https://outlook.office.com/SMTP.Send offline_access openid email',
  extra: { prompt: 'select_account' },
});
