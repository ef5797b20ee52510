import { createReadStream, readFileSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { blobPath } from '#lib/blobs/place.ts';

/** The bytes as a stream; a missing blob is an 'error' event (ENOENT). */
export const openBlob = (tenantId: string, sha256: string): Readable => createReadStream(blobPath(tenantId, sha256));

/** The bytes at once, for what is known to be small. @throws ENOENT when missing */
export const readBlob = (tenantId: string, sha256: string): Promise<Buffer> => readFile(blobPath(tenantId, sha256));

/**
 * The same while everything else in this thread waits: for threads that do nothing else. Four answers of the thread pool for
 * each small file cost more than the file. @throws ENOENT when missing
 */
export const readBlobWaiting = (tenantId: string, sha256: string): Buffer => readFileSync(blobPath(tenantId, sha256));

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

/** The first bytes and the size of the whole, or null when there is no such blob. */
export async function readBlobHead(
  tenantId: string,
  sha256: string,
  most: number,
): Promise<{ bytes: Buffer; size: number } | null> {
  const size = await blobSize(tenantId, sha256);
  if (size === null) return null;
  const chunks: Buffer[] = [];
  for await (const chunk of createReadStream(blobPath(tenantId, sha256), { end: most - 1 })) chunks.push(chunk);
  return { bytes: Buffer.concat(chunks), size };
}
