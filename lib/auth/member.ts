import { cache } from 'react';
import { asMember, type Member, membershipOf, Unauthenticated } from '#lib/auth/membership.ts';
import { signedIn } from '#lib/auth/session.ts';
import type { Scope } from '#lib/db/scope.ts';

/**
 * The person of this request as a member of this company.
 * @throws Unauthenticated; NotFound when there is no such company or the person isn't an active member of it
 */
export const memberOf: (slug: string) => Promise<Member> = cache(async (slug) => {
  const person = await signedIn();
  if (!person) throw new Unauthenticated();
  return membershipOf(person, slug);
});

/** memberOf and asMember in one. */
export async function withMember<T>(
  slug: string,
  work: (scope: Scope, member: Member) => Promise<T>,
  options?: { timeoutMs?: number },
): Promise<T> {
  const member = await memberOf(slug);
  return asMember(member, (scope) => work(scope, member), options);
}
