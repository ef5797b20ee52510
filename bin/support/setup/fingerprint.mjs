import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { root } from '../paths.mjs';

/**
 * One hash over the content of files and folders of the clone, to tell whether work on them must be done again.
 * @param {string[]} names relative to the clone; what doesn't exist counts as empty
 * @param {(name: string) => boolean} wanted which files inside folders count
 */
export function fingerprint(names, wanted = () => true) {
  const hash = createHash('sha256');
  for (const name of names.flatMap((name) => filesOf(name, wanted))) {
    hash.update(`${name}\0`).update(readFileSync(path.join(root, name)));
  }
  return hash.digest('hex');
}

function filesOf(name, wanted) {
  const full = path.join(root, name);
  if (!existsSync(full)) return [];
  if (!statSync(full).isDirectory()) return wanted(name) ? [name] : [];
  const inside = readdirSync(full).sort();
  return inside.flatMap((entry) => filesOf(path.posix.join(name, entry), wanted));
}
