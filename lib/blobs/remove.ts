import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { blobPath, incoming } from '#lib/blobs/place.ts';

/** Removes a blob; a missing one is fine. Whoever calls has made sure that no row refers to it (architecture.md 10). */
export const removeBlob = (tenantId: string, sha256: string): Promise<void> =>
  rm(blobPath(tenantId, sha256), { force: true });

/** Removes what killed processes left half-written. @returns how many files */
export async function removeStaleIncoming(olderThanMs = 24 * 3600 * 1000): Promise<number> {
  const names = await readdir(incoming()).catch(() => []);
  let removed = 0;
  for (const name of names) {
    const path = join(incoming(), name);
    const found = await stat(path).catch(() => null);
    if (!found || Date.now() - found.mtimeMs < olderThanMs) continue;
    await rm(path, { force: true });
    removed += 1;
  }
  return removed;
}
