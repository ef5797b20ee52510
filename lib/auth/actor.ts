import { type Action, type Capability, hasCapability, may, type Role } from '#lib/auth/policy.ts';
import { forbidden } from '#lib/errors.ts';

/** A member of a tenant who acts, as loaded once a request. `id` is the membership's, never the person's. */
export type MemberActor = {
  kind: 'person';
  id: string;
  name: string;
  roles: readonly Role[];
  capabilities: Partial<Record<Capability, boolean>>;
};
/** The product itself: a worker, a rule, a timer. It sees every 窓口 of its tenant. */
export type SystemActor = { kind: 'system'; id: null };
export type Actor = MemberActor | SystemActor;

export const SYSTEM: SystemActor = { kind: 'system', id: null };

/** First line of every verb: Forbidden unless the table of domain.md 3 allows it. The system may do everything. */
export function requireMay(scope: { actor: Actor }, action: Action): void {
  if (scope.actor.kind === 'system') return;
  if (!may(scope.actor.roles, action)) throw forbidden('notAllowed', { action });
}

/** As requireMay, but needs any one of the actions. */
export function requireAny(scope: { actor: Actor }, ...actions: Action[]): void {
  const { actor } = scope;
  if (actor.kind === 'system') return;
  if (!actions.some((action) => may(actor.roles, action))) throw forbidden('notAllowed', { action: actions.join(',') });
}

/** Does the acting member hold the capability? The system holds all. */
export function holds(actor: Actor, capability: Capability): boolean {
  return actor.kind === 'system' || hasCapability(actor.roles, actor.capabilities, capability);
}
