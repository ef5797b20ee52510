import { randomBytes } from 'node:crypto';
import path from 'node:path';
import type { TestProject } from 'vitest/node';
import {
  createDatabase,
  type Instance,
  migrate,
  newInstance,
  newPostgresPasswords,
  newSecrets,
  startPostgres,
  startRedis,
} from '../../bin/support/servers.mjs';
import { templateDatabase } from './provided.ts';

/** Before the suite: PostgreSQL with the real roles and a migrated template database, and Redis. After it: nothing left. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const instance = await newInstance();
  try {
    const { folder } = instance;
    const redisPassword = randomBytes(18).toString('base64url');
    const [postgresPort, passwords, redisPort] = await startServers(instance, redisPassword);
    const redis = { port: redisPort, password: redisPassword };
    project.provide('servers', { postgresPort, passwords, redis, secrets: newSecrets(), folder });
  } catch (error) {
    await instance.end();
    throw error;
  }
  return () => instance.end();
}

async function startServers({ folder, track }: Instance, redisPassword: string) {
  const passwords = newPostgresPasswords();
  const log = (name: string) => path.join(folder, `${name}.log`);
  const postgres = await startPostgres({
    folder: path.join(folder, 'postgres'),
    passwords,
    careless: true,
    logFile: log('postgres'),
  });
  track(postgres.process);
  const redis = await startRedis({
    folder: path.join(folder, 'redis'),
    password: redisPassword,
    logFile: log('redis'),
  });
  track(redis.process);
  await createDatabase(postgres, templateDatabase);
  await migrate(postgres.url('migrate', templateDatabase), log('migrate'));
  return [postgres.port, passwords, redis.port] as const;
}
