import path from 'node:path';
import { startDovecot } from '../dovecot.mjs';
import { logsDir } from '../paths.mjs';
import { createDatabase, databaseExists } from '../postgres/database.mjs';
import { startPostgres } from '../postgres.mjs';
import { startRedis } from '../redis.mjs';
import { demoDataDir, demoServersDir } from './folders.mjs';
import { startSinkProcess } from './sink-process.mjs';
import { writeState } from './state.mjs';

const database = 'madoguchi';

/**
 * Starts the demo's servers at once, except those the person brings, on the ports of last time where these are free.
 * @returns {Promise<{databaseUrl: string, migrateDatabaseUrl: string, redisUrl: string, dovecot: object, sink: object}>}
 */
export async function startServers({ state, crew, own }) {
  const [urls, redisUrl, dovecot, sink] = await Promise.all([
    own.database ?? postgres(state, crew),
    own.redisUrl ?? redis(state, crew),
    mailServer(state, crew),
    startSinkProcess({ state, crew, folder: path.join(demoDataDir, 'sink') }),
  ]);
  writeState(state);
  return { ...urls, redisUrl, dovecot, sink };
}

async function postgres(state, crew) {
  const server = await startPostgres({
    folder: path.join(demoServersDir(), 'postgres'),
    passwords: state.passwords.postgres,
    port: state.ports.postgres,
    logFile: logOf('postgres'),
  });
  crew.add(server.process);
  state.ports.postgres = server.port;
  if (!(await databaseExists(server, database))) await createDatabase(server, database);
  return { databaseUrl: server.url('app', database), migrateDatabaseUrl: server.url('migrate', database) };
}

async function redis(state, crew) {
  const server = await startRedis({
    folder: path.join(demoServersDir(), 'redis'),
    password: state.passwords.redis,
    port: state.ports.redis,
    logFile: logOf('redis'),
  });
  crew.add(server.process);
  state.ports.redis = server.port;
  return server.url();
}

async function mailServer(state, crew) {
  const server = await startDovecot({
    folder: path.join(demoServersDir(), 'dovecot'),
    password: state.passwords.mail,
    ports: { imap: state.ports.imap, lmtp: state.ports.lmtp },
    logFile: logOf('dovecot'),
  });
  crew.add(server.process);
  Object.assign(state.ports, { imap: server.imapPort, lmtp: server.lmtpPort });
  return server;
}

const logOf = (name) => path.join(logsDir, `demo-${name}.log`);
