import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { root } from '../../bin/support/servers.mjs';

const left = ['.git', '.next', 'node_modules', 'data', 'bench', 'tests', 'docs'];

/** Another clone of this working copy in a 0700 folder, as in root's home: nobody, as whom servers run, can't enter it. */
export interface Clone {
  folder: string;
  /** Runs a small program there and returns what it prints. */
  run(program: string): string;
  /** Starts bin/demo with these words and resolves when `shown` matches what it says, rejects with all it said if it ends. */
  demo(
    words: string[],
    shown: RegExp,
    env?: Record<string, string>,
  ): Promise<{ process: ChildProcess; found: RegExpExecArray }>;
  /** What its data/demo.json says. */
  state(): Promise<DemoState>;
  /** Removes it, and the servers' folder that belongs to it. */
  remove(): Promise<void>;
}

export interface DemoState {
  processes: { name: string; pid: number }[];
  passwords: Record<string, unknown>;
  ports: Record<string, number>;
}

/**
 * Copies this working copy but its tests. npm's packages are linked one by one, enough for bin/demo and its servers; with `whole` they
 * are copied (hard links), because next build refuses links that lead outside.
 */
export async function makeClone({ whole = false } = {}): Promise<Clone> {
  const folder = await mkdtemp(path.join(tmpdir(), 'clone-'));
  const names = (await readdir(root)).filter((name) => !left.includes(name));
  execFileSync('cp', ['-a', ...names.map((name) => path.join(root, name)), folder]);
  if (whole) copyPackages(folder);
  else await linkPackages(folder);
  const run = (program: string) =>
    execFileSync(process.execPath, ['--input-type=module', '-e', program], { cwd: folder, encoding: 'utf8' }).trim();
  markInstalled(run);
  return {
    folder,
    run,
    demo: (words, shown, env = {}) => startDemo(folder, words, shown, env),
    state: async () => JSON.parse(await readFile(path.join(folder, 'data/demo.json'), 'utf8')),
    remove: async () => {
      const servers = run("console.log((await import('./bin/support/paths.mjs')).serversDir())");
      await rm(servers, { recursive: true });
      await rm(folder, { recursive: true });
    },
  };
}

function copyPackages(folder: string): void {
  const from = path.join(root, 'node_modules');
  try {
    execFileSync('cp', ['-al', from, folder], { stdio: 'ignore' });
  } catch {
    // Another file system: no hard links.
    execFileSync('cp', ['-a', from, folder]);
  }
}

async function linkPackages(folder: string): Promise<void> {
  const [from, to] = [path.join(root, 'node_modules'), path.join(folder, 'node_modules')];
  await mkdir(to);
  for (const name of await readdir(from)) await symlink(path.join(from, name), path.join(to, name));
}

// What we copied is an installation that bin/demo needn't repeat. The note must be a file of the clone's own.
function markInstalled(run: Clone['run']): void {
  run(`const { rmSync } = await import('node:fs');
    const { noteInstalled } = await import('./bin/support/setup/npm.mjs');
    rmSync('node_modules/.madoguchi-installed', { force: true });
    noteInstalled();`);
}

async function startDemo(folder: string, words: string[], shown: RegExp, env: Record<string, string>) {
  const { DATABASE_URL, MIGRATE_DATABASE_URL, REDIS_URL, ...own } = process.env;
  const child = spawn(process.execPath, ['bin/demo', ...words], { cwd: folder, env: { ...own, ...env } });
  let said = '';
  const found = await new Promise<RegExpExecArray>((resolve, reject) => {
    const listen = (chunk: Buffer) => {
      said += chunk;
      const match = shown.exec(said);
      if (match) resolve(match);
    };
    child.stdout.on('data', listen);
    child.stderr.on('data', listen);
    child.once('close', () => reject(new Error(said)));
  });
  return { process: child, found };
}

/** Sends a signal to a child and resolves to its exit code. */
export function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  const closed = new Promise<number | null>((resolve) => child.once('exit', resolve));
  child.kill(signal);
  return closed;
}
