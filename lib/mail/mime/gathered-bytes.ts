const SMALL = 1_000_000;

/**
 * Joins the chunks of a part. From 1 MB on they are written into one buffer of the largest possible size (memory that isn't
 * written isn't taken by the system), so a 40 MB file isn't held twice.
 */
export class GatheredBytes {
  readonly #limit: number;
  #chunks: Buffer[] = [];
  #large: Buffer | null = null;
  #length = 0;

  /** `limit`: no part decodes to more bytes than its mail has. */
  constructor(limit: number) {
    this.#limit = limit;
  }

  add(chunk: Buffer): void {
    if (!this.#large && this.#length + chunk.length > SMALL && this.#length + chunk.length <= this.#limit)
      this.#enlarge();
    if (this.#large && this.#length + chunk.length <= this.#large.length) this.#large.set(chunk, this.#length);
    else this.#chunks.push(chunk);
    this.#length += chunk.length;
  }

  whole(): Buffer {
    if (!this.#large) return Buffer.concat(this.#chunks, this.#length);
    return this.#large.subarray(0, this.#length);
  }

  #enlarge(): void {
    this.#large = Buffer.allocUnsafeSlow(this.#limit);
    let at = 0;
    for (const chunk of this.#chunks) {
      this.#large.set(chunk, at);
      at += chunk.length;
    }
    this.#chunks = [];
  }
}
