/**
 * What next-auth does for us: it seals the session id into an encrypted, expiring token (A256CBC-HS512 under a key
 * derived from AUTH_SECRET, so every web process with the same secret reads it), sets and clears the cookie, and is
 * where OIDC providers will come in. What it doesn't do: it has no adapter and no HTTP routes of its own (no /api/auth),
 * it holds no name and no e-mail, and it never decides whether a session is still good - session.ts asks the session row.
 */
import { cookies } from 'next/headers';
import NextAuth, { CredentialsSignin, type NextAuthConfig } from 'next-auth';
import Credentials from 'next-auth/providers/credentials';
import { overHttps, SESSION_DAYS, sessionCookie } from '#lib/auth/cookie.ts';
import { peerOf } from '#lib/auth/peer.ts';
import { signInInput, signInWithPassword } from '#lib/auth/sign-in.ts';
import { env } from '#lib/env.ts';
import { log } from '#lib/log.ts';
import { clientIp } from '#lib/net/client-ip.ts';

/** Carries our own error through next-auth, which lets only its own kind pass unchanged. */
export class SignInRefused extends CredentialsSignin {
  readonly reason: unknown;
  constructor(reason: unknown) {
    super();
    this.name = 'SignInRefused';
    this.reason = reason;
  }
}

const password = Credentials({
  credentials: { email: {}, password: {} },
  authorize: async (credentials, request) => {
    try {
      const from = { ip: ipOf(request.headers), userAgent: request.headers.get('user-agent') ?? '' };
      return { id: await signInWithPassword(signInInput.parse(credentials), from) };
    } catch (error) {
      throw new SignInRefused(error);
    }
  },
});

// Where next-auth keeps a URL to go back to. We don't use it, and it stays nowhere.
const CALLBACK = 'madoguchi-callback';

const ipOf = (headers: Headers): string =>
  clientIp(peerOf(headers) ?? 'unknown', headers.get('x-forwarded-for'), env.trustedProxy);

// A function, so that settings are read at the first request and not while the build collects pages.
const config = (): NextAuthConfig => ({
  secret: env.authSecret,
  providers: [password],
  session: { strategy: 'jwt', maxAge: SESSION_DAYS * 24 * 3600 },
  // next-auth would derive its own URLs from the Host header and wants to be told that this is safe. It is: we redirect
  // by paths of our own and use none of its URLs, and a cookie's security follows APP_URL, not the request.
  trustHost: true,
  useSecureCookies: overHttps(),
  cookies: { sessionToken: sessionCookie(), callbackUrl: { ...sessionCookie(), name: CALLBACK } },
  pages: { signIn: '/sign-in' },
  callbacks: {
    // `sub` is the session row's id (authorize returned it as the user's id); everything else is dropped.
    jwt: ({ token }) => ({ sub: token.sub }),
    session: ({ session, token }) => ({ expires: session.expires, sessionId: token.sub }),
  },
  logger: {
    error: (error) => {
      if (!(error instanceof CredentialsSignin)) log.warn('auth.error', { error });
    },
    warn: (code) => log.warn('auth.warning', { code }),
    debug: () => {},
  },
});

const nextAuth = NextAuth(config);

/** Sets the cookie when the credentials fit. @throws SignInRefused with the reason */
export async function setSessionCookie(credentials: { email: unknown; password: unknown }): Promise<void> {
  const jar = await cookies();
  const before = jar.get(sessionCookie().name)?.value;
  await nextAuth.signIn('credentials', { ...credentials, redirect: false, redirectTo: '/' });
  jar.delete(CALLBACK);
  // A request may carry headers that make next-auth answer where it should throw.
  if ((await cookies()).get(sessionCookie().name)?.value === before)
    throw new Error('next-auth set no session cookie.');
}

/** Why a sign-in was refused. By shape, not by class: a bundler may load this module twice. */
export const refusalOf = (error: unknown): unknown =>
  error instanceof Error && error.name === 'SignInRefused' && 'reason' in error ? error.reason : error;

/** Clears the cookie of this browser; revoking the row is the caller's. */
export async function clearSessionCookie(): Promise<void> {
  await nextAuth.signOut({ redirect: false, redirectTo: '/' });
  (await cookies()).delete(CALLBACK);
}

/** The session id in the request's cookie when it is ours and hasn't expired. Whether it is still good, the row says. */
export async function sessionIdOfRequest(): Promise<string | null> {
  const session = (await nextAuth.auth()) as { sessionId?: unknown } | null;
  return typeof session?.sessionId === 'string' ? session.sessionId : null;
}
