import { z } from 'zod';
import { apiHeaders } from '#app/_entry/headers.ts';
import { idFrom } from '#app/_entry/input.ts';
import { oauthCookie } from '#app/_entry/oauth-cookie.ts';
import { memberRoute } from '#app/_entry/route.ts';
import { beginOauthSignIn } from '#lib/accounts/oauth-sign-in.ts';
import { asMember } from '#lib/auth/membership.ts';
import { requireSameOrigin } from '#lib/auth/same-origin.ts';

const provider = z.enum(['google', 'microsoft']);

/** Leads a mail account's admin to the provider to sign it in (docs/decisions/018). A link of ours, not another site's. */
export const GET = memberRoute<{ tenant: string; id: string }>(async (member, { request, params }) => {
  requireSameOrigin(request.headers);
  const id = idFrom(params.id);
  const wanted = provider.parse(new URL(request.url).searchParams.get('provider'));
  const { url, nonce } = await asMember(member, (scope) => beginOauthSignIn(scope, id, wanted, params.tenant));
  return new Response(null, {
    status: 303,
    headers: { ...apiHeaders(), Location: url, 'Set-Cookie': oauthCookie(nonce), 'Referrer-Policy': 'no-referrer' },
  });
});
