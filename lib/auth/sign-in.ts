import { z } from 'zod';
import { forgetFailures, recordFailure, requireAttemptsLeft } from '#lib/auth/rate-limit.ts';
import { turnstile } from '#lib/auth/turnstile.ts';
import { DUMMY_HASH, verifyPassword } from '#lib/crypto/index.ts';
import { createSession, findPersonForSignIn } from '#lib/db/system.ts';
import { invalid } from '#lib/errors.ts';

/** What the sign-in form sends. The e-mail address is compared in lower case and NFKC, as it is stored. */
export const signInInput = z.object({
  email: z
    .string()
    .max(320, 'tooLarge')
    .transform((value) => value.normalize('NFKC').trim().toLowerCase())
    .refine((value) => value !== '', 'required'),
  password: z.string().min(1, 'required').max(1000, 'tooLarge'),
});
export type SignInInput = z.output<typeof signInInput>;

// Each verification takes 19 MiB and a thread: without a gate a burst of sign-ins would stop the process, and would all
// pass the count of failures before the first one is written.
const oneOfFew = turnstile(4, 200);

/**
 * Checks a password and opens a session.
 * The answer to an unknown e-mail address, a disabled person and a wrong password is the same, and takes as long.
 * @returns the id of the new session row
 * @throws Invalid `wrongCredentials`, Invalid `tooManyAttempts` {minutes}, Unavailable `busy`
 */
export function signInWithPassword(
  { email, password }: SignInInput,
  from: { ip: string; userAgent: string },
): Promise<string> {
  return oneOfFew(async () => {
    const attempt = { email, ip: from.ip };
    await requireAttemptsLeft(attempt);
    const person = await findPersonForSignIn(email);
    const fits = await verifyPassword(password, person?.passwordHash ?? DUMMY_HASH);
    if (!person || person.disabled || !fits) {
      await recordFailure(attempt);
      throw invalid('wrongCredentials', {}, 'password');
    }
    await forgetFailures(attempt);
    const userAgent = from.userAgent.slice(0, 300);
    return createSession({ personId: person.personId, factors: ['password'], userAgent });
  });
}
