import { type OauthTokens, renewAccess } from '#lib/accounts/oauth-tokens.ts';
import { type AccountSettings, secretContext } from '#lib/accounts/settings.ts';
import { SYSTEM } from '#lib/auth/actor.ts';
import { sealSecret } from '#lib/crypto/index.ts';
import { inTenant } from '#lib/db/scope.ts';

/** An access token is renewed so long before its end, milliseconds: signing in takes a moment, and clocks differ. */
const LEEWAY_MS = 60_000;

/**
 * The account with what its servers want at sign-in: unchanged with a password, with a live access token by OAuth2. May ask
 * the provider, so not inside a transaction. Two processes that renew at once both get a good token.
 * @throws Unavailable `oauthExpired` when somebody must sign in again, `oauthFailed` when the provider can't say now
 */
export async function withLiveAccess(account: AccountSettings): Promise<AccountSettings> {
  if (!account.oauth) return account;
  const { accessToken, expiresAt } = account.oauth;
  if (accessToken !== null && expiresAt !== null && expiresAt.getTime() > Date.now() + LEEWAY_MS)
    return withToken(account, accessToken);
  const tokens = await renewAccess(account.oauth.provider, account.oauth.refreshToken);
  await keep(account, tokens);
  return withToken(account, tokens.accessToken);
}

/** The same with a new token, for when a server refused the one that should have been good (revoked, policy changed). */
export const withNewAccess = (account: AccountSettings): Promise<AccountSettings> =>
  withLiveAccess(account.oauth ? { ...account, oauth: { ...account.oauth, accessToken: null } } : account);

const withToken = (account: AccountSettings, accessToken: string): AccountSettings => ({
  ...account,
  imap: { ...account.imap, accessToken },
  smtp: { ...account.smtp, accessToken },
});

async function keep({ tenantId, id }: AccountSettings, tokens: OauthTokens): Promise<void> {
  await inTenant({ tenantId, actor: SYSTEM }, ({ db }) =>
    db.mailAccount.update({
      where: { tenantId_id: { tenantId, id } },
      data: {
        oauthAccess: sealSecret(tokens.accessToken, secretContext(id, 'access')),
        oauthExpiresAt: tokens.expiresAt,
        ...(tokens.refreshToken === null
          ? {}
          : { oauthSecret: sealSecret(tokens.refreshToken, secretContext(id, 'oauth')) }),
      },
      select: { id: true },
    }),
  );
}
