import { randomBytes } from 'node:crypto';
import path from 'node:path';
import {
  copyDatabase,
  createDatabase,
  type Dovecot,
  migrate,
  newInstance,
  newPostgresPasswords,
  newSecrets,
  type Postgres,
  productEnvironment,
  type Redis,
  runStatements,
  startDovecot,
  startPostgres,
  startRedis,
} from '../../../bin/support/servers.mjs';

const TEMPLATE = 'template_bench';

export type Servers = {
  folder: string;
  postgres: Postgres;
  dovecot: Dovecot;
  /** A fresh, migrated database with the product's settings for it; the name is also that of its blob folder. */
  world: (name: string) => Promise<{ env: Record<string, string>; database: string }>;
  end: () => Promise<void>;
};

/**
 * The servers of one run, as an installation has them: PostgreSQL with the real roles and with fsync, Redis, Dovecot.
 * pg_stat_statements counts what the worker sends.
 */
export async function startServers(): Promise<Servers> {
  const instance = await newInstance();
  const { folder } = instance;
  const log = (name: string) => path.join(folder, `${name}.log`);
  try {
    const settings = { shared_preload_libraries: 'pg_stat_statements', 'pg_stat_statements.max': '10000' };
    const passwords = newPostgresPasswords();
    const at = path.join(folder, 'postgres');
    const postgres = await startPostgres({ folder: at, passwords, settings, logFile: log('postgres') });
    instance.track(postgres.process);
    const password = randomBytes(18).toString('base64url');
    const redis = await startRedis({ folder: path.join(folder, 'redis'), password, logFile: log('redis') });
    instance.track(redis.process);
    const dovecot = await startDovecot({
      folder: path.join(folder, 'dovecot'),
      password: 'pw',
      logFile: log('dovecot'),
    });
    instance.track(dovecot.process);
    await runStatements(postgres.url('postgres', 'postgres'), ['CREATE EXTENSION pg_stat_statements']);
    await createDatabase(postgres, TEMPLATE);
    await migrate(postgres.url('migrate', TEMPLATE), log('migrate'));
    return { folder, postgres, dovecot, world: worldsOf(folder, postgres, redis), end: () => instance.end() };
  } catch (error) {
    await instance.end();
    throw error;
  }
}

function worldsOf(folder: string, postgres: Postgres, redis: Redis): Servers['world'] {
  const secrets = newSecrets();
  let worlds = 0;
  return async (name) => {
    const database = `bench_${name}`;
    await copyDatabase(postgres, TEMPLATE, database);
    worlds += 1;
    const env = productEnvironment({
      secrets,
      databaseUrl: postgres.url('app', database),
      migrateDatabaseUrl: postgres.url('migrate', database),
      redisUrl: redis.url(worlds),
      blobDir: path.join(folder, `blobs-${name}`),
    });
    return { env, database };
  };
}
