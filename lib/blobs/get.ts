import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { blobPath } from '#lib/blobs/place.ts';

/** The bytes as a stream; a missing blob is an 'error' event (ENOENT). */
export const openBlob = (tenantId: string, sha256: string): Readable => createReadStream(blobPath(tenantId, sha256));

/** The bytes at once, for what is known to be small. @throws ENOENT when missing */
export const readBlob = (tenantId: string, sha256: string): Promise<Buffer> => readFile(blobPath(tenantId, sha256));

export async function hasBlob(tenantId: string, sha256: string): Promise<boolean> {
  return (await blobSize(tenantId, sha256)) !== null;
}

/** Bytes, or null when there is no such blob. */
export async function blobSize(tenantId: string, sha256: string): Promise<number | null> {
  const path = blobPath(tenantId, sha256);
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  return found?.size ?? null;
}
