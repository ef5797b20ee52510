import { cache } from 'react';
import { sessionIdOfRequest } from '#lib/auth/next-auth.ts';
import { readSession } from '#lib/db/system.ts';

export type SignedIn = { sessionId: string; personId: string; name: string; email: string; locale: string };

/**
 * Who is signed in, by the session row read anew on every request (once in it, however many layouts and pages ask).
 * @returns null without a cookie, after sign-out, and for a disabled person
 */
export const signedIn: () => Promise<SignedIn | null> = cache(async () => {
  const sessionId = await sessionIdOfRequest();
  const person = sessionId === null ? null : await readSession(sessionId);
  return sessionId === null || !person ? null : { sessionId, ...person };
});
