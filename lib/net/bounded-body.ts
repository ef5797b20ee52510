import { PassThrough, type Readable, Transform, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';

export type BodyProblem = 'tooLarge' | 'encodingNotKnown' | 'connectionFailed';

const DECODERS: Record<string, () => Transform> = {
  '': () => new PassThrough(),
  identity: () => new PassThrough(),
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
};

class TooLarge extends Error {}

/**
 * Reads a body to its end, undoing one content encoding. Neither what comes over the line nor what it unpacks to may grow
 * over `maxBytes`: reading stops there, so that a small file can't become a large one in our memory.
 */
export async function boundedBody(source: Readable, encoding: string, maxBytes: number): Promise<Buffer | BodyProblem> {
  const name = encoding.trim().toLowerCase();
  const decoder = Object.hasOwn(DECODERS, name) ? DECODERS[name]?.() : undefined;
  if (!decoder) return 'encodingNotKnown';
  const chunks: Buffer[] = [];
  const keep = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      chunks.push(chunk);
      done();
    },
  });
  try {
    await pipeline(source, upTo(maxBytes), decoder, upTo(maxBytes), keep);
  } catch (error) {
    return error instanceof TooLarge ? 'tooLarge' : 'connectionFailed';
  }
  return Buffer.concat(chunks);
}

function upTo(maxBytes: number): Transform {
  let size = 0;
  return new Transform({
    transform: (chunk: Buffer, _encoding, done) => {
      size += chunk.length;
      if (size > maxBytes) done(new TooLarge());
      else done(null, chunk);
    },
  });
}
