const SLICE = 192 * 1024;
const NOT_BASE64 = /[^A-Za-z0-9+/=]+/g;

/**
 * Base64 as mails really carry it: line ends of any kind or none, characters that don't belong there passed over, blocks that end in
 * `=` joined one after another, missing padding. Decoded slice by slice into one buffer, so that 40 MB aren't held three times.
 */
export function fromBase64(source: Buffer): Buffer {
  // The largest it can become; memory that isn't written isn't taken by the system.
  const out = source.length < SLICE ? Buffer.allocUnsafe(byteLimit(source)) : Buffer.allocUnsafeSlow(byteLimit(source));
  let length = 0;
  let carry = '';
  for (let at = 0; at < source.length; at += SLICE) {
    const clean = carry + source.toString('latin1', at, Math.min(source.length, at + SLICE)).replace(NOT_BASE64, '');
    const blocks = clean.includes('=') ? clean.split(/=+/) : [clean];
    const open = blocks.pop() ?? '';
    for (const block of blocks) length += out.write(block, length, 'base64');
    const whole = open.length - (open.length % 4);
    length += out.write(open.slice(0, whole), length, 'base64');
    carry = open.slice(whole);
  }
  if (carry !== '') length += out.write(carry, length, 'base64');
  return out.subarray(0, length);
}

const byteLimit = (source: Buffer): number => Math.ceil((source.length * 3) / 4) + 3;

/** Where a list's footer begins that was added to an encoded body as plain text, or -1: the first line that can't be base64. */
export function plainTailOf(source: Buffer): number {
  for (let start = 0; start < source.length; ) {
    const end = source.indexOf(0x0a, start);
    const line = source.toString('latin1', start, end < 0 ? source.length : end).trim();
    if (start > 0 && /[^A-Za-z0-9+/=]|^_+$|^-+$/.test(line)) return start;
    if (end < 0) return -1;
    start = end + 1;
  }
  return -1;
}
