import type pg from 'pg';

/** What a migration's own transaction writes into the log of its row. */
export const COMMITTED = 'committed';

/**
 * Settles what a failed or killed run left in _prisma_migrations, where the engine would refuse to go on: a migration
 * whose transaction stands is finished, any other was rolled back by PostgreSQL whole and is forgotten, so that it runs
 * again (perhaps corrected).
 */
export async function settleUnfinished(client: pg.Client): Promise<void> {
  const { rows } = await client.query(`SELECT to_regclass('public._prisma_migrations') IS NOT NULL AS present`);
  if (!rows[0].present) return;
  await client.query(
    `UPDATE public._prisma_migrations SET finished_at = now(), applied_steps_count = 1
     WHERE finished_at IS NULL AND rolled_back_at IS NULL AND logs = $1`,
    [COMMITTED],
  );
  await client.query(`DELETE FROM public._prisma_migrations WHERE finished_at IS NULL AND rolled_back_at IS NULL`);
}
