import { isAscii } from '#lib/mail/charset/detect.ts';
import { fromBase64, plainTailOf } from '#lib/mail/mime/base64.ts';
import { fromQuotedPrintable } from '#lib/mail/mime/quoted-printable.ts';
import { fromUuencode } from '#lib/mail/mime/uuencode.ts';

const SAMPLE = 8192;

/**
 * Undoes a Content-Transfer-Encoding. The label is believed unless the bytes disprove it: text that is called base64 but isn't is
 * taken as it stands, and text that is called 7bit or 8bit but is base64 or quoted-printable from end to end is decoded. A plain
 * footer after an encoded text joins it. May return `source` itself.
 */
export function undoTransferEncoding(source: Buffer, label: string, isText: boolean): Buffer {
  const name = label
    .slice(0, 200)
    .toLowerCase()
    .replace(/\([^)]*\)/g, '')
    .replace(/[^a-z0-9-]/g, '');
  if (name === 'base64' || name === 'b') return isText ? base64Text(source) : fromBase64(source);
  if (name === 'quoted-printable' || name === 'qp' || name === 'q') return fromQuotedPrintable(source);
  if (/^(x-)?uu(e|encode|encoded)$/.test(name)) return fromUuencode(source);
  if (!isText) return source;
  if (isHiddenBase64(source)) return fromBase64(source);
  return isHiddenQuotedPrintable(source) ? fromQuotedPrintable(source) : source;
}

function base64Text(source: Buffer): Buffer {
  const sample = source.toString('latin1', 0, SAMPLE);
  const strange = sample.match(/[^A-Za-z0-9+/=\r\n]/g)?.length ?? 0;
  if (strange === 0 && source.length <= SAMPLE) return fromBase64(source);
  const tail = plainTailOf(source);
  const blocks = source.toString('latin1', 0, Math.max(tail, 0)).replace(/\s+/g, '').length;
  if (blocks >= 4 && blocks % 4 === 0 && !looksLikeBase64(source.subarray(tail)))
    return Buffer.concat([fromBase64(source.subarray(0, tail)), Buffer.from('\n'), source.subarray(tail)]);
  // A few strange characters are damage, many say that this never was base64.
  return strange * 10 > sample.length ? source : fromBase64(source);
}

function looksLikeBase64(bytes: Buffer): boolean {
  const sample = bytes.toString('latin1', 0, SAMPLE);
  const lines = sample.split(/\r?\n/).filter((line) => line.length >= 40);
  return lines.length > 0 && lines.every((line) => /^[A-Za-z0-9+/=\s]+$/.test(line));
}

/** Whether a body nobody called base64 is nothing but base64 of a text. */
function isHiddenBase64(source: Buffer): boolean {
  if (source.length < 40 || source.length > 5_000_000) return false;
  const sample = source.toString('latin1', 0, SAMPLE).trimEnd();
  const lines = sample.split(/\r?\n/);
  if (lines.length === 0 || !lines.every((line) => /^[A-Za-z0-9+/]*={0,2}$/.test(line))) return false;
  const widths = lines.slice(0, -1).map((line) => line.length);
  if (widths.some((width) => width !== widths[0] || width % 4 !== 0) || (widths[0] ?? 76) > 76) return false;
  const decoded = fromBase64(source.subarray(0, SAMPLE - (SAMPLE % 4)));
  return decoded.length > 24 && !isAscii(decoded) && !hasControls(decoded) && isUtf8(decoded);
}

/** Whether a text in ASCII spells out its characters as =E3=81=82 though nobody called it quoted-printable. */
function isHiddenQuotedPrintable(source: Buffer): boolean {
  if (source.length > 5_000_000 || source.indexOf('=') < 0 || !isAscii(source)) return false;
  if (!/(?:=[89A-Fa-f][0-9A-Fa-f]){6}/.test(source.toString('latin1', 0, SAMPLE))) return false;
  const decoded = fromQuotedPrintable(source);
  return !isAscii(decoded) && !hasControls(decoded) && isUtf8(decoded);
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

function isUtf8(bytes: Buffer): boolean {
  for (let cut = 0; cut <= 3; cut++) {
    try {
      utf8.decode(bytes.subarray(0, bytes.length - cut));
      return true;
    } catch {
      // the sample may end inside a character
    }
  }
  return false;
}

function hasControls(bytes: Buffer): boolean {
  return bytes.some((b) => b < 0x20 && b !== 0x0a && b !== 0x0d && b !== 0x09 && b !== 0x1b);
}
