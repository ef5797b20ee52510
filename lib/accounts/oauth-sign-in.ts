import { type OauthProvider, oauthClient } from '#lib/accounts/oauth-providers.ts';
import { requireProvidersServer } from '#lib/accounts/oauth-servers.ts';
import type { SignInState } from '#lib/accounts/oauth-state.ts';
import { newSignIn } from '#lib/accounts/oauth-state.ts';
import type { OauthTokens } from '#lib/accounts/oauth-tokens.ts';
import { secretContext } from '#lib/accounts/settings.ts';
import { requireMay } from '#lib/auth/actor.ts';
import { sealSecret } from '#lib/crypto/index.ts';
import type { Scope } from '#lib/db/scope.ts';
import { env } from '#lib/env.ts';
import { invalid, notFound, unavailable } from '#lib/errors.ts';
import { enqueue } from '#lib/queue/index.ts';

/** Where providers send browsers back to: the address to register with them. */
export const oauthRedirectUri = (): string => `${env.appUrl}/api/oauth/callback`;

/** Where a browser goes to sign an account in at its provider, and the nonce it has to bring back. */
export async function beginOauthSignIn(
  scope: Scope,
  accountId: string,
  provider: OauthProvider,
  tenant: string,
): Promise<{ url: string; nonce: string }> {
  requireMay(scope, 'account.edit');
  const client = oauthClient(provider);
  if (!client) throw unavailable('oauthNotConfigured');
  const { address } = await accountToSignIn(scope, accountId, provider);
  const { sealed, challenge, nonce } = newSignIn({ tenant, accountId, memberId: scope.actor.id ?? '', provider });
  const url = new URL(client.authorizeUrl);
  const asked = {
    ...{ response_type: 'code', client_id: client.clientId, redirect_uri: oauthRedirectUri(), scope: client.scope },
    ...{ state: sealed, code_challenge: challenge, code_challenge_method: 'S256', login_hint: address },
    ...client.extra,
  };
  for (const [name, value] of Object.entries(asked)) url.searchParams.set(name, value);
  return { url: url.href, nonce };
}

/** May this member bring that sign-in home? To be asked before the code is traded. */
export async function requireOwnSignIn(scope: Scope, state: SignInState): Promise<void> {
  requireMay(scope, 'account.edit');
  if (scope.actor.id !== state.memberId) throw notFound();
  await accountToSignIn(scope, state.accountId, state.provider);
}

/**
 * Keeps what the provider granted, sealed for this account, and begins to receive. Says whether somebody signed in as another
 * address than the account's: right for a shared mailbox, a slip for most.
 */
export async function keepOauthSignIn(
  scope: Scope,
  { accountId, provider }: SignInState,
  tokens: OauthTokens,
): Promise<{ otherAddress: boolean }> {
  requireMay(scope, 'account.edit');
  const { tenantId, db } = scope;
  if (tokens.refreshToken === null) throw unavailable('oauthFailed');
  const { address, imapUser } = await accountToSignIn(scope, accountId, provider);
  await db.mailAccount.update({
    where: { tenantId_id: { tenantId, id: accountId } },
    data: {
      auth: provider,
      oauthSecret: sealSecret(tokens.refreshToken, secretContext(accountId, 'oauth')),
      oauthAccess: sealSecret(tokens.accessToken, secretContext(accountId, 'access')),
      oauthExpiresAt: tokens.expiresAt,
      ...{ imapSecret: '', smtpSecret: '', state: 'active', failures: 0, nextAttemptAt: new Date() },
      ...{ lastErrorCode: null, lastErrorWords: null, version: { increment: 1 } },
    },
    select: { id: true },
  });
  scope.afterCommit(() => enqueue('account.pull', { tenantId, accountId }));
  const known = [address, imapUser].map((text) => text.toLowerCase());
  return { otherAddress: tokens.address !== null && !known.includes(tokens.address) };
}

// Asked at each step: meanwhile another admin may have changed the account, and the grant is of whoever signs in.
async function accountToSignIn({ tenantId, db }: Scope, id: string, provider: OauthProvider) {
  const account = await db.mailAccount.findUnique({
    where: { tenantId_id: { tenantId, id } },
    select: {
      ...{ address: true, imapUser: true, auth: true },
      ...{ imapHost: true, imapSecurity: true, smtpHost: true, smtpSecurity: true },
    },
  });
  if (!account) throw notFound();
  if (account.auth !== provider) throw invalid('invalidValue', {}, 'provider');
  requireProvidersServer(provider, { host: account.imapHost, secure: account.imapSecurity }, 'imapHost');
  requireProvidersServer(provider, { host: account.smtpHost, secure: account.smtpSecurity }, 'smtpHost');
  return account;
}
