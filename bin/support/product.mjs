import path from 'node:path';
import { node24, npmEnvironment } from './node24.mjs';
import { logsDir, root } from './paths.mjs';
import { startProcess, untilReady } from './process/start.mjs';

/**
 * Starts a web process of the built product and waits until it says that it's healthy.
 * @param {{port: number, env: object, name?: string, logFile?: string}} wanted
 */
export async function startWeb({ port, env, name = 'web', logFile = path.join(logsDir, `${name}.log`) }) {
  const started = await startProcess({
    name,
    command: node24(),
    args: ['node_modules/next/dist/bin/next', 'start', '-H', '127.0.0.1', '-p', String(port)],
    cwd: root,
    env: npmEnvironment({ ...env, NODE_ENV: 'production', PORT: String(port) }),
    logFile,
  });
  await untilReady(started, () => isHealthy(port), 60_000);
  return started;
}

/** True when the web process at this port answers its health check. */
export async function isHealthy(port) {
  const answer = await fetch(`http://127.0.0.1:${port}/api/health`, { signal: AbortSignal.timeout(5_000) });
  return answer.ok;
}

/** Starts a worker process. It needs no build; `env` may hold MG_FAILPOINT. */
export function startWorker({ env, name = 'worker', logFile = path.join(logsDir, `${name}.log`) }) {
  return startProcess({
    name,
    command: node24(),
    args: ['workers/main.ts'],
    cwd: root,
    env: npmEnvironment({ ...env, NODE_ENV: 'production' }),
    logFile,
  });
}
