import { type PostgresAddress, runStatements } from '../../../bin/support/servers.mjs';

export type Statement = { calls: number; ms: number; rows: number; query: string };

/** Begins to count anew. */
export async function forgetStatements(postgres: PostgresAddress): Promise<void> {
  await runStatements(postgres.url('postgres', 'postgres'), ['SELECT pg_stat_statements_reset()']);
}

/**
 * Every statement that role app has sent to this database since then, by PostgreSQL's own count: BEGIN, COMMIT and
 * set_config are statements like others; what a function runs inside is none. One statement is one round trip.
 */
export async function countStatements(postgres: PostgresAddress, database: string): Promise<Statement[]> {
  const { rows } = await runStatements(postgres.url('postgres', 'postgres'), [
    `SELECT s.calls::float8 AS calls, s.total_exec_time AS ms, s.rows::float8 AS rows, s.query
     FROM pg_stat_statements s JOIN pg_roles r ON r.oid = s.userid JOIN pg_database d ON d.oid = s.dbid
     WHERE r.rolname = 'app' AND d.datname = '${database}' ORDER BY s.total_exec_time DESC`,
  ]);
  return rows as Statement[];
}

export const callsOf = (statements: readonly Statement[]): number => statements.reduce((sum, s) => sum + s.calls, 0);
