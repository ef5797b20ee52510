/** A file that stands uuencoded in a text, and the text without it. */
export type UuFile = { filename: string; content: Buffer };

const BEGIN = /^begin(?:-base64)? [0-7]{3,4} (\S.{0,200})$/;

/**
 * Takes files out of a text that carries them as old mailers sent them: `begin 644 name`, lines of at most 45 bytes, `end`. A block
 * with one line that isn't uuencoded stays text, so a sentence that begins with "begin" is safe.
 */
export function takeUuencoded(text: string): { text: string; files: UuFile[] } {
  if (!/^begin(?:-base64)? [0-7]{3,4} \S/m.test(text)) return { text, files: [] };
  const lines = text.split('\n');
  const kept: string[] = [];
  const files: UuFile[] = [];
  for (let i = 0; i < lines.length; i++) {
    const begin = BEGIN.exec((lines[i] ?? '').slice(0, 300));
    const block = begin ? readBlock(lines, i + 1, (lines[i] ?? '').startsWith('begin-base64')) : null;
    if (begin && block) {
      files.push({ filename: (begin[1] ?? '').trim(), content: Buffer.concat(block.pieces) });
      i = block.end;
    } else kept.push(lines[i] ?? '');
  }
  return { text: kept.join('\n'), files };
}

function readBlock(lines: readonly string[], from: number, base64: boolean): { pieces: Buffer[]; end: number } | null {
  const pieces: Buffer[] = [];
  for (let i = from; i < lines.length; i++) {
    const line = (lines[i] ?? '').trimEnd();
    if (line === 'end' || (base64 && line === '====')) return { pieces, end: i };
    if (line === '' || line === '`') continue;
    const piece = base64 ? Buffer.from(line, 'base64') : decodeLine(line);
    if (!piece) return null;
    pieces.push(piece);
  }
  return null;
}

/** The whole of a body whose Content-Transfer-Encoding is x-uuencode. */
export function fromUuencode(source: Buffer): Buffer {
  const lines = source.toString('latin1').replaceAll('\r', '').split('\n');
  const begin = lines.findIndex((line) => BEGIN.test(line.slice(0, 300)));
  const pieces: Buffer[] = [];
  for (const line of lines.slice(begin + 1)) {
    if (line.trimEnd() === 'end') break;
    const piece = decodeLine(line);
    if (piece) pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

function decodeLine(line: string): Buffer | null {
  const count = (line.charCodeAt(0) - 32) & 63;
  const wanted = Math.ceil(count / 3) * 4;
  // Blanks at the end are zeros that a relay cut off.
  if (!/^[ -`]*$/.test(line) || line.length > wanted + 3 || line.length < Math.ceil((count * 4) / 3) - 3) return null;
  const bytes = Buffer.allocUnsafe(wanted);
  const six = (at: number) => ((line.charCodeAt(at) || 32) - 32) & 63;
  for (let to = 0, at = 1; at <= wanted; at += 4) {
    const value = (six(at) << 18) | (six(at + 1) << 12) | (six(at + 2) << 6) | six(at + 3);
    bytes[to++] = value >> 16;
    bytes[to++] = value >> 8;
    bytes[to++] = value;
  }
  return bytes.subarray(0, count);
}
