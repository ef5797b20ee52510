import { type Header, headerOf, headersOf, type RawText } from '#lib/mail/headers/block.ts';
import { type Params, parseParams } from '#lib/mail/headers/params.ts';
import { Boundaries, boundaryIn } from '#lib/mail/mime/boundaries.ts';
import { contentTypeOf, type Head, readHead } from '#lib/mail/mime/entity.ts';
import { undoTransferEncoding } from '#lib/mail/mime/transfer.ts';

/** A leaf of the MIME tree: its transfer encoding undone, its charset untouched. `within` lists the multiparts around it, outermost first. */
export type Part = {
  headers: Header[];
  type: Params;
  disposition: Params;
  within: Multipart[];
  content: Buffer;
};

export type Multipart = { id: number; type: string };

export type Structure = { headers: Header[]; parts: Part[]; error: string | null };

const MAX_PARTS = 12_000;
const MAX_DEPTH = 100;
const MAX_HEAD = 1024 * 1024;
const MAX_PART_HEAD = 64 * 1024;

/**
 * The structure of a mail (RFC 2045, 2046): its header and all leaves, in order. One pass over the source, which isn't copied but
 * for decoding. Whatever it holds gives something: a multipart without its boundary is text, one nested over 100 deep is a file,
 * after 12,000 parts the rest is left with an `error`. message/rfc822 is a leaf: an attached mail is a file.
 */
export function readParts(source: Buffer, as: RawText = {}): Structure {
  const start = startOf(source);
  const head = readHead(source, start, { limit: MAX_HEAD, as });
  // A text without any field is a text, whatever its first paragraph looks like; bytes that aren't text are shown as nothing.
  const binary = head.headers.length === 0 && source.includes(0);
  if (head.headers.length === 0) head.bodyStart = binary ? source.length : start;
  const walk = new Walk(source, as);
  walk.from(head);
  return { headers: head.headers, parts: walk.parts, error: troubleOf(source, head, walk.full) };
}

function troubleOf(source: Buffer, head: Head, full: boolean): string | null {
  if (head.headers.length === 0)
    return source.length < 1000 && source.toString('latin1').trim() === '' ? 'empty' : 'no header';
  if (head.tooLarge) return 'the header is over 1 MB';
  return full ? `more than ${MAX_PARTS} parts` : null;
}

class Walk {
  readonly parts: Part[] = [];
  full = false;
  readonly #source: Buffer;
  readonly #as: RawText;
  readonly #boundaries: Boundaries;
  #within: Multipart[] = [];
  #ids = 0;

  constructor(source: Buffer, as: RawText) {
    this.#source = source;
    this.#as = as;
    this.#boundaries = new Boundaries(source);
  }

  from(top: Head): void {
    let head = top;
    for (;;) {
      const type = contentTypeOf(
        head.headers,
        this.#within.at(-1)?.type === 'multipart/digest' ? 'message/rfc822' : undefined,
      );
      const entered = this.#enter(type, head);
      let delimiter = this.#boundaries.next(head.bodyStart);
      if (!entered) this.#leaf(type, head, this.#boundaries.bodyEnd(delimiter, head.bodyStart));
      while (delimiter) {
        this.#boundaries.keep(delimiter.level);
        this.#within.length = delimiter.level + 1;
        if (!delimiter.closes) break;
        // What follows an end is passed over, as what precedes the first part.
        delimiter = this.#boundaries.next(delimiter.next);
      }
      if (!delimiter || this.full) return;
      head = readHead(this.#source, delimiter.next, {
        limit: MAX_PART_HEAD,
        as: this.#as,
        isEnd: (at) => this.#boundaries.at(at) !== null,
      });
    }
  }

  /** Opens a multipart, if this is one that can be taken apart. */
  #enter(type: Params, head: Head): boolean {
    if (!type.value.startsWith('multipart/') || this.#boundaries.depth >= MAX_DEPTH) return false;
    const boundary = boundaryIn(this.#source, head.bodyStart, type.params.boundary, this.#boundaries.depth === 0);
    if (boundary === null) return false;
    this.#boundaries.open(boundary);
    this.#within = [...this.#within, { id: this.#ids++, type: type.value }];
    return true;
  }

  #leaf(type: Params, { headers, bodyStart }: Head, end: number): void {
    if (this.parts.length >= MAX_PARTS) {
      this.full = true;
      return;
    }
    const body = this.#source.subarray(bodyStart, Math.max(bodyStart, end));
    if (this.#takesApart(type, headers, body)) return;
    const isText = type.value === 'text/plain' || type.value === 'text/html';
    this.parts.push({
      headers,
      type,
      disposition: dispositionOf(headers),
      within: [...this.#within],
      content: undoTransferEncoding(body, headerOf(headers, 'content-transfer-encoding') ?? '', isText),
    });
  }

  /**
   * A multipart may not be encoded as a whole (RFC 2045 6.4), but some are. One that can't be taken apart even so is shown as the text
   * it is; one that lies too deep stays a file.
   */
  #takesApart(type: Params, headers: Header[], body: Buffer): boolean {
    if (!type.value.startsWith('multipart/') || this.#boundaries.depth >= MAX_DEPTH) return false;
    const decoded = undoTransferEncoding(body, headerOf(headers, 'content-transfer-encoding') ?? '', false);
    if (decoded !== body && boundaryIn(decoded, 0, type.params.boundary, true) !== null) {
      const inner = new Walk(decoded, this.#as);
      inner.from({
        headers: headers.filter(([name]) => name !== 'content-transfer-encoding'),
        bodyStart: 0,
        tooLarge: false,
      });
      this.parts.push(...inner.parts.slice(0, MAX_PARTS - this.parts.length));
      return true;
    }
    type.value = 'text/plain';
    return false;
  }
}

/** Where there are two, the one that names the file. */
function dispositionOf(headers: readonly Header[]): Params {
  const all = headersOf(headers, 'content-disposition').slice(0, 5).map(parseParams);
  return all.find((one) => one.params.filename) ?? all[0] ?? parseParams('');
}

/** Some stores put a byte order mark or empty lines before the first field. */
function startOf(source: Buffer): number {
  let at = source[0] === 0xef && source[1] === 0xbb && source[2] === 0xbf ? 3 : 0;
  while (at < 1000 && (source[at] === 0x0a || source[at] === 0x0d)) at += 1;
  return /^(?:>?From |[!-9;-~]+[ \t]*:)/.test(source.toString('latin1', at, at + 200)) ? at : 0;
}
