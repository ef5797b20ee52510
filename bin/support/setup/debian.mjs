import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { logsDir } from '../paths.mjs';
import { isRoot } from '../process/nobody.mjs';
import { mustRun } from '../process/run.mjs';
import { step } from '../progress.mjs';

/**
 * Installs Debian packages when we're root on Debian or Ubuntu, without leaving a service running.
 * @throws with the one command to type where we may not
 */
export async function installDebianPackages(packages) {
  if (packages.length === 0) return;
  if (!isRoot() || !isDebian()) throw new Error(whatToType(packages));
  await step(`Installing ${packages.join(', ')} (apt-get)`, async () => {
    await withoutServices(async () => {
      await aptGet(['update']);
      await aptGet(['install', '-y', '--no-install-recommends', ...packages]);
    });
  });
}

function isDebian() {
  const file = '/etc/os-release';
  return (
    existsSync(file) &&
    /^ID(_LIKE)?=.*(debian|ubuntu)/m.test(readFileSync(file, 'utf8')) &&
    existsSync('/usr/bin/apt-get')
  );
}

function whatToType(packages) {
  const command = `sudo apt-get install ${packages.join(' ')}`;
  if (isDebian()) return `These programs are missing. Install them with:\n  ${command}\nthen start again.`;
  return `These programs are missing: install what your system calls ${packages.join(', ')} (on Debian: ${command}), then start again.`;
}

// Debian starts a server right after installing it; policy-rc.d forbids that, and RUNLEVEL=1 where it is ignored.
async function withoutServices(work) {
  const policy = '/usr/sbin/policy-rc.d';
  const ours = !existsSync(policy);
  if (ours) writeFileSync(policy, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  try {
    await work();
  } finally {
    if (ours) rmSync(policy, { force: true });
  }
}

function aptGet(args) {
  return mustRun(`apt-get ${args[0]}`, {
    command: 'apt-get',
    args: ['-o', 'DPkg::Lock::Timeout=120', ...args],
    env: { ...process.env, RUNLEVEL: '1', DEBIAN_FRONTEND: 'noninteractive' },
    logFile: path.join(logsDir, 'apt-get.log'),
    append: true,
  });
}
