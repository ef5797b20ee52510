import { type Header, headerOf, parseHeaderBlock, type RawText } from '#lib/mail/headers/block.ts';
import { type Params, parseParams } from '#lib/mail/headers/params.ts';

/** The head of a mail or of one of its parts: its fields, and where its body begins. */
export type Head = { headers: Header[]; bodyStart: number; tooLarge: boolean };

const LF = 0x0a;
const CR = 0x0d;

/**
 * Reads the header fields that begin at `start`, up to an empty line, `isEnd` (a boundary: a part without an empty line) or the
 * source's end. Of more than `limit` bytes the rest isn't parsed, but the lines above it and the last ones are: subject and sender
 * often stand below a monster.
 */
export function readHead(
  source: Buffer,
  start: number,
  options: { limit: number; as?: RawText; isEnd?: (lineStart: number) => boolean },
): Head {
  let at = start;
  let bodyStart = -1;
  let stray = -1;
  while (at < source.length) {
    const end = source.indexOf(LF, at);
    const next = end < 0 ? source.length : end + 1;
    if (source[at] === LF || (source[at] === CR && source[at + 1] === LF)) {
      bodyStart = next;
      break;
    }
    if (options.isEnd?.(at) || (at === start && options.isEnd && !beginsField(source, at))) {
      bodyStart = at;
      break;
    }
    if (stray < 0 && !continues(source, at) && !beginsField(source, at)) stray = at;
    at = next;
  }
  // Without an empty line the text begins where the fields end.
  if (bodyStart < 0) bodyStart = stray < 0 ? source.length : stray;
  const { limit, as } = options;
  const tooLarge = at - start > limit;
  const block = tooLarge
    ? `${source.toString('latin1', start, start + limit)}\r\n${source.toString('latin1', Math.max(start + limit, at - limit / 16), at)}`
    : source.toString('latin1', start, at);
  return { headers: parseHeaderBlock(block, as), bodyStart, tooLarge };
}

/** A folded field, or the envelope line of an mbox. */
function continues(source: Buffer, at: number): boolean {
  return source[at] === 0x20 || source[at] === 0x09 || /^>?From /.test(source.toString('latin1', at, at + 6));
}

/** A part may have no fields at all and forget the empty line, too: then its first line is its text. */
function beginsField(source: Buffer, at: number): boolean {
  return /^[!-9;-~]+[ \t]*:/.test(source.toString('latin1', at, at + 200));
}

/** Types people write that mean another, and what a missing or broken one stands for. */
const TYPES: Record<string, string> = { '': 'text/plain', text: 'text/plain', plain: 'text/plain', html: 'text/html' };

/** The Content-Type of a part; `fallback` where it has none (message/rfc822 in a digest). Never an invalid type. */
export function contentTypeOf(headers: readonly Header[], fallback = 'text/plain'): Params {
  const header = headerOf(headers, 'content-type');
  if (header === null || header.trim() === '') return { value: fallback, params: Object.create(null) };
  const type = parseParams(header);
  // `text/plain charset=utf-8` and `text/plain, charset=utf-8`: the semicolon is forgotten.
  const forgotten = /^([\w.+-]{1,100}\/[\w.+-]{1,100})[\s,]/.exec(type.value);
  if (forgotten?.[1] && type.value.includes('=')) {
    const again = parseParams(`${forgotten[1]};${header.slice(header.search(/[\s,]/) + 1)}`);
    return { value: forgotten[1], params: { ...again.params, ...type.params } };
  }
  const value = type.value
    .slice(0, 500)
    .replace(/\s*\([^()]*\)/g, '')
    .replace(/\s+/g, '');
  if (/^[\w.+-]+\/[\w.+*-]+$/.test(value)) type.value = value;
  else type.value = TYPES[value] ?? (value.startsWith('text') ? 'text/plain' : 'application/octet-stream');
  return type;
}
