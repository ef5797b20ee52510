import { readdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { MigrationList } from '@prisma/schema-engine-wasm/schema_engine_bg';

export type Migration = { name: string; sql: string };

/** The migrations of a folder in their order: each a folder with a migration.sql. */
export async function readMigrations(dir: string): Promise<Migration[]> {
  const entries = await readdir(dir, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  const read = async (name: string) => ({ name, sql: await readFile(join(dir, name, 'migration.sql'), 'utf8') });
  return Promise.all(names.sort().map(read));
}

/** The same as the engine wants it. */
export const migrationList = (dir: string, migrations: Migration[]): MigrationList => ({
  baseDir: resolve(dir),
  lockfile: { path: 'migration_lock.toml', content: 'provider = "postgresql"\n' },
  shadowDbInitScript: '',
  migrationDirectories: migrations.map(({ name, sql }) => ({
    path: name,
    migrationFile: { path: 'migration.sql', content: { tag: 'ok', value: sql } },
  })),
});
