import { crc32, deflateSync } from 'node:zlib';
import type { AttachmentKind } from '#prisma/seed/company/types.ts';

/** Small, valid, deterministic files; `seed` (the file name) changes their colour or words. */
export function sampleFile(kind: AttachmentKind, seed: string): Buffer {
  if (kind === 'pdf') return pdf(seed);
  if (kind === 'png') return png(hue(seed));
  if (kind === 'jpg') return jpeg(hue(seed));
  return Buffer.from(`${seed}\r\n\r\nこのファイルは見本です。\r\n`, 'utf8');
}

type Colour = [number, number, number];
/** Glazes: celadon, indigo, amber, ash, moss, rust. */
const glazes: Colour[] = [
  [132, 158, 148],
  [72, 92, 138],
  [178, 134, 82],
  [140, 140, 136],
  [104, 120, 78],
  [158, 92, 70],
];
const hue = (seed: string): Colour => glazes[crc32(seed) % glazes.length] ?? [140, 140, 136];

function pdf(seed: string): Buffer {
  const words = `Sample document ${crc32(seed).toString(16).padStart(8, '0')}`;
  const content = `BT /F1 20 Tf 60 760 Td (${words}) Tj ET\n0.75 0.45 0.3 rg 60 700 475 30 re f`;
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  ];
  let out = '%PDF-1.4\n';
  const offsets = objects.map((object, i) => {
    const at = out.length;
    out += `${i + 1} 0 obj\n${object}\nendobj\n`;
    return at;
  });
  const xref = out.length;
  out += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${offsets.map((at) => `${String(at).padStart(10, '0')} 00000 n \n`).join('')}`;
  out += `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${xref}\n%%EOF\n`;
  return Buffer.from(out, 'latin1');
}

/** A bowl-like disc on a tinted ground, 160 x 120. */
function pixel(x: number, y: number, [r, g, b]: Colour): Colour {
  const far = Math.hypot((x - 80) / 62, (y - 62) / 44);
  if (far > 1) return [238, 232, 222];
  const shade = far > 0.86 ? 0.7 : 1.1 - far * 0.3;
  const crack = Math.abs(y - 62 - Math.round(Math.sin(x / 7) * 4)) < 1 && x > 92 ? 0.35 : 1;
  return [r, g, b].map((c) => Math.max(0, Math.min(255, Math.round(c * shade * crack)))) as Colour;
}

function png(colour: Colour): Buffer {
  const [width, height] = [160, 120];
  const rows = Buffer.alloc((width * 3 + 1) * height);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) rows.set(pixel(x, y, colour), y * (width * 3 + 1) + 1 + x * 3);
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
    const [size, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
    size.writeUInt32BE(data.length);
    sum.writeUInt32BE(crc32(body));
    return Buffer.concat([size, body, sum]);
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** Baseline JPEG 160 x 120 of flat 8 x 8 blocks: DC values only, with two Huffman tables small enough to write by hand. */
function jpeg(colour: Colour): Buffer {
  const [width, height] = [160, 120];
  const segment = (marker: number, bytes: number[]) =>
    Buffer.from([0xff, marker, (bytes.length + 2) >> 8, (bytes.length + 2) & 0xff, ...bytes]);
  // DC: the twelve size classes all with 4 bits; AC: one code of one bit, end of block.
  const dc = [0, 0, 0, 0, 12, ...Array(12).fill(0), ...Array.from({ length: 12 }, (_, i) => i)];
  const ac = [0x10, 1, ...Array(15).fill(0), 0];
  let bits = '';
  const before = [0, 0, 0];
  for (let y = 0; y < height; y += 8)
    for (let x = 0; x < width; x += 8) {
      const [r, g, b] = pixel(x + 4, y + 4, colour);
      const ycc = [
        0.299 * r + 0.587 * g + 0.114 * b - 128,
        -0.1687 * r - 0.3313 * g + 0.5 * b,
        0.5 * r - 0.4187 * g - 0.0813 * b,
      ];
      ycc.forEach((value, i) => {
        const now = Math.round(value);
        const step = now - (before[i] ?? 0);
        before[i] = now;
        const size = step === 0 ? 0 : Math.floor(Math.log2(Math.abs(step))) + 1;
        const coded = step < 0 ? step + (1 << size) - 1 : step;
        bits += `${size.toString(2).padStart(4, '0')}${size ? coded.toString(2).padStart(size, '0') : ''}0`;
      });
    }
  bits = bits.padEnd(Math.ceil(bits.length / 8) * 8, '1');
  const data: number[] = [];
  for (let i = 0; i < bits.length; i += 8) {
    const byte = Number.parseInt(bits.slice(i, i + 8), 2);
    data.push(byte, ...(byte === 0xff ? [0] : []));
  }
  return Buffer.concat([
    Buffer.from([0xff, 0xd8]),
    segment(0xe0, [0x4a, 0x46, 0x49, 0x46, 0, 1, 1, 0, 0, 1, 0, 1, 0, 0]),
    // A DC step of 8 makes the coded number the block's own mean value.
    segment(0xdb, [0, 8, ...Array(63).fill(1)]),
    segment(0xc0, [8, height >> 8, height & 0xff, width >> 8, width & 0xff, 3, 1, 0x11, 0, 2, 0x11, 0, 3, 0x11, 0]),
    segment(0xc4, dc),
    segment(0xc4, ac),
    segment(0xda, [3, 1, 0, 2, 0, 3, 0, 0, 63, 0]),
    Buffer.from(data),
    Buffer.from([0xff, 0xd9]),
  ]);
}
