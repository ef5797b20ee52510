import { Readable } from 'node:stream';

const CHUNK = 64 * 1024;

/**
 * The body as a stream that first asks leave: `begin` is awaited when the server said 354 and the first byte is wanted, and no
 * byte leaves before it resolves. `left` turns true with the last byte: only from then on can the server have the whole mail.
 */
export class BodyStream extends Readable {
  left = false;
  readonly #raw: Buffer;
  readonly #begin: () => Promise<void>;
  #begun = false;
  #position = 0;

  constructor(raw: Buffer, begin: () => Promise<void>) {
    super({ highWaterMark: CHUNK });
    this.#raw = raw;
    this.#begin = begin;
  }

  override _read(): void {
    if (this.#begun) {
      this.#next();
      return;
    }
    this.#begun = true;
    this.#begin().then(
      () => this.#next(),
      (error: Error) => this.destroy(error),
    );
  }

  #next(): void {
    if (this.destroyed) return;
    if (this.#position >= this.#raw.length) {
      this.left = true;
      this.push(null);
      return;
    }
    const chunk = this.#raw.subarray(this.#position, this.#position + CHUNK);
    this.#position += chunk.length;
    this.push(chunk);
  }
}
