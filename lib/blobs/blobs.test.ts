import { createHash } from 'node:crypto';
import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { blobSize, hasBlob, openBlob, putBlob, readBlob, removeBlob, removeStaleIncoming } from '#lib/blobs/index.ts';
import { newId } from '#lib/ids.ts';

let folder: string;
const tenant = newId();

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'blobs-'));
  vi.stubEnv('BLOB_DIR', folder);
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true });
});

it('keeps bytes under their hash, from a buffer and from a stream alike', async () => {
  const bytes = Buffer.from('お問い合わせ'.repeat(50_000));
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  expect(await putBlob(tenant, bytes)).toEqual({ sha256, size: bytes.length });
  const parts = [bytes.subarray(0, 7), bytes.subarray(7)];
  expect(await putBlob(tenant, Readable.from(parts))).toEqual({ sha256, size: bytes.length });
  expect(await readBlob(tenant, sha256)).toEqual(bytes);
  expect(await text(openBlob(tenant, sha256))).toBe(bytes.toString());
  expect(await blobSize(tenant, sha256)).toBe(bytes.length);
});

it('shows a blob to its own tenant only, and forgets a removed one', async () => {
  const { sha256 } = await putBlob(tenant, Buffer.from('a'));
  expect(await hasBlob(tenant, sha256)).toBe(true);
  expect(await hasBlob(newId(), sha256)).toBe(false);
  await removeBlob(tenant, sha256);
  await removeBlob(tenant, sha256);
  expect(await hasBlob(tenant, sha256)).toBe(false);
});

it('leaves nothing behind when the source breaks', async () => {
  const broken = Readable.from(
    (async function* () {
      yield Buffer.from('half');
      throw new Error('line dropped');
    })(),
  );
  await expect(putBlob(tenant, broken)).rejects.toThrow('line dropped');
  expect(await readdir(join(folder, 'incoming'))).toEqual([]);
});

it('makes no path out of anything but ids', async () => {
  expect(() => openBlob('../..', 'a'.repeat(64))).toThrow();
  expect(() => openBlob(tenant, '../../etc/passwd')).toThrow();
  expect(() => openBlob(tenant, 'A'.repeat(64))).toThrow();
  await expect(putBlob('..', Buffer.from('a'))).rejects.toThrow();
});

it('clears away what a killed process left half-written, not what is being written', async () => {
  await putBlob(tenant, Buffer.from('a'));
  const old = join(folder, 'incoming', 'old');
  await writeFile(old, 'half');
  await writeFile(join(folder, 'incoming', 'fresh'), 'half');
  await utimes(old, 0, 0);
  expect(await removeStaleIncoming()).toBe(1);
  expect(await readdir(join(folder, 'incoming'))).toEqual(['fresh']);
});
