import { unstable_rethrow } from 'next/navigation';
import { problemOf } from '#app/_entry/problem.ts';
import { withMember } from '#lib/auth/member.ts';
import type { ActionResult } from '#lib/conversations/shapes.ts';
import type { Scope } from '#lib/db/scope.ts';

/** Runs what an action does and turns whatever it throws into a problem for the screen. */
export async function answer<T>(work: () => Promise<T>): Promise<ActionResult<T>> {
  try {
    return { ok: true, value: await work() };
  } catch (error) {
    unstable_rethrow(error);
    return { ok: false, error: problemOf(error).error };
  }
}

/** A server action of a company's member: one verb in one transaction. */
export const memberAction = <T>(tenant: string, work: (scope: Scope) => Promise<T>): Promise<ActionResult<T>> =>
  answer(() => withMember(tenant, work));

/** The same for a verb that answers nothing. */
export const memberDeed = (tenant: string, work: (scope: Scope) => Promise<unknown>): Promise<ActionResult> =>
  answer(async () => {
    await withMember(tenant, work);
    return undefined;
  });
