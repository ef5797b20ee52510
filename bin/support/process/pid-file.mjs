import { readFileSync, rmSync } from 'node:fs';
import { identityOf } from './identity.mjs';

/**
 * Removes a server's pid file when its process is gone. Servers do so themselves, but take an unreaped corpse (a container
 * whose first process doesn't wait for orphans) for alive. A living process keeps its file.
 */
export function removeDeadPidFile(file) {
  let pid;
  try {
    pid = Number.parseInt(readFileSync(file, 'utf8'), 10);
  } catch {
    return;
  }
  if (identityOf(pid) === null) rmSync(file, { force: true });
}
