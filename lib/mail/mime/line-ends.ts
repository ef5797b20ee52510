const CR = 0x0d;
const LF = 0x0a;

/** A mail that was stored as UTF-16 (a byte order mark says so) in UTF-8, any other as it is. */
export function repairWide(source: Buffer): Buffer {
  const mark = source.length >= 4 && !(source[2] === 0 && source[3] === 0) ? source.readUInt16BE(0) : 0;
  if (mark !== 0xfffe && mark !== 0xfeff) return source;
  const even = source.subarray(2, source.length - (source.length % 2));
  return Buffer.from((mark === 0xfffe ? even : Buffer.from(even).swap16()).toString('utf16le'));
}

/**
 * Some mailers end lines by a bare CR, or by CR CR LF; then no header can be found. Where the header block shows either,
 * the mail is rewritten with CRLF; an ordinary mail is returned as it is, without a copy.
 */
export function repairLineEnds(source: Buffer): Buffer {
  return headHasBareCr(source) ? withCrlf(source) : source;
}

/** Every LF, every run of CRs before one, and every other CR as one CRLF. By hand: a pattern would try each CR of a run again. */
function withCrlf(source: Buffer): Buffer {
  const out = Buffer.allocUnsafe(source.length * 2);
  let length = 0;
  for (let i = 0; i < source.length; i++) {
    const b = source[i] ?? 0;
    if (b === CR) {
      let end = i;
      while (source[end] === CR) end += 1;
      const lines = source[end] === LF ? 1 : end - i;
      for (let k = 0; k < lines; k++) length = out.writeUInt16BE(0x0d0a, length);
      i = source[end] === LF ? end : end - 1;
    } else if (b === LF) length = out.writeUInt16BE(0x0d0a, length);
    else out[length++] = b;
  }
  return out.subarray(0, length);
}

function headHasBareCr(source: Buffer): boolean {
  const limit = Math.min(source.length, 1024 * 1024);
  for (let i = source.indexOf(CR); i >= 0 && i < limit; i = source.indexOf(CR, i + 1)) {
    if (source[i + 1] !== LF) return true;
    if (source[i + 2] === CR && source[i + 3] === LF) return false;
  }
  return false;
}

/** The bytes before the first empty line, as latin1 text. Without an empty line everything is header, up to 1 MB. */
export function headerBlock(source: Buffer): string {
  const ends = ['\r\n\r\n', '\n\n', '\n\r\n'].map((mark) => source.indexOf(mark)).filter((at) => at >= 0);
  const end = ends.length > 0 ? Math.min(...ends) : source.length;
  return source.toString('latin1', 0, Math.min(end, 1024 * 1024));
}
