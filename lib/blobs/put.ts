import { createHash, hash, randomUUID } from 'node:crypto';
import { type FileHandle, mkdir, open, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { blobPath, blobRoot, incoming } from '#lib/blobs/place.ts';

export type StoredBlob = { sha256: string; size: number };

/** Files written at the same time: the disk takes them together, as one commit of its journal. */
const AT_ONCE = 16;

/**
 * Stores bytes under their own hash and returns only when they are safe on disk (file and folder synced): the row that
 * names them may be written right after. Storing the same bytes again is harmless. Nothing is shared between tenants.
 * @throws what the source or the disk throws; then nothing is left behind
 */
export async function putBlob(tenantId: string, source: Buffer | Readable): Promise<StoredBlob> {
  if (Buffer.isBuffer(source)) return (await putBlobs(tenantId, [source]))[0] as StoredBlob;
  const temporary = temporaryName();
  try {
    const blob = await inFolder(incoming(), () => write(temporary, source));
    await syncFolders(await moveTo(temporary, blobPath(tenantId, blob.sha256)));
    return blob;
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

/**
 * The same for many at once: each file is synced before it gets its name, each folder once after all names stand in it.
 * Returns when all are safe.
 */
export async function putBlobs(tenantId: string, sources: readonly Buffer[]): Promise<StoredBlob[]> {
  const blobs = sources.map((bytes) => ({ sha256: hash('sha256', bytes), size: bytes.length, bytes }));
  const folders = new Set<string>();
  const put = async ({ sha256, bytes }: (typeof blobs)[number]) => {
    for (const folder of await putWhole(bytes, blobPath(tenantId, sha256))) folders.add(folder);
  };
  await several([...new Map(blobs.map((blob) => [blob.sha256, blob])).values()], put);
  await syncFolders([...folders]);
  return blobs.map(({ sha256, size }) => ({ sha256, size }));
}

async function putWhole(bytes: Buffer, target: string): Promise<string[]> {
  const temporary = temporaryName();
  try {
    const options = { flag: 'wx', mode: 0o600, flush: true };
    await inFolder(incoming(), () => writeFile(temporary, bytes, options));
    return await moveTo(temporary, target);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

const temporaryName = (): string => join(incoming(), randomUUID());

// Over an equal one on purpose: its new mtime tells the collector that somebody is about to refer to it. Returns the folders
// whose names have changed.
async function moveTo(temporary: string, target: string): Promise<string[]> {
  const folder = dirname(target);
  const changed = [folder, dirname(folder)];
  const rise = () => void changed.push(blobRoot());
  await inFolder(folder, () => rename(temporary, target), rise);
  return changed;
}

/** Does the work in a folder; where that isn't there, it is made first. */
async function inFolder<T>(folder: string, work: () => Promise<T>, onMade: () => void = () => {}): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  await mkdir(folder, { recursive: true, mode: 0o700 });
  onMade();
  return work();
}

async function several<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const rest = items.values();
  const hand = async () => {
    for (const item of rest) await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, items.length) }, hand));
}

async function write(path: string, chunks: Readable): Promise<StoredBlob> {
  const file = await open(path, 'wx', 0o600);
  try {
    return await copy(chunks, file);
  } finally {
    await file.close();
  }
}

async function copy(chunks: AsyncIterable<Buffer | string>, file: FileHandle): Promise<StoredBlob> {
  const sum = createHash('sha256');
  let size = 0;
  for await (const chunk of chunks) {
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
    sum.update(bytes);
    size += bytes.length;
    await file.writeFile(bytes);
  }
  await file.sync();
  return { sha256: sum.digest('hex'), size };
}

// A rename survives a power cut only when the folder that holds the name is synced too.
const syncFolders = (paths: readonly string[]): Promise<void> =>
  several(paths, async (path) => {
    const folder = await open(path, 'r');
    try {
      await folder.sync();
    } finally {
      await folder.close();
    }
  });
