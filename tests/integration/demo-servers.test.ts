import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { root, runStatements } from '../../bin/support/servers.mjs';

interface Shown {
  databaseUrl: string;
  redisUrl: string;
  imapPort: number;
  smtpPort: number;
  sinkUrl: string;
}

let clone: string;

// mkdtemp makes a 0700 folder, like root's home: nobody, as whom the servers run, can't enter it.
beforeAll(async () => {
  clone = await mkdtemp(path.join(tmpdir(), 'clone-'));
  const left = ['.git', '.next', 'node_modules', 'data', 'tests', 'docs'];
  for (const name of (await readdir(root)).filter((name) => !left.includes(name))) {
    await cp(path.join(root, name), path.join(clone, name), { recursive: true });
  }
  await mkdir(path.join(clone, 'node_modules'));
  for (const name of await readdir(path.join(root, 'node_modules'))) {
    await symlink(path.join(root, 'node_modules', name), path.join(clone, 'node_modules', name));
  }
  await markInstalled();
});

afterAll(async () => {
  await rm(inClone("const { serversDir } = await import('./bin/support/paths.mjs'); console.log(serversDir())"), {
    recursive: true,
  });
  await rm(clone, { recursive: true });
});

describe('bin/demo servers in a clone under a 0700 folder', () => {
  it('starts them, stops them with Ctrl-C, and keeps their data and ports', async () => {
    const first = await start();
    const { rows } = await runStatements(first.shown.databaseUrl, [
      "SELECT current_user, current_setting('fsync') AS fsync",
    ]);
    expect(rows).toEqual([{ current_user: 'app', fsync: 'on' }]);
    expect((await fetch(first.shown.sinkUrl)).status).toBe(200);
    const pids = (await state()).processes.map(({ pid }) => pid);
    expect(pids).toHaveLength(4);
    expect(await end(first.process, 'SIGINT')).toBe(0);
    expect(pids.filter(isAlive)).toEqual([]);

    const second = await start();
    expect(second.shown).toEqual(first.shown);
    expect(await end(second.process, 'SIGTERM')).toBe(0);
  });

  it('starts after a kill -9, and refuses to run twice', async () => {
    const killed = await start();
    await end(killed.process, 'SIGKILL');
    const next = await start();
    expect(next.shown.databaseUrl.split('@')[0]).toBe(killed.shown.databaseUrl.split('@')[0]);
    await expect(start()).rejects.toThrow('The demo runs already');
    expect(await end(next.process, 'SIGINT')).toBe(0);
  });

  it('keeps its passwords from other people, and forgets everything with --reset', async () => {
    const before = await state();
    expect(execFileSync('stat', ['-c', '%a', 'data/demo.json'], { cwd: clone, encoding: 'utf8' }).trim()).toBe('600');
    const anew = await start('--reset');
    expect((await state()).passwords).not.toEqual(before.passwords);
    expect(await end(anew.process, 'SIGINT')).toBe(0);
  });

  it('says what is wrong when only one of the two database addresses is set', async () => {
    await expect(start('', { DATABASE_URL: 'postgresql://app@127.0.0.1/x' })).rejects.toThrow('Set both DATABASE_URL');
  });
});

// The links above are an installation that bin/demo needn't repeat.
async function markInstalled(): Promise<void> {
  inClone(`const { fingerprint } = await import('./bin/support/setup/fingerprint.mjs');
    const { unlessDone } = await import('./bin/support/setup/stamp.mjs');
    await import('node:fs').then((fs) => fs.rmSync('node_modules/.madoguchi-installed', { force: true }));
    const now = fingerprint(['package.json', 'package-lock.json', '.npmrc']);
    await unlessDone('node_modules/.madoguchi-installed', now, () => {});`);
}

function inClone(program: string): string {
  return execFileSync(process.execPath, ['--input-type=module', '-e', program], {
    cwd: clone,
    encoding: 'utf8',
  }).trim();
}

async function start(flag = '', env: Record<string, string> = {}): Promise<{ process: ChildProcess; shown: Shown }> {
  const { DATABASE_URL, MIGRATE_DATABASE_URL, REDIS_URL, ...own } = process.env;
  const args = ['bin/demo', 'servers', ...(flag ? [flag] : [])];
  const child = spawn(process.execPath, args, { cwd: clone, env: { ...own, ...env } });
  let said = '';
  const shown = await new Promise<Shown>((resolve, reject) => {
    const listen = (chunk: Buffer) => {
      said += chunk;
      const found = /The servers run: (\{.*\})/.exec(said);
      if (found?.[1]) resolve(JSON.parse(found[1]));
    };
    child.stdout.on('data', listen);
    child.stderr.on('data', listen);
    child.once('close', () => reject(new Error(said)));
  });
  return { process: child, shown };
}

function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  const closed = new Promise<number | null>((resolve) => child.once('exit', resolve));
  child.kill(signal);
  return closed;
}

async function state(): Promise<{ processes: { pid: number }[]; passwords: object }> {
  return JSON.parse(await readFile(path.join(clone, 'data/demo.json'), 'utf8'));
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
