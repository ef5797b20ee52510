import path from 'node:path';
import { inject } from 'vitest';
import {
  copyDatabase,
  createDatabase,
  databaseExists,
  dropDatabase,
  postgresUrls,
  productEnvironment,
  redisUrl,
} from '../../bin/support/servers.mjs';
import { templateDatabase } from './provided.ts';

/**
 * A Vitest set-up file: gives this worker its own copy of the migrated database, its own Redis database and blob folder,
 * and says so in process.env before product code is imported. One worker's test files share the copy one after another,
 * so a test makes its own tenants and never counts on an empty table.
 */
const { postgresPort, passwords, redis, secrets, folder } = inject('servers');
const worker = Number(process.env.VITEST_POOL_ID);
const server = { url: postgresUrls(postgresPort, passwords) };

/** The name of this worker's database. */
export const databaseName = `t_${worker}`;

if (!(await databaseExists(server, databaseName))) await copyDatabase(server, templateDatabase, databaseName);

Object.assign(
  process.env,
  productEnvironment({
    secrets,
    databaseUrl: server.url('app', databaseName),
    migrateDatabaseUrl: server.url('migrate', databaseName),
    redisUrl: redisUrl(redis, worker),
    blobDir: path.join(folder, `blobs-${worker}`),
  }),
  { LOG_LEVEL: process.env.LOG_LEVEL ?? 'error' },
);

/** The address of this worker's database (or another of the same server) as one of the three real roles, or the superuser. */
export function databaseUrl(role: 'app' | 'migrate' | 'postgres', database = databaseName): string {
  return server.url(role, database);
}

/**
 * A fresh copy of the migrated database (or an empty one with the roles' grants) for a test that must not share.
 * @returns its name and what removes it
 */
export async function separateDatabase(
  name: string,
  { empty = false } = {},
): Promise<{ name: string; drop: () => Promise<void> }> {
  const own = `${databaseName}_${name}`;
  await dropDatabase(server, own);
  if (empty) await createDatabase(server, own);
  else await copyDatabase(server, templateDatabase, own);
  return { name: own, drop: () => dropDatabase(server, own) };
}
