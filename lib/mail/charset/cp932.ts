import iconv from 'iconv-lite';
import { carrierMark } from '#lib/mail/charset/carrier-emoji.ts';

/**
 * Decodes Shift_JIS as Microsoft's CP932. The user-defined area (lead bytes F0 to F9), where docomo, au and SoftBank keep their emoji,
 * comes out as marks for carrier-emoji.ts: whose they are isn't known here. Never throws.
 */
export function decodeCp932(bytes: Uint8Array): string {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (!buffer.some((b) => b >= 0xf0 && b <= 0xf9)) return iconv.decode(buffer, 'cp932');
  const out: string[] = [];
  let start = 0;
  for (let i = 0; i + 1 < buffer.length; i++) {
    const lead = buffer[i] ?? 0;
    if (!((lead >= 0x81 && lead <= 0x9f) || (lead >= 0xe0 && lead <= 0xfc))) continue;
    const trail = buffer[i + 1] ?? 0;
    if (trail < 0x40 || trail === 0x7f || trail > 0xfc) continue;
    if (lead >= 0xf0 && lead <= 0xf9) {
      if (start < i) out.push(iconv.decode(buffer.subarray(start, i), 'cp932'));
      out.push(carrierMark(lead * 256 + trail));
      start = i + 2;
    }
    i += 1;
  }
  out.push(iconv.decode(buffer.subarray(start), 'cp932'));
  return out.join('');
}
