'use server';

import { redirect, unstable_rethrow } from 'next/navigation';
import { problemOf } from '#app/_entry/problem.ts';
import { clearSessionCookie, refusalOf, setSessionCookie } from '#lib/auth/next-auth.ts';
import { safePath } from '#lib/auth/next-path.ts';
import { signedIn } from '#lib/auth/session.ts';
import type { Problem } from '#lib/conversations/shapes.ts';
import { revokeSession } from '#lib/db/system.ts';

export type SignInState = { error: Problem } | null;

/** Signs in and goes to `next` (a path of ours), or says in `error` what is wrong. */
export async function signIn(_state: SignInState, form: FormData): Promise<SignInState> {
  try {
    await setSessionCookie({ email: form.get('email'), password: form.get('password') });
  } catch (error) {
    unstable_rethrow(error);
    return { error: problemOf(refusalOf(error)).error };
  }
  redirect(safePath(form.get('next')));
}

/** Revokes this session everywhere, then forgets it here. */
export async function signOut(): Promise<void> {
  const session = await signedIn();
  if (session) await revokeSession(session.sessionId);
  await clearSessionCookie();
  redirect('/sign-in');
}
