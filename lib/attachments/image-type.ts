const starts = (bytes: Buffer, ...signature: number[]): boolean => signature.every((byte, i) => bytes[i] === byte);

/** What kind of picture these bytes are, by how they begin; null for everything else. Never SVG. */
export function imageTypeOf(bytes: Buffer): string | null {
  if (starts(bytes, 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return 'image/png';
  if (starts(bytes, 0xff, 0xd8, 0xff)) return 'image/jpeg';
  if (/^GIF8[79]a/.test(bytes.toString('latin1', 0, 6))) return 'image/gif';
  const box = bytes.toString('latin1', 0, 12);
  if (/^RIFF.{4}WEBP$/s.test(box)) return 'image/webp';
  if (/^.{4}ftyp(?:avif|avis)$/s.test(box)) return 'image/avif';
  if (box.startsWith('BM') && bytes.length > 26) return 'image/bmp';
  return starts(bytes, 0, 0, 1, 0) ? 'image/x-icon' : null;
}
