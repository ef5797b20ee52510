import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { dataDir, serversDir } from '../paths.mjs';

/** Where the demo's servers keep their data: outside the clone when we're root. */
export function demoServersDir() {
  const folder = path.join(serversDir(), 'demo');
  mkdirSync(folder, { recursive: true, mode: 0o755 });
  return folder;
}

/** Where the product's blobs and the sink's mails lie. */
export const demoDataDir = path.join(dataDir, 'demo');

/** Forgets all that a demo made: servers' data, blobs, mails. The person's own servers stay as they are. */
export function removeDemoData() {
  rmSync(demoServersDir(), { recursive: true, force: true });
  rmSync(demoDataDir, { recursive: true, force: true });
}
