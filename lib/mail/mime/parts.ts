import { Readable } from 'node:stream';
import { type AttachmentStream, type HeaderLine, MailParser, type MimeTreeNode } from 'mailparser';
import { type Header, headerOf, parseHeaderBlock } from '#lib/mail/headers/block.ts';
import { type Params, parseParams } from '#lib/mail/headers/params.ts';
import { GatheredBytes } from '#lib/mail/mime/gathered-bytes.ts';

/** A leaf of the MIME tree: its transfer encoding undone, its charset untouched. `within` lists the multiparts around it, outermost first. */
export type Part = {
  headers: Header[];
  type: Params;
  disposition: Params;
  within: { id: number; type: string }[];
  content: Buffer;
};

const SLICE = 128 * 1024;
const MAX_PARTS = 12_000;
const MAX_HEAD = 1024 * 1024;

/**
 * mailparser for what it does well (structure, boundaries, base64, quoted-printable, back-pressure) and nothing else: every leaf
 * comes out as bytes, because charsets, names and text are where it loses Japanese mail (docs/decisions, platform.md).
 */
class LeafReader extends MailParser {
  constructor() {
    super({ ignoreEmbedded: true, maxChildNodes: MAX_PARTS, maxHeadSize: MAX_HEAD, checksumAlgo: 'sha1' });
    this.textTypes = [];
  }
  override processHeaders(_lines: HeaderLine[]): Map<string, unknown> {
    return new Map();
  }
  override getTextContent(): { type: 'text' } {
    return { type: 'text' };
  }
}

/** Reads all leaves. Rejects where mailparser gives up (too many parts, a header over 1 MB): the caller shows what it can. */
export function readParts(source: Buffer, charset?: string): Promise<Part[]> {
  return new Promise((resolve, reject) => {
    const parser = new LeafReader();
    const ids = new Map<MimeTreeNode, number>();
    const parts: Part[] = [];
    parser.on('data', (data: AttachmentStream | { type: 'text' }) => {
      if (data.type !== 'attachment') return;
      const node = parser.curnode || null;
      const bytes = new GatheredBytes(source.length);
      data.content.on('data', (chunk: Buffer) => bytes.add(chunk));
      data.content.on('end', () => {
        if (node) parts.push(toPart(node, bytes.whole(), ids, charset));
        data.release();
      });
    });
    parser.on('error', reject);
    parser.on('end', () => resolve(parts));
    if (source.length <= SLICE) parser.end(source);
    else Readable.from(slices(source)).pipe(parser);
  });
}

/** In pieces, so that decoding a large part doesn't need its size once more in between. */
function* slices(source: Buffer): Generator<Buffer> {
  for (let at = 0; at < source.length; at += SLICE) yield source.subarray(at, at + SLICE);
}

function toPart(node: MimeTreeNode, content: Buffer, ids: Map<MimeTreeNode, number>, charset?: string): Part {
  const headers = parseHeaderBlock(node.headerLines.map((h) => h.line).join('\r\n'), charset);
  const within: Part['within'] = [];
  for (let up = node.parent; up; up = up.parent) {
    if (!ids.has(up)) ids.set(up, ids.size);
    within.unshift({ id: ids.get(up) ?? 0, type: up.contentType || '' });
  }
  const type = parseParams(headerOf(headers, 'content-type') ?? '');
  if (!type.value.includes('/')) type.value = node.contentType || 'text/plain';
  return { headers, type, disposition: parseParams(headerOf(headers, 'content-disposition') ?? ''), within, content };
}
