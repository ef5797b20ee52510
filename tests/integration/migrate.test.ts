import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { roleProblem } from '#prisma/migrate/roles.ts';
import { migrate } from '#prisma/migrate.ts';
import { databaseUrl, separateDatabase } from '../support/database.ts';

const TABLE = 'CREATE TABLE first (id int PRIMARY KEY);\nINSERT INTO first VALUES (1);\n';
const FUNCTION = `-- a comment with ; in it
CREATE FUNCTION twice(n int) RETURNS int LANGUAGE plpgsql AS $$
BEGIN
  n := n * 2;
  RETURN n;
END $$;
DO $$ BEGIN PERFORM twice(2); PERFORM twice(3); END $$;
-- and one at the end;`;
const BROKEN = 'CREATE TABLE second (id int);\nINSERT INTO second VALUES (1);\nINSERT INTO second VALUES (1 / 0);\n';
const MISSPELT = 'CREATE TABLE second (id int);\nCREATE TABEL third (id int);\n';

let dir: string;
let database: Awaited<ReturnType<typeof separateDatabase>>;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'migrations-'));
  database = await separateDatabase('migrate', { empty: true });
});

afterEach(async () => {
  await database.drop();
  await rm(dir, { recursive: true });
});

async function write(name: string, sql: string): Promise<void> {
  await mkdir(join(dir, name), { recursive: true });
  await writeFile(join(dir, name, 'migration.sql'), sql);
}

const run = () => migrate({ url: databaseUrl('migrate', database.name), dir });

async function ask(sql: string, role: 'migrate' | 'postgres' = 'migrate'): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: databaseUrl(role, database.name) });
  await client.connect();
  const { rows } = await client.query({ text: sql, rowMode: 'array' }).finally(() => client.end());
  return rows.flat();
}

describe('migrate', () => {
  it('applies functions and comments that hold a semicolon, once', async () => {
    await write('1_table', TABLE);
    await write('2_function', FUNCTION);
    expect(await run()).toEqual(['1_table', '2_function']);
    expect(await run()).toEqual([]);
    expect(await ask('SELECT twice(21)')).toEqual([42]);
    expect(await ask(`SELECT tableowner::text FROM pg_tables WHERE tablename = 'first'`)).toEqual(['mg_owner']);
    expect(await ask('SELECT count(*)::int FROM _prisma_migrations WHERE finished_at IS NOT NULL')).toEqual([2]);
  });

  it.each([
    ['at run time', BROKEN, /^The migration 2_second failed and left nothing behind: division by zero/],
    ['by its spelling', MISSPELT, /syntax error at or near "TABEL" \(line 2\)/],
  ])('leaves nothing of a migration that fails %s, and applies it once corrected', async (_how, sql, message) => {
    await write('1_table', TABLE);
    await write('2_second', sql);
    await expect(run()).rejects.toThrow(message);
    expect(await ask(`SELECT to_regclass('second') IS NULL`)).toEqual([true]);
    expect(await ask('SELECT migration_name FROM _prisma_migrations')).toEqual(['1_table']);
    await expect(run()).rejects.toThrow(message);
    await write('2_second', 'CREATE TABLE second (id int);');
    expect(await run()).toEqual(['2_second']);
  });

  it('lets one of several runs at once do the work', async () => {
    await write('1_table', `${TABLE} SELECT pg_sleep(0.3);`);
    const applied = await Promise.all([run(), run(), run()]);
    expect(applied.flat()).toEqual(['1_table']);
  });

  it('goes on after a kill, whether it came before or after the commit', async () => {
    await write('1_table', TABLE);
    await run();
    await ask('UPDATE _prisma_migrations SET finished_at = NULL');
    expect(await run()).toEqual([]);
    await ask('UPDATE _prisma_migrations SET finished_at = NULL, logs = NULL');
    await ask('DROP TABLE first');
    expect(await run()).toEqual(['1_table']);
  });

  it('refuses a connection that does not act as mg_owner', async () => {
    await write('1_table', TABLE);
    const wrong = migrate({ url: databaseUrl('postgres', database.name), dir });
    await expect(wrong).rejects.toThrow('MIGRATE_DATABASE_URL must act as mg_owner');
  });

  it('says in a sentence when nobody answers', async () => {
    const wrong = migrate({ url: 'postgresql://migrate:x@127.0.0.1:1/none', dir });
    await expect(wrong).rejects.toThrow("PostgreSQL at MIGRATE_DATABASE_URL doesn't let us in");
  });
});

describe('roleProblem', () => {
  // Roles belong to the whole server: each change is seen by this transaction alone and rolled back.
  it.each([
    ['ALTER ROLE app RENAME TO somebody', 'The role app is missing'],
    ['ALTER ROLE migrate RENAME TO somebody', 'The role migrate is missing'],
    ['ALTER ROLE app SUPERUSER', 'must not be a superuser'],
    ['ALTER ROLE app BYPASSRLS', 'must not have BYPASSRLS'],
    ['GRANT mg_owner TO app', 'must not be a member of mg_owner'],
  ])('names what is wrong after %s', async (statement, sentence) => {
    const client = new pg.Client({ connectionString: databaseUrl('postgres', database.name) });
    await client.connect();
    try {
      await client.query('BEGIN');
      await client.query(statement);
      expect(await roleProblem(client)).toContain(sentence);
    } finally {
      await client.query('ROLLBACK');
      await client.end();
    }
  });
});
