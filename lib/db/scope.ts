import type { Actor } from '#lib/auth/actor.ts';
import { type Clock, systemClock } from '#lib/clock.ts';
import { database } from '#lib/db/client.ts';
import { Prisma } from '#lib/db/generated/client.ts';
import { log } from '#lib/log.ts';

export { Prisma };
/** A connection inside one transaction of one tenant. */
export type Db = Prisma.TransactionClient;

/** What every verb takes first. `now` is business time (domain.md 5.5); machine time is the database's clock. */
export type Scope = {
  readonly tenantId: string;
  readonly actor: Actor;
  readonly db: Db;
  readonly now: Date;
  /** History brought in from elsewhere (sample company, first import): its events aren't "recorded later" (domain.md 5.5). */
  readonly imported: boolean;
  /**
   * Runs after the commit; a failure is logged, never thrown: a sweeper must be able to derive the effect from a row.
   * `again` opens a further transaction of the same tenant and actor, for notes that mustn't hold up the first.
   */
  afterCommit(effect: Effect): void;
};
export type Effect = (again: (work: (scope: Scope) => Promise<void>) => Promise<void>) => Promise<void> | void;

export type ScopeRequest = { tenantId: string; actor: Actor; clock?: Clock; imported?: boolean };
export type ScopeOptions = {
  /** The longest a transaction may take, milliseconds. */
  timeoutMs?: number;
};

/**
 * Opens one short transaction that PostgreSQL binds to the tenant, runs `work`, commits, then runs the collected effects.
 * Not to be nested, and no network inside `work`. Busy for too long: Prisma's P2028, shown as Unavailable.
 */
export async function inTenant<T>(
  request: ScopeRequest,
  work: (scope: Scope) => Promise<T>,
  { timeoutMs = 10_000 }: ScopeOptions = {},
): Promise<T> {
  const effects: Effect[] = [];
  const now = (request.clock ?? systemClock)();
  const result = await database().$transaction(
    async (db) => {
      await db.$queryRaw`SELECT set_config('app.tenant_id', ${request.tenantId}, true)`;
      return work({
        tenantId: request.tenantId,
        actor: request.actor,
        db,
        now,
        imported: request.imported ?? false,
        afterCommit: (effect) => void effects.push(effect),
      });
    },
    // A burst of requests waits for a connection instead of failing: 40 of 120 failed with Prisma's 2 s (architecture.md 3).
    { timeout: timeoutMs, maxWait: 10_000 },
  );
  // At once: with Redis away each would wait for its own time-out.
  await Promise.all(effects.map((effect) => runEffect(effect, request)));
  return result;
}

async function runEffect(effect: Effect, request: ScopeRequest): Promise<void> {
  try {
    await effect((work) => inTenant(request, work));
  } catch (error) {
    log.warn('scope.effectFailed', { error });
  }
}
