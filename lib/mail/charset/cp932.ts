import iconv from 'iconv-lite';

/** 〓, what a carrier's emoji becomes (carrier-emoji.ts). */
const GETA = [0x81, 0xac] as const;

/**
 * Decodes Shift_JIS as Microsoft's CP932. The user-defined area (lead bytes F0 to F9), where docomo and au keep their emoji and
 * which iconv-lite knows only in part, becomes 〓 before decoding. Never throws.
 */
export function decodeCp932(bytes: Uint8Array): string {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (!buffer.some((b) => b >= 0xf0 && b <= 0xf9)) return iconv.decode(buffer, 'cp932');
  const copy = Buffer.from(buffer);
  for (let i = 0; i + 1 < copy.length; i++) {
    const lead = copy[i] ?? 0;
    if (!((lead >= 0x81 && lead <= 0x9f) || (lead >= 0xe0 && lead <= 0xfc))) continue;
    const trail = copy[i + 1] ?? 0;
    if (trail < 0x40 || trail === 0x7f || trail > 0xfc) continue;
    if (lead >= 0xf0 && lead <= 0xf9) copy.set(GETA, i);
    i += 1;
  }
  return iconv.decode(copy, 'cp932');
}
