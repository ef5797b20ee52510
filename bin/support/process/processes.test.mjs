import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { identityOf, stillRuns } from './identity.mjs';
import { removeDeadPidFile } from './pid-file.mjs';
import { startProcess, untilReady } from './start.mjs';
import { stopRecorded } from './stop.mjs';

const folder = mkdtempSync(path.join(tmpdir(), 'process-'));
afterAll(() => rmSync(folder, { recursive: true }));

const node = (program) =>
  startProcess({
    name: 'test',
    command: process.execPath,
    args: ['-e', program],
    logFile: path.join(folder, `${Math.random()}.log`),
  });

describe('a process we started', () => {
  it('is stopped by its record alone', async () => {
    const started = await node('setInterval(() => {}, 1000)');
    const { pid, identity } = started;
    expect(stillRuns({ pid, identity })).toBe(true);
    await stopRecorded({ pid, identity });
    expect(stillRuns({ pid, identity })).toBe(false);
  });

  it('is killed when it does not listen', async () => {
    const started = await node('process.on("SIGTERM", () => {}); console.log("deaf"); setInterval(() => {}, 1000)');
    await untilReady(started, async () => (await import('./log.mjs')).tail(started.logFile).includes('deaf'));
    await started.stop(200);
    expect(started.hasExited()).toEqual({ code: null, signal: 'SIGKILL' });
  });

  it('is left alone when its number belongs to another by now', async () => {
    const started = await node('setInterval(() => {}, 1000)');
    await stopRecorded({ pid: started.pid, identity: 'long ago' });
    expect(started.hasExited()).toBeNull();
    await started.stop();
  });

  it('that ends before it is ready is reported with its last words', async () => {
    const started = await node('console.error("no such port"); process.exit(3)');
    await expect(untilReady(started, () => false)).rejects.toThrow(/test ended \(3\):\nno such port/);
  });

  it('that can not be started at all is an error', async () => {
    const wanted = {
      name: 'nothing',
      command: path.join(folder, 'nothing'),
      logFile: path.join(folder, 'nothing.log'),
    };
    const failing = startProcess(wanted).then((started) => untilReady(started, () => false));
    await expect(failing).rejects.toThrow('nothing');
  });
});

describe('a pid file', () => {
  it('goes when its process is gone, and stays while it runs', async () => {
    const file = path.join(folder, 'pid');
    writeFileSync(file, `${process.pid}\n`);
    removeDeadPidFile(file);
    expect(existsSync(file)).toBe(true);
    const started = await node('');
    await started.exited;
    expect(identityOf(started.pid)).toBeNull();
    writeFileSync(file, String(started.pid));
    removeDeadPidFile(file);
    expect(existsSync(file)).toBe(false);
  });
});
