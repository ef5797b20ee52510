import { PrismaPg } from '@prisma/adapter-pg';
import type { SqlMigrationAwareDriverAdapterFactory } from '@prisma/driver-adapter-utils';
import pg from 'pg';
import type { Migration } from '#prisma/migrate/list.ts';
import { COMMITTED } from '#prisma/migrate/unfinished.ts';

/** What went wrong in which migration: the engine's own error no longer says it in one sentence. */
export type Failure = { name: string; error: pg.DatabaseError | Error };

export type ScriptAdapter = {
  factory: SqlMigrationAwareDriverAdapterFactory;
  failure: () => Failure | undefined;
  end: () => Promise<void>;
};

/**
 * Prisma's adapter, but a script is sent whole: PostgreSQL then runs it as one transaction and functions may hold `;`
 * (the adapter's own splits at each one). The last statement of each migration notes in the same transaction that it
 * stands, so that a kill between its commit and the engine's note is told from one before.
 */
export function scriptAdapter(url: string, migrations: Migration[]): ScriptAdapter {
  const pool = new pg.Pool({ connectionString: url, max: 1 });
  // A connection that breaks while idle: the next query says so.
  pool.on('error', () => {});
  const names = new Map(migrations.map(({ name, sql }) => [sql, name]));
  let failure: Failure | undefined;
  const factory = new PrismaPg(pool);
  const connect = factory.connect.bind(factory);
  factory.connect = async () => {
    const connection = await connect();
    connection.executeScript = async (sql: string) => {
      const name = names.get(sql);
      await pool.query(name ? `${sql}\n;\n${noteCommitted(name)}` : sql).catch((error) => {
        if (name) failure = { name, error };
        throw error;
      });
    };
    return connection;
  };
  return { factory, failure: () => failure, end: () => pool.end() };
}

const noteCommitted = (name: string): string =>
  `UPDATE public._prisma_migrations SET logs = ${pg.escapeLiteral(COMMITTED)}
   WHERE migration_name = ${pg.escapeLiteral(name)} AND finished_at IS NULL AND rolled_back_at IS NULL`;
