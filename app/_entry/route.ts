import { apiHeaders } from '#app/_entry/headers.ts';
import { problemOf } from '#app/_entry/problem.ts';
import { memberOf } from '#lib/auth/member.ts';
import { asMember, type Member } from '#lib/auth/membership.ts';
import { requireSameOrigin } from '#lib/auth/same-origin.ts';
import type { Scope } from '#lib/db/scope.ts';

type Params = { tenant: string };
type Asked<P> = { request: Request; params: P };
type Route<P> = (request: Request, context: { params: Promise<P> }) => Promise<Response>;

/** What a route throws, as JSON with its status. */
export function refusal(error: unknown): Response {
  const problem = problemOf(error);
  return Response.json({ error: problem.error }, { status: problem.status, headers: apiHeaders() });
}

/** A verb's result as JSON. */
export const json = (value: unknown): Response => Response.json(value ?? null, { headers: apiHeaders() });

/** A JSON route without a body to read: one verb in one transaction. */
export const jsonRoute = <P extends Params>(
  work: (scope: Scope, asked: Asked<P>, member: Member) => Promise<unknown>,
) => memberRoute<P>(async (member, asked) => json(await asMember(member, (scope) => work(scope, asked, member))));

/** A route that reads a body or makes its own response. Whatever isn't GET must come from a page of ours. */
export function memberRoute<P extends Params>(work: (member: Member, asked: Asked<P>) => Promise<Response>): Route<P> {
  return async (request, context) => {
    try {
      if (request.method !== 'GET' && request.method !== 'HEAD') requireSameOrigin(request.headers);
      const params = await context.params;
      return await work(await memberOf(params.tenant), { request, params });
    } catch (error) {
      return refusal(error);
    }
  };
}
