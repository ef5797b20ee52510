import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/**
 * Does work only when `now` (a fingerprint) differs from the one noted in `file` after the last time it succeeded. The
 * note lies inside what the work makes, so removing the result removes the note.
 * @returns {Promise<boolean>} whether there was anything to do
 */
export async function unlessDone(file, now, work) {
  if (existsSync(file) && readFileSync(file, 'utf8') === now) return false;
  await work();
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, now);
  return true;
}
