import path from 'node:path';
import { migrate } from '../migrate.mjs';
import { logsDir } from '../paths.mjs';
import { freePort } from '../ports.mjs';
import { startWeb, startWorker } from '../product.mjs';
import { productEnvironment } from '../product-env.mjs';
import { step } from '../progress.mjs';
import { buildProduct } from '../setup/build.mjs';
import { generateClient } from '../setup/npm.mjs';
import { demoDataDir } from './folders.mjs';
import { databaseKey } from './own-servers.mjs';
import { seedOnce } from './seed.mjs';
import { startServers } from './servers.mjs';
import { writeState } from './state.mjs';

/**
 * Everything after the installation: servers, migrations, build, seed, product.
 * @returns {Promise<{url: string, sinkUrl: string, password: string}>}
 */
export async function startDemo({ state, crew, own }) {
  const servers = await step('Starting the servers', () => startServers({ state, crew, own }));
  await generateClient();
  await step('Migrating the database', () => migrate(servers.migrateDatabaseUrl));
  const port = await freePort(state.ports.web);
  const env = demoEnvironment(state, servers, port);
  await Promise.all([
    buildProduct(),
    seedOnce({ state, key: databaseKey(own), env: seedEnvironment(env, state, servers) }),
  ]);
  await step('Starting web and worker', async () => {
    crew.add(await startWorker({ env, logFile: path.join(logsDir, 'demo-worker.log') }));
    crew.add(await startWeb({ port, env, logFile: path.join(logsDir, 'demo-web.log') }));
  });
  state.ports.web = port;
  state.url = env.APP_URL;
  writeState(state);
  return { url: env.APP_URL, sinkUrl: servers.sink.url, password: state.passwords.people };
}

function demoEnvironment(state, servers, port) {
  return productEnvironment({
    secrets: state.secrets,
    databaseUrl: servers.databaseUrl,
    migrateDatabaseUrl: servers.migrateDatabaseUrl,
    redisUrl: servers.redisUrl,
    blobDir: path.join(demoDataDir, 'blobs'),
    appUrl: `http://127.0.0.1:${port}`,
  });
}

function seedEnvironment(env, state, { dovecot, sink }) {
  return {
    ...env,
    DEMO_IMAP_HOST: '127.0.0.1',
    DEMO_IMAP_PORT: String(dovecot.imapPort),
    DEMO_SMTP_HOST: '127.0.0.1',
    DEMO_SMTP_PORT: String(sink.smtpPort),
    DEMO_MAIL_PASSWORD: state.passwords.mail,
    DEMO_PASSWORD: state.passwords.people,
  };
}
