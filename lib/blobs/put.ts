import { createHash, randomUUID } from 'node:crypto';
import { type FileHandle, mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { blobPath, incoming } from '#lib/blobs/place.ts';

export type StoredBlob = { sha256: string; size: number };

/**
 * Stores bytes under their own hash and returns only when they are safe on disk (file and folder synced): the row that
 * names them may be written right after. Storing the same bytes again is harmless. Nothing is shared between tenants.
 * @throws what the source or the disk throws; then nothing is left behind
 */
export async function putBlob(tenantId: string, source: Buffer | Readable): Promise<StoredBlob> {
  await mkdir(incoming(), { recursive: true, mode: 0o700 });
  const temporary = join(incoming(), randomUUID());
  try {
    const blob = await write(temporary, Buffer.isBuffer(source) ? [source] : source);
    const target = blobPath(tenantId, blob.sha256);
    await mkdir(dirname(target), { recursive: true, mode: 0o700 });
    // Over an equal one on purpose: its new mtime tells the collector that somebody is about to refer to it.
    await rename(temporary, target);
    for (const folder of [dirname(target), dirname(dirname(target))]) await syncFolder(folder);
    return blob;
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

async function write(path: string, chunks: Iterable<Buffer> | AsyncIterable<Buffer | string>): Promise<StoredBlob> {
  const file = await open(path, 'wx', 0o600);
  try {
    return await copy(chunks, file);
  } finally {
    await file.close();
  }
}

async function copy(chunks: Iterable<Buffer> | AsyncIterable<Buffer | string>, file: FileHandle): Promise<StoredBlob> {
  const hash = createHash('sha256');
  let size = 0;
  for await (const chunk of chunks) {
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
    hash.update(bytes);
    size += bytes.length;
    await file.writeFile(bytes);
  }
  await file.sync();
  return { sha256: hash.digest('hex'), size };
}

// A rename survives a power cut only when the folder that holds the name is synced too.
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
