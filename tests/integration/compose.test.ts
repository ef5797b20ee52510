import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import {
  databaseStatements,
  node24,
  roleStatements,
  root,
  runToEnd,
  schemaStatements,
  startProcess,
  untilReady,
} from '../../bin/support/servers.mjs';
import { newDotEnv, readCompose } from '../support/compose.ts';
import { separateDatabase } from '../support/database.ts';

const { passwords, redis, postgresPort } = inject('servers');
const fileOf = (name: string) => readFileSync(path.join(root, name), 'utf8');

let database: Awaited<ReturnType<typeof separateDatabase>>;
let logs: string;
let compose: ReturnType<typeof readCompose>;

beforeAll(async () => {
  database = await separateDatabase('compose', { empty: true });
  logs = await mkdtemp(path.join(tmpdir(), 'compose-'));
  // Our test servers have passwords of their own; they take the place of those of .env.
  const { appPassword: APP_PASSWORD, migratePassword: MIGRATE_PASSWORD } = passwords;
  compose = readCompose({ ...newDotEnv(), APP_PASSWORD, MIGRATE_PASSWORD, REDIS_PASSWORD: redis.password });
});

afterAll(async () => {
  await database.drop();
  await rm(logs, { recursive: true });
});

/** The environment a container would get and nothing else, its host names and folders replaced by ours. */
function environmentOf(environment: Record<string, string>): NodeJS.ProcessEnv {
  const here = (value: string) =>
    value
      .replace('@postgres:5432/madoguchi', `@127.0.0.1:${postgresPort}/${database.name}`)
      .replace('@redis:6379/0', `@127.0.0.1:${redis.port}/63`)
      .replace('/data/blobs', path.join(logs, 'blobs'));
  const given = Object.entries(environment).map(([name, value]) => [name, here(String(value))]);
  return { PATH: process.env.PATH ?? '', NODE_ENV: 'production', ...Object.fromEntries(given) };
}

describe('docker-compose.yml', () => {
  it('is filled whole by the .env that new-env.mjs prints', () => {
    const { services } = readCompose(newDotEnv());
    expect(Object.keys(services)).toEqual(['postgres', 'redis', 'migrate', 'web', 'worker']);
    expect(() => readCompose({})).toThrow('docker-compose.yml needs');
  });

  it('runs only programs that the repository has and the image gets', () => {
    const copied = [...fileOf('Dockerfile').matchAll(/^COPY --from=build (.+) \S+$/gm)].flatMap((line) =>
      (line[1] ?? '').split(' ').map((name) => name.replace('/app/', '')),
    );
    for (const name of copied.filter((name) => name !== '.next'))
      expect(existsSync(path.join(root, name)), name).toBe(true);
    const { migrate, web, worker } = compose.services;
    for (const { command } of [migrate, web, worker]) {
      expect(command[0]).toBe('node');
      expect(existsSync(path.join(root, command[1] ?? '')), command[1]).toBe(true);
      expect(copied).toContain(command[1]?.split('/')[0]);
    }
    expect(fileOf('Dockerfile')).toContain(`CMD ${JSON.stringify(web.command).replaceAll(',', ', ')}`);
  });

  it('sets only settings that the product reads', () => {
    const known = fileOf('lib/env.ts');
    const { migrate, web, worker } = compose.services;
    const set = [migrate, web, worker].flatMap(({ environment }) => Object.keys(environment));
    for (const name of new Set(set)) {
      // Next.js itself reads this one.
      if (name !== 'NEXT_SERVER_ACTIONS_ENCRYPTION_KEY') expect(known, name).toContain(`'${name}'`);
    }
    expect(worker.environment).toEqual(web.environment);
  });

  it('keeps data in volumes, waits for health, and runs PostgreSQL 18 and Redis as production needs them', () => {
    const { postgres, redis: queue, migrate, web, worker } = compose.services;
    expect(postgres.image).toBe('postgres:18');
    expect(queue.command.join(' ')).toContain('--appendonly yes --maxmemory-policy noeviction');
    const volumes = Object.values(compose.services).flatMap((service) => service.volumes ?? []);
    const named = volumes.map((volume) => volume.split(':')[0] ?? '').filter((name) => !name.startsWith('.'));
    expect(new Set(named)).toEqual(new Set(Object.keys(compose.volumes)));
    expect(migrate.depends_on?.postgres?.condition).toBe('service_healthy');
    for (const service of [web, worker]) {
      expect(service.depends_on?.migrate?.condition).toBe('service_completed_successfully');
    }
    for (const service of [postgres, queue, web]) expect(service.healthcheck?.test[0]).toBe('CMD');
  });

  it('makes the same roles as bin/demo', () => {
    const ours = [
      ...roleStatements({ migratePassword: 'M', appPassword: 'A' }),
      ...databaseStatements('madoguchi'),
      ...schemaStatements,
    ];
    const script = fileOf('bin/docker/create-roles.sh')
      .replace(":'migrate_password'", "'M'")
      .replace(":'app_password'", "'A'");
    const theirs = script.split('\n').filter((line) => line.endsWith(';'));
    expect(theirs.map((line) => line.slice(0, -1))).toEqual(ours);
  });
});

describe('the services of docker-compose.yml as processes', () => {
  it('migrate an empty database and end', async () => {
    const { migrate } = compose.services;
    const logFile = path.join(logs, 'migrate.log');
    const env = environmentOf(migrate.environment);
    const code = await runToEnd({ command: node24(), args: migrate.command.slice(1), cwd: root, env, logFile });
    expect(readFileSync(logFile, 'utf8')).not.toContain('rror');
    expect(code).toBe(0);
  });

  it('start a worker that works until it is asked to end', async () => {
    const { command, environment } = compose.services.worker;
    const worker = await startProcess({
      name: 'worker',
      command: node24(),
      args: command.slice(1),
      cwd: root,
      env: environmentOf(environment),
      logFile: path.join(logs, 'worker.log'),
    });
    await untilReady(worker, () => readFileSync(worker.logFile, 'utf8').includes('worker.started'));
    await worker.stop(15_000);
    expect(worker.hasExited(), readFileSync(worker.logFile, 'utf8')).toEqual({ code: 0, signal: null });
  });
});
