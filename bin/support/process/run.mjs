import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import path from 'node:path';
import { tail } from './log.mjs';

const running = new Set();

// Who ends us, ends what we wait for.
process.on('exit', () => {
  for (const child of running) child.kill();
});

/**
 * Runs a program to its end, its output in logFile.
 * @param {{command: string, args?: string[], env?: object, cwd?: string, logFile: string, append?: boolean,
 *   timeoutMs?: number}} wanted
 * @returns {Promise<number>} its exit code; 1 when a signal ended it, as it does after timeoutMs
 */
export async function runToEnd(wanted) {
  const { command, args = [], env = process.env, cwd, logFile, append = false, timeoutMs } = wanted;
  mkdirSync(path.dirname(logFile), { recursive: true });
  const log = openSync(logFile, append ? 'a' : 'w');
  try {
    const child = spawn(command, args, { cwd, env, stdio: ['ignore', log, log], timeout: timeoutMs });
    running.add(child);
    return await new Promise((resolve, reject) => {
      child.once('exit', (code) => resolve(code ?? 1));
      child.once('error', reject);
    }).finally(() => running.delete(child));
  } finally {
    closeSync(log);
  }
}

/** Like runToEnd, but a failure is an error that shows the end of the log. */
export async function mustRun(name, wanted) {
  const code = await runToEnd(wanted);
  if (code !== 0) throw new Error(`${name} failed (${code}). The end of ${wanted.logFile}:\n${tail(wanted.logFile)}`);
}
