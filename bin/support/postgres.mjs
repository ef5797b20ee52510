import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import path from 'node:path';
import { logsDir } from './paths.mjs';
import { freePort } from './ports.mjs';
import { postgresBinaries } from './postgres/binaries.mjs';
import { clusterExists, initialiseCluster } from './postgres/cluster.mjs';
import { createRoles, runStatements } from './postgres/database.mjs';
import { removeDeadPidFile } from './process/pid-file.mjs';
import { startProcess, untilReady } from './process/start.mjs';

/** New random passwords of the superuser and the two roles that log in. */
export function newPostgresPasswords() {
  const password = () => randomBytes(18).toString('base64url');
  return { superuserPassword: password(), migratePassword: password(), appPassword: password() };
}

/**
 * Starts PostgreSQL on 127.0.0.1, making the cluster and the roles the first time.
 * @param {{folder: string, passwords: object, port?: number, careless?: boolean, settings?: object, logFile?: string}}
 *   wanted careless: no fsync, for tests only; settings: further ones, as in postgresql.conf
 * @returns {{port: number, process: object, passwords: object, url(role: 'postgres'|'migrate'|'app', database: string): string}}
 */
export async function startPostgres(wanted) {
  const { folder, passwords, careless = false, settings = {}, logFile = path.join(logsDir, 'postgres.log') } = wanted;
  const binaries = postgresBinaries();
  const isNew = !clusterExists(folder);
  if (isNew) {
    rmSync(folder, { recursive: true, force: true });
    await initialiseCluster({ binaries, folder, superuserPassword: passwords.superuserPassword, logFile });
  }
  removeDeadPidFile(path.join(folder, 'data/postmaster.pid'));
  const port = await freePort(wanted.port);
  const server = { port, passwords, url: postgresUrls(port, passwords) };
  server.process = await startProcess({
    name: 'postgres',
    command: path.join(binaries, 'bin/postgres'),
    args: ['-D', path.join(folder, 'data'), ...settingsOf(port, careless, settings)],
    cwd: folder,
    logFile,
    asNobody: true,
    stopSignal: 'SIGINT', // "fast": SIGTERM would wait for the last client to leave
  });
  await untilReady(server.process, () => runStatements(server.url('postgres', 'postgres'), ['SELECT 1']));
  await createRolesOnce(server);
  return server;
}

function settingsOf(port, careless, more) {
  const wanted = {
    port,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: 200,
    shared_buffers: '256MB',
    timezone: 'UTC',
    ...(careless ? { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' } : {}),
    ...more,
  };
  return Object.entries(wanted).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

// A start that ended between initdb and here left a cluster without roles.
async function createRolesOnce(server) {
  const found = await runStatements(server.url('postgres', 'postgres'), [
    "SELECT 1 FROM pg_roles WHERE rolname = 'app'",
  ]);
  if (found.rowCount === 0) await createRoles(server);
}

/** Addresses of a server's databases by role. */
export function postgresUrls(port, { superuserPassword, migratePassword, appPassword }) {
  const password = { postgres: superuserPassword, migrate: migratePassword, app: appPassword };
  return (role, database) => `postgresql://${role}:${password[role]}@127.0.0.1:${port}/${database}`;
}
