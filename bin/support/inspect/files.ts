import { readdir, realpath, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import type { Job } from './pool.ts';

/** A file to read, or why a name gives none. */
export type Found = Job | { file: string; error: string };

/**
 * The files that some names mean, in order: a file itself, a folder's files at every depth by name, and for `-` what standard
 * input names, one path a line. Names are shown as given and resolved against `base`. Nothing is held but the folders at hand.
 */
export async function* filesOf(
  names: readonly string[],
  base: string,
  input: NodeJS.ReadableStream,
): AsyncGenerator<Found> {
  for (const name of names) {
    if (name !== '-') yield* below(name, Buffer.from(resolve(base, name)), []);
    else yield* namedBy(input, base);
  }
}

async function* namedBy(input: NodeJS.ReadableStream, base: string): AsyncGenerator<Found> {
  for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    if (line !== '') yield* below(line, Buffer.from(resolve(base, line)), []);
  }
}

async function* below(file: string, path: Buffer, above: readonly string[]): AsyncGenerator<Found> {
  try {
    const kind = await stat(path);
    if (kind.isFile()) yield { file, path };
    else if (kind.isDirectory()) yield* inside(file, path, above);
    // A pipe would be waited for, a device never ends.
    else yield { file, error: 'not a file' };
  } catch (error) {
    yield { file, error: error instanceof Error ? error.message : String(error) };
  }
}

async function* inside(folder: string, path: Buffer, above: readonly string[]): AsyncGenerator<Found> {
  const real = await realpath(path);
  // A link that leads back up would never end.
  if (above.includes(real)) return;
  const names = await readdir(path, { encoding: 'buffer' });
  for (const name of names.sort(Buffer.compare)) {
    const shown = `${folder.replace(/\/+$/, '')}/${name.toString()}`;
    yield* below(shown, Buffer.concat([path, Buffer.from('/'), name]), [...above, real]);
  }
}
