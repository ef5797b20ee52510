import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { npmEnvironment } from '../node24.mjs';
import { logsDir, root } from '../paths.mjs';
import { mustRun } from '../process/run.mjs';
import { step } from '../progress.mjs';
import { fingerprint } from './fingerprint.mjs';
import { unlessDone } from './stamp.mjs';

const installedNote = path.join(root, 'node_modules/.madoguchi-installed');
const installedFrom = ['package.json', 'package-lock.json', '.npmrc'];

/** Takes the packages that are there for the lock file's: for a copy of a clone. */
export function noteInstalled() {
  writeFileSync(installedNote, fingerprint(installedFrom));
}

/**
 * Installs the packages of the lock file, unless that was done. `npm install`, not `npm ci`: a registry that lacks the
 * builds of other systems can't satisfy ci.
 */
export function installPackages() {
  return unlessDone(installedNote, fingerprint(installedFrom), () =>
    step('Installing npm packages', () => npm(['install', '--no-audit', '--no-fund'], 'npm-install')),
  );
}

/** Writes the Prisma client into lib/db/generated, unless it belongs to this schema already. */
export function generateClient() {
  const now = fingerprint(['prisma/schema.prisma', 'prisma.config.ts', 'package-lock.json']);
  return unlessDone(path.join(root, 'lib/db/generated/.madoguchi-generated'), now, () =>
    step('Generating the Prisma client', () => npm(['run', 'generate'], 'prisma-generate')),
  );
}

function npm(args, name) {
  const logFile = path.join(logsDir, `${name}.log`);
  return mustRun(`npm ${args.join(' ')}`, { command: 'npm', args, cwd: root, env: npmEnvironment(), logFile });
}
