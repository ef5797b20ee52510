import { join, resolve } from 'node:path';
import { env } from '#lib/env.ts';
import { isId } from '#lib/ids.ts';

const SHA256 = /^[0-9a-f]{64}$/;

/** The folder all blobs stand in. */
// Relative to where the process was started; the comment keeps Next from tracing the whole repository into the build.
export const blobRoot = (): string => resolve(/* turbopackIgnore: true */ env.blobDir);

/** Where half-written blobs wait: the same file system, so that the rename is atomic. */
export const incoming = (): string => join(blobRoot(), 'incoming');

/**
 * The file of a blob: tenant/ab/abcd....
 * @throws Error when an id isn't one: a path is never made out of anything else
 */
export function blobPath(tenantId: string, sha256: string): string {
  if (!isId(tenantId)) throw new Error('A blob needs a tenant id.');
  if (!SHA256.test(sha256)) throw new Error('A blob needs a sha256 in hex.');
  return join(blobRoot(), tenantId, sha256.slice(0, 2), sha256);
}
