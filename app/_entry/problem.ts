import { isUnauthenticated } from '#lib/auth/membership.ts';
import type { Problem } from '#lib/conversations/shapes.ts';
import { toProblem } from '#lib/errors.ts';

const SESSION_ENDED: Problem = { code: 'Unauthenticated', reason: 'sessionEnded', params: {} };

/** What the browser may know of a thrown thing, for routes and actions alike. */
export function problemOf(error: unknown): { status: number; error: Problem } {
  if (isUnauthenticated(error)) return { status: 401, error: SESSION_ENDED };
  const { status, body } = toProblem(error);
  return { status, error: body.error };
}
