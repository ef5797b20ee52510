const LF = 0x0a;
const CR = 0x0d;
const DASH = 0x2d;
const LONGEST = 400;

/** A line that parts two parts: where it begins, where reading goes on, which of the open multiparts it belongs to. */
export type Delimiter = { at: number; next: number; level: number; closes: boolean };

/**
 * The multiparts that are open at a place of the source, outermost first, and the search for the next line that delimits one of
 * them. Looks at each `--` at a line's beginning once, whatever the depth: time is linear in the size.
 */
export class Boundaries {
  readonly #source: Buffer;
  readonly #open: string[] = [];
  /** The first characters of all boundaries so far: most lines that begin with `--` are told apart by theirs. */
  readonly #first = new Uint8Array(256);

  constructor(source: Buffer) {
    this.#source = source;
  }

  get depth(): number {
    return this.#open.length;
  }

  open(boundary: string): void {
    this.#open.push(boundary);
    this.#first[boundary.charCodeAt(0) & 0xff] = 1;
  }

  /** Everything within the multipart of this level is over; it stays open itself: some mailers go on after their own end. */
  keep(level: number): void {
    this.#open.length = level + 1;
  }

  /** The next delimiter whose line begins at or after `from`; `from` itself must be a line's beginning. */
  next(from: number): Delimiter | null {
    if (this.#open.length === 0) return null;
    const source = this.#source;
    const here = this.at(from);
    if (here) return here;
    for (let i = lineOfDashes(source, from); i >= 0; i = lineOfDashes(source, i + 1)) {
      const found = this.at(i + 1);
      if (found) return found;
    }
    return null;
  }

  /** The delimiter that the line at `start` is, or null. Blanks at its end are allowed (RFC 2046 5.1.1). */
  at(start: number): Delimiter | null {
    const source = this.#source;
    if (source[start] !== DASH || source[start + 1] !== DASH || this.#first[source[start + 2] ?? 0] !== 1) return null;
    const lf = source.subarray(start, start + LONGEST).indexOf(LF);
    const line = source
      .toString('latin1', start + 2, lf < 0 ? Math.min(source.length, start + LONGEST) : start + lf)
      .replace(/[ \t\r]+$/, '');
    for (let level = this.#open.length - 1; level >= 0; level--) {
      const boundary = this.#open[level];
      if (line !== boundary && line !== `${boundary}--`) continue;
      const next = lf < 0 ? source.length : start + lf + 1;
      return { at: start, next, level, closes: line !== boundary };
    }
    return null;
  }

  /** The end of the body before a delimiter: its line end belongs to the delimiter. */
  bodyEnd(delimiter: Delimiter | null, from: number): number {
    if (!delimiter) return this.#source.length;
    let end = delimiter.at;
    if (end > from && this.#source[end - 1] === LF) end -= 1;
    if (end > from && this.#source[end - 1] === CR) end -= 1;
    return end;
  }
}

/** Where the next line end stands that `--` follows. The search of Buffer is fast but dear to begin, so the first bytes go without. */
function lineOfDashes(source: Buffer, from: number): number {
  const near = Math.min(source.length, from + 64);
  for (let i = from; i < near; i++) {
    if (source[i] === LF && source[i + 1] === DASH && source[i + 2] === DASH) return i;
  }
  return source.indexOf('\n--', near, 'latin1');
}

const WINDOW = 64 * 1024;

/**
 * The boundary that really parts the body at `from`: the one the header names, else (missing, misspelt, in wrong quotes) the first
 * line there that looks like one. null: nothing parts it. Searches the next 64 kB, with `far` to the source's end.
 */
export function boundaryIn(source: Buffer, from: number, named: string | undefined, far: boolean): string | null {
  const boundary = named?.replace(/[ \t]+$/, '') ?? '';
  const within = far ? source.subarray(from) : source.subarray(from, from + WINDOW);
  if (boundary !== '' && boundary.length < LONGEST && stands(`--${boundary}`, within)) return boundary;
  return FIRST_LINE.exec(source.toString('latin1', from, from + 8192))?.[1] ?? null;
}

/** A boundary at the beginning of a body: `--`, a word, and after it a field or an empty line. */
const FIRST_LINE = /^\s{0,20}--(\S[^\r\n]{0,120}?)[ \t]{0,20}\r?\n(?:[!-9;-~]{1,100}:|\r?\n)/;

function stands(line: string, bytes: Buffer): boolean {
  return bytes.toString('latin1', 0, line.length) === line || bytes.indexOf(`\n${line}`, 0, 'latin1') >= 0;
}
