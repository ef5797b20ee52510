import { createHash, randomBytes } from 'node:crypto';
import { z } from 'zod';
import { openSecret, sealSecret } from '#lib/crypto/index.ts';

/** What goes to the provider and back: sealed, bound to one browser by its nonce, good for ten minutes. */
const signInState = z.object({
  tenant: z.string(),
  accountId: z.uuid(),
  memberId: z.uuid(),
  provider: z.enum(['google', 'microsoft']),
  verifier: z.string(),
  nonce: z.string(),
  until: z.number(),
});
export type SignInState = z.output<typeof signInState>;

const CONTEXT = 'oauth-state';
const MINUTES = 10;

type Who = Pick<SignInState, 'tenant' | 'accountId' | 'memberId' | 'provider'>;

/** A new state with its PKCE verifier (RFC 7636) and nonce; `sealed` is the parameter, `challenge` what the provider is told. */
export function newSignIn(who: Who, now = Date.now()): { sealed: string; challenge: string; nonce: string } {
  const verifier = randomBytes(32).toString('base64url');
  const nonce = randomBytes(16).toString('base64url');
  const state: SignInState = { ...who, verifier, nonce, until: now + MINUTES * 60_000 };
  return {
    sealed: sealSecret(JSON.stringify(state), CONTEXT),
    challenge: createHash('sha256').update(verifier).digest('base64url'),
    nonce,
  };
}

/** The state as we gave it out, however old; null for anything else. */
export function readSignIn(sealed: string): SignInState | null {
  try {
    return signInState.parse(JSON.parse(openSecret(sealed, CONTEXT)));
  } catch {
    return null;
  }
}

/** Does the browser that came back hold the nonce, in time? */
export const isSameBrowser = (state: SignInState, nonce: string | null, now = Date.now()): boolean =>
  nonce === state.nonce && now <= state.until;
