import { accessSync, constants } from 'node:fs';
import path from 'node:path';

// Servers live in sbin, which an ordinary user's PATH often lacks.
const always = ['/usr/local/sbin', '/usr/sbin', '/sbin', '/usr/local/bin', '/usr/bin', '/bin'];

/** The first of these programs that is installed, as a full path; undefined when none is. */
export function which(...names) {
  const folders = [...(process.env.PATH ?? '').split(path.delimiter), ...always].filter(Boolean);
  for (const name of names) {
    const found = folders.map((folder) => path.join(folder, name)).find(isExecutable);
    if (found) return found;
  }
  return undefined;
}

function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
