import { apiHeaders } from '#app/_entry/headers.ts';
import { oauthCookie, oauthNonce } from '#app/_entry/oauth-cookie.ts';
import { keepOauthSignIn, oauthRedirectUri, requireOwnSignIn } from '#lib/accounts/oauth-sign-in.ts';
import { isSameBrowser, readSignIn, type SignInState } from '#lib/accounts/oauth-state.ts';
import { redeemCode } from '#lib/accounts/oauth-tokens.ts';
import { memberOf } from '#lib/auth/member.ts';
import { asMember } from '#lib/auth/membership.ts';
import { env } from '#lib/env.ts';
import { isAppError } from '#lib/errors.ts';
import { log } from '#lib/log.ts';

type Result = 'connected' | 'otherAddress' | 'denied' | 'expired' | 'failed';

/** Where a provider sends the browser back to. It belongs to no company until its state is read; whatever happens, it leads on. */
export async function GET(request: Request): Promise<Response> {
  const asked = new URL(request.url).searchParams;
  const state = readSignIn(asked.get('state') ?? '');
  if (!state) return leadTo('/');
  const result = await resultOf(request, asked, state).catch(failed);
  return leadTo(`/${state.tenant}/settings/mailboxes?oauth=${result}&account=${state.accountId}`);
}

async function resultOf(request: Request, asked: URLSearchParams, state: SignInState): Promise<Result> {
  if (!isSameBrowser(state, oauthNonce(request.headers))) return 'expired';
  const code = asked.get('code');
  if (code === null) return 'denied';
  const member = await memberOf(state.tenant);
  await asMember(member, (scope) => requireOwnSignIn(scope, state));
  const tokens = await redeemCode(state.provider, code, state.verifier, oauthRedirectUri());
  const { otherAddress } = await asMember(member, (scope) => keepOauthSignIn(scope, state, tokens));
  return otherAddress ? 'otherAddress' : 'connected';
}

function failed(error: unknown): Result {
  if (!isAppError(error)) log.warn('oauth.signInFailed', { error });
  return isAppError(error) && error.reason === 'oauthExpired' ? 'expired' : 'failed';
}

const leadTo = (path: string): Response =>
  new Response(null, {
    status: 303,
    headers: {
      ...apiHeaders(),
      Location: `${env.appUrl}${path}`,
      'Set-Cookie': oauthCookie(null),
      'Referrer-Policy': 'no-referrer',
    },
  });
