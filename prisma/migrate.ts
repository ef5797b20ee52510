import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { env } from '#lib/env.ts';
import { type Failure, scriptAdapter } from '#prisma/migrate/adapter.ts';
import { schemaEngine } from '#prisma/migrate/engine.ts';
import { migrationList, readMigrations } from '#prisma/migrate/list.ts';
import { roleProblem } from '#prisma/migrate/roles.ts';
import { settleUnfinished } from '#prisma/migrate/unfinished.ts';

// Any number will do as long as nobody else takes it.
const LOCK = 7_707_109;

/** A sentence for the administrator; nothing more needs to be shown. */
export class MigrationError extends Error {}

/**
 * Applies the migrations of a folder that this database doesn't have yet, each as one transaction. Runs at the same time
 * wait for each other. Needs the roles of architecture.md 3.
 * @returns the names of those applied now
 * @throws MigrationError with one sentence; a failed migration left nothing and may be corrected and run again
 */
export async function migrate({ url, dir }: { url: string; dir: string }): Promise<string[]> {
  const client = new pg.Client({ connectionString: url, application_name: 'madoguchi-migrate' });
  await client.connect().catch((error) => {
    throw new MigrationError(`PostgreSQL at MIGRATE_DATABASE_URL doesn't let us in: ${error.message || error.code}.`);
  });
  try {
    const problem = await roleProblem(client);
    if (problem) throw new MigrationError(problem);
    return await underLock(url, () => applyAll(client, url, dir));
  } finally {
    await client.end();
  }
}

// On a connection of its own: the lock goes with the process, however that ends. A transaction's lock, because a
// session's one gets lost behind PgBouncer; the transaction itself does nothing.
async function underLock<T>(url: string, work: () => Promise<T>): Promise<T> {
  const holder = new pg.Client({ connectionString: url, application_name: 'madoguchi-migrate-lock' });
  await holder.connect();
  try {
    await holder.query('BEGIN');
    await holder.query('SET LOCAL idle_in_transaction_session_timeout = 0');
    await holder.query('SELECT pg_advisory_xact_lock($1)::text', [LOCK]);
    return await work();
  } finally {
    await holder.end();
  }
}

async function applyAll(client: pg.Client, url: string, dir: string): Promise<string[]> {
  const migrations = await readMigrations(dir);
  const adapter = scriptAdapter(url, migrations);
  try {
    await settleUnfinished(client);
    const engine = await schemaEngine(adapter.factory);
    const { appliedMigrationNames } = await engine.applyMigrations({
      migrationsList: migrationList(dir, migrations),
      filters: { externalTables: [], externalEnums: [] },
    });
    return appliedMigrationNames;
  } catch (error) {
    await settleUnfinished(client);
    const failure = adapter.failure();
    throw failure
      ? new MigrationError(sentence(failure, migrations.find(({ name }) => name === failure.name)?.sql))
      : error;
  } finally {
    await adapter.end();
  }
}

function sentence({ name, error }: Failure, sql = ''): string {
  const position = Number((error as pg.DatabaseError).position ?? 0);
  const line = position > 0 ? ` (line ${sql.slice(0, position).split('\n').length})` : '';
  return `The migration ${name} failed and left nothing behind: ${error.message}${line}.`;
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { dir: { type: 'string', default: 'prisma/migrations' } } });
  const applied = await migrate({ url: env.migrateDatabaseUrl, dir: values.dir });
  for (const name of applied) console.log(`Applied ${name}`);
  if (applied.length === 0) console.log('The database is up to date.');
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  let code = 0;
  await main().catch((error: Error) => {
    console.error(
      error instanceof MigrationError || /environment variable/.test(error.message) ? error.message : error,
    );
    code = 1;
  });
  // A timer inside the schema engine would keep the process alive for ten seconds more.
  process.exit(code);
}
