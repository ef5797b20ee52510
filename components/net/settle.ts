import { unstable_isUnrecognizedActionError } from 'next/navigation';
import { connectionLost, sessionEnded } from '#components/net/connection.ts';
import { OFFLINE, problemOf } from '#components/net/problem.ts';
import type { ActionResult, Problem } from '#lib/conversations/shapes.ts';

const STALE: Problem = { code: 'Unavailable', reason: 'stale', params: {} };

/** Awaits a server action; a broken line, an ended session or a newer deployment become problems like any other. */
export async function settle<T>(work: Promise<ActionResult<T>>): Promise<ActionResult<T>> {
  try {
    const result = (await work) as ActionResult<T> | undefined;
    if (!result) return { ok: false, error: STALE };
    if (!result.ok && result.error.reason === 'sessionEnded') sessionEnded();
    return result;
  } catch (error) {
    if (unstable_isUnrecognizedActionError(error)) return { ok: false, error: STALE };
    if (error instanceof TypeError) {
      connectionLost();
      return { ok: false, error: OFFLINE };
    }
    return { ok: false, error: problemOf(error) };
  }
}
