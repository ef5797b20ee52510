import type { MemberActor } from '#lib/auth/actor.ts';
import type { SignedIn } from '#lib/auth/session.ts';
import { inTenant, type Scope } from '#lib/db/scope.ts';
import { findMembership, sessionIsLive } from '#lib/db/system.ts';
import { notFound } from '#lib/errors.ts';
import { isSlug } from '#lib/tenants/slug.ts';

/** Nobody is signed in: 401 for a route, a problem for an action, the sign-in page for a page. */
export class Unauthenticated extends Error {
  constructor() {
    super('Nobody is signed in.');
    this.name = 'Unauthenticated';
  }
}
// By name, not by class: a bundler may load this module twice.
export const isUnauthenticated = (error: unknown): boolean =>
  error instanceof Error && error.name === 'Unauthenticated';

/** A signed-in person in one of his companies. */
export type Member = {
  person: SignedIn;
  tenant: { id: string; slug: string; name: string; zone: string; undoSeconds: number };
  actor: MemberActor;
};

/** @throws NotFound when there is no such company or the person isn't an active member of it: the two look the same */
export async function membershipOf(person: SignedIn, slug: string): Promise<Member> {
  const found = isSlug(slug) ? await findMembership(person.personId, slug) : null;
  if (!found) throw notFound();
  const { membershipId: id, displayName: name, roles, capabilities, zone, undoSeconds } = found;
  return {
    person,
    tenant: { id: found.tenantId, slug, name: found.tenantName, zone, undoSeconds },
    actor: { kind: 'person', id, name, roles, capabilities },
  };
}

/**
 * The same member as he is now, for what outlives a request (a stream).
 * @throws Unauthenticated when the session was revoked, NotFound when the membership ended
 */
export async function memberAgain({ person, tenant }: Member): Promise<Member> {
  if (!(await sessionIsLive(person.sessionId))) throw new Unauthenticated();
  return membershipOf(person, tenant.slug);
}

/** The one way from a request to the database: `work` in one transaction of this member's company. */
export const asMember = <T>(
  { tenant, actor }: Member,
  work: (scope: Scope) => Promise<T>,
  options?: { timeoutMs?: number },
): Promise<T> => inTenant({ tenantId: tenant.id, actor }, work, options);
