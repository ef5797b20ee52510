import { mkdirSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { logsDir } from './paths.mjs';
import { freePort } from './ports.mjs';
import { giveToNobody } from './process/nobody.mjs';
import { startProcess, untilReady } from './process/start.mjs';
import { which } from './process/which.mjs';

/** redis-server or valkey-server; undefined when neither is installed. */
export const redisProgram = () => which('redis-server', 'valkey-server');

/**
 * Starts Redis on 127.0.0.1 with an append-only file and no eviction, as in production.
 * @param {{folder: string, password: string, port?: number, logFile?: string}} wanted
 * @returns {{port: number, process: object, url(database?: number): string}}
 */
export async function startRedis({ folder, password, port: preferred, logFile = path.join(logsDir, 'redis.log') }) {
  const port = await freePort(preferred);
  const config = path.join(folder, 'redis.conf');
  mkdirSync(folder, { recursive: true, mode: 0o755 });
  writeFileSync(config, configuration({ folder, password, port }), { mode: 0o600 });
  giveToNobody(folder);
  const command = redisProgram();
  if (!command) throw new Error('Neither redis-server nor valkey-server is installed.');
  const started = await startProcess({
    name: 'redis',
    command,
    args: [config],
    cwd: folder,
    logFile,
    asNobody: true,
  });
  await untilReady(started, () => ping(port, password));
  return { port, process: started, url: (database) => redisUrl({ port, password }, database) };
}

/** The address of one of the server's databases. */
export const redisUrl = ({ port, password }, database = 0) => `redis://:${password}@127.0.0.1:${port}/${database}`;

function configuration({ folder, password, port }) {
  return [
    'bind 127.0.0.1',
    `port ${port}`,
    `dir "${folder}"`,
    `requirepass ${password}`,
    'databases 64',
    'appendonly yes',
    'maxmemory-policy noeviction',
    'save ""',
    'daemonize no',
    '',
  ].join('\n');
}

// Redis reads its file before it answers ("LOADING"), so an open port isn't enough.
function ping(port, password) {
  return new Promise((resolve) => {
    const socket = net.connect(port, '127.0.0.1');
    socket.setTimeout(1_000, () => socket.destroy());
    socket.once('error', () => resolve(false));
    socket.once('close', () => resolve(false));
    socket.on('data', (chunk) => {
      if (!chunk.includes('PONG')) return;
      resolve(true);
      socket.destroy();
    });
    socket.write(`AUTH ${password}\r\nPING\r\n`);
  });
}
