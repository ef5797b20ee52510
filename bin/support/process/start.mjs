import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import path from 'node:path';
import { identityOf } from './identity.mjs';
import { tail } from './log.mjs';
import { tiedToUs } from './nobody.mjs';
import { stopRecorded } from './stop.mjs';

const running = new Set();

// A last resort for an exit that nobody awaited; the ordinary way is stop().
process.on('exit', () => {
  for (const started of running) signalQuietly(started.pid, started.stopSignal);
});

/**
 * Starts a program in its own process group (so that Ctrl-C reaches us alone and we decide the order), its output in logFile.
 * @param {{name: string, command: string, args?: string[], env?: object, cwd?: string, logFile: string,
 *   asNobody?: boolean, stopSignal?: string}} wanted
 * @returns a record {name, pid, identity, stopSignal, logFile, exited, hasExited(), stop(graceMs)}
 * @throws when the program can't be started at all
 */
export async function startProcess(wanted) {
  const { name, logFile, stopSignal = 'SIGTERM', cwd, env = process.env } = wanted;
  const [command, args] = tiedToUs(stopSignal, wanted.command, wanted.args ?? [], { nobody: wanted.asNobody });
  mkdirSync(path.dirname(logFile), { recursive: true });
  const log = openSync(logFile, 'a');
  const child = spawn(command, args, { cwd, env, detached: true, stdio: ['ignore', log, log] });
  closeSync(log);
  const exited = new Promise((resolve) => child.once('exit', (code, signal) => resolve({ code, signal })));
  await new Promise((resolve, reject) => {
    child.once('spawn', resolve);
    child.once('error', (error) => reject(new Error(`${name} did not start: ${error.message}`)));
  });
  return recordOf({ name, pid: child.pid, stopSignal, logFile, exited });
}

function recordOf({ name, pid, stopSignal, logFile, exited }) {
  let gone = null;
  const record = { name, pid, identity: identityOf(pid), stopSignal, logFile, exited };
  running.add(record);
  exited.then((how) => {
    gone = how;
    running.delete(record);
  });
  record.hasExited = () => gone;
  record.stop = async (graceMs) => {
    if (gone) return;
    await Promise.race([exited, stopRecorded(record, graceMs)]);
    await exited;
  };
  return record;
}

/**
 * Waits until `check` answers true (it may throw while the program isn't ready).
 * @throws with the end of the log when the program ends before that, or after timeoutMs
 */
export async function untilReady(started, check, timeoutMs = 30_000) {
  const deadline = Date.now() + timeoutMs;
  let lastError = '';
  while (Date.now() < deadline) {
    const gone = started.hasExited();
    if (gone) throw new Error(`${started.name} ended (${gone.signal ?? gone.code}):\n${tail(started.logFile)}`);
    try {
      if (await check()) return;
    } catch (error) {
      lastError = error.message;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  await started.stop();
  throw new Error(`${started.name} was not ready in ${timeoutMs / 1000} s. ${lastError}\n${tail(started.logFile)}`);
}

function signalQuietly(pid, signal) {
  try {
    process.kill(pid, signal);
  } catch {
    // Already gone.
  }
}
