const [EQUALS, CR, LF, SPACE, TAB] = [0x3d, 0x0d, 0x0a, 0x20, 0x09];

/**
 * Quoted-printable (RFC 2045 6.7), leniently: hex in lower case, blanks after a soft break or at a line's end (relays add them), a `=`
 * at the very end; `=` that begins nothing stays. Bytes beyond ASCII pass. One pass.
 */
export function fromQuotedPrintable(source: Buffer): Buffer {
  const out = Buffer.allocUnsafe(source.length);
  let length = 0;
  for (let i = 0; i < source.length; i++) {
    const b = source[i] ?? 0;
    if (b === EQUALS) {
      const value = hexAt(source, i + 1);
      if (value >= 0) {
        out[length++] = value;
        i += 2;
        continue;
      }
      const next = softBreakEnd(source, i + 1);
      if (next > 0) i = next - 1;
      else out[length++] = b;
    } else if (b === SPACE || b === TAB) {
      const end = blanksEnd(source, i);
      if (end < source.length && source[end] !== CR && source[end] !== LF) {
        source.copy(out, length, i, end);
        length += end - i;
      }
      i = end - 1;
    } else out[length++] = b;
  }
  return out.subarray(0, length);
}

function blanksEnd(source: Buffer, at: number): number {
  let i = at;
  while (source[i] === SPACE || source[i] === TAB) i += 1;
  return i;
}

/** Where reading goes on after a soft line break whose `=` stands before `at`, or 0 if it is none. */
function softBreakEnd(source: Buffer, at: number): number {
  const i = blanksEnd(source, at);
  if (i >= source.length) return i;
  if (source[i] === CR) return source[i + 1] === LF ? i + 2 : i + 1;
  return source[i] === LF ? i + 1 : 0;
}

function hexAt(source: Buffer, at: number): number {
  const [high, low] = [digit(source[at]), digit(source[at + 1])];
  return high < 0 || low < 0 ? -1 : high * 16 + low;
}

function digit(b = 0): number {
  if (b >= 0x30 && b <= 0x39) return b - 0x30;
  if (b >= 0x41 && b <= 0x46) return b - 0x37;
  return b >= 0x61 && b <= 0x66 ? b - 0x57 : -1;
}
