import type { Problem } from '#lib/conversations/shapes.ts';

/** A refusal the screen can word: the server's Problem with its HTTP status (0 = the server wasn't reached). */
export class Refused extends Error {
  readonly status: number;
  readonly problem: Problem;

  constructor(status: number, problem: Problem) {
    super(`${problem.code}: ${problem.reason}`);
    this.name = 'Refused';
    this.status = status;
    this.problem = problem;
  }
}

export const OFFLINE: Problem = { code: 'Offline', reason: 'offline', params: {} };
export const UNEXPECTED: Problem = { code: 'Unexpected', reason: 'unexpected', params: { id: '-' } };

/** What may be shown of any thrown thing. */
export function problemOf(error: unknown): Problem {
  if (error instanceof Refused) return error.problem;
  return error instanceof TypeError ? OFFLINE : UNEXPECTED;
}

/** True when asking again may help by itself: no connection, or the server is busy or starting. */
export const isPassing = (error: unknown): boolean =>
  error instanceof TypeError || (error instanceof Refused && (error.status === 0 || error.status >= 502));
