import { createHash } from 'node:crypto';
import { chmodSync, lstatSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { isRoot } from './process/nobody.mjs';

/** The clone. */
export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');

/** State, logs and blobs of demo and tests: ignored by git. */
export const dataDir = path.join(root, 'data');

/** Where the output of everything started goes, one file per name. */
export const logsDir = path.join(dataDir, 'logs');

// Unix sockets have at most 107 characters, and Dovecot adds up to 45 to our folder.
const longestFolder = 60;

/**
 * The folder for servers' binaries and data. In the clone for an ordinary user; as root the servers run as nobody, who
 * may be unable to enter the clone (a 0700 home), so it is a 0755 folder outside, named after the clone.
 */
export function serversDir() {
  const inside = path.join(dataDir, 'servers');
  if (!isRoot() && inside.length <= longestFolder) return makeFolder(inside);
  const name = createHash('sha256').update(root).digest('hex').slice(0, 12);
  return makeFolder(path.join('/var/tmp', `madoguchi-${name}`));
}

/** Makes a 0755 folder, or refuses one that somebody else put there (/var/tmp is everybody's). */
function makeFolder(folder) {
  mkdirSync(folder, { recursive: true, mode: 0o755 });
  const found = lstatSync(folder);
  if (!found.isDirectory() || found.uid !== process.getuid()) {
    throw new Error(`${folder} belongs to somebody else. Remove it, then start again.`);
  }
  chmodSync(folder, 0o755);
  return folder;
}
