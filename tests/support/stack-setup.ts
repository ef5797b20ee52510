import { randomBytes } from 'node:crypto';
import path from 'node:path';
import type { TestProject } from 'vitest/node';
import {
  buildProduct,
  createDatabase,
  type Dovecot,
  freePort,
  type Instance,
  logsDir,
  migrate,
  newInstance,
  newPostgresPasswords,
  newSecrets,
  productEnvironment,
  startDovecot,
  startPostgres,
  startRedis,
  startSink,
  startWeb,
  startWorker,
} from '../../bin/support/servers.mjs';
import { startIssuer } from './issuer.ts';
import './provided.ts';

const database = 'madoguchi';

/** Before the end-to-end tests: all servers, two web processes of the built product and one worker. After: nothing left. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  await buildProduct();
  const instance = await newInstance();
  const { folder } = instance;
  const sink = await startSink({ folder: path.join(folder, 'sink'), password: 'pw' });
  const issuer = await startIssuer();
  const end = async () => {
    await instance.end();
    await Promise.all([sink.stop(), issuer.stop()]);
  };
  try {
    const dovecot = await startDovecot({ folder: path.join(folder, 'dovecot'), password: 'pw' });
    instance.track(dovecot.process);
    const ports = [await freePort(), await freePort()] as const;
    const env = { ...(await startData(instance)), ...issuer.env, APP_URL: `http://127.0.0.1:${ports[0]}` };
    await startProduct(instance, ports, env);
    project.provide('stack', {
      env,
      urls: [`http://127.0.0.1:${ports[0]}`, `http://127.0.0.1:${ports[1]}`],
      dovecot: addressOf(dovecot),
      sink: { smtpPort: sink.smtpPort, url: sink.url, password: 'pw' },
    });
  } catch (error) {
    await end();
    throw error;
  }
  return end;
}

async function startData({ folder, track }: Instance): Promise<Record<string, string>> {
  const passwords = newPostgresPasswords();
  const postgres = await startPostgres({ folder: path.join(folder, 'postgres'), passwords, careless: true });
  track(postgres.process);
  const password = randomBytes(18).toString('base64url');
  const redis = await startRedis({ folder: path.join(folder, 'redis'), password });
  track(redis.process);
  await createDatabase(postgres, database);
  await migrate(postgres.url('migrate', database));
  return productEnvironment({
    secrets: newSecrets(),
    databaseUrl: postgres.url('app', database),
    migrateDatabaseUrl: postgres.url('migrate', database),
    redisUrl: redis.url(),
    blobDir: path.join(folder, 'blobs'),
  });
}

async function startProduct({ track }: Instance, ports: readonly number[], env: Record<string, string>): Promise<void> {
  const log = (name: string) => path.join(logsDir, `e2e-${name}.log`);
  track(await startWorker({ env, logFile: log('worker') }));
  for (const [index, port] of ports.entries()) {
    const name = `web-${index + 1}`;
    track(await startWeb({ port, env, name, logFile: log(name) }));
  }
}

function addressOf({ folder, configFile, password, imapPort, lmtpPort, imapsPort }: Dovecot) {
  return { folder, configFile, password, imapPort, lmtpPort, imapsPort };
}
