import { createHash } from 'node:crypto';
import type { Carrier } from '#lib/mail/charset/carrier-emoji.ts';
import { cleanText } from '#lib/mail/charset/clean.ts';
import { decodeAs, decodeText } from '#lib/mail/charset/decode.ts';
import { headerOf } from '#lib/mail/headers/block.ts';
import { escapeHtml } from '#lib/mail/html/escape.ts';
import { htmlCharset } from '#lib/mail/html/meta-charset.ts';
import { htmlToText } from '#lib/mail/html/to-text.ts';
import { isNamed, partFilename } from '#lib/mail/mime/filename.ts';
import { unflow } from '#lib/mail/mime/flowed.ts';
import type { Part } from '#lib/mail/mime/parts.ts';

/** A file of a mail. `contentId` is without angle brackets; `inline` files are shown inside the HTML, not listed. */
export type ParsedAttachment = {
  filename: string;
  contentType: string;
  size: number;
  sha256: string;
  contentId: string | null;
  inline: boolean;
  content: Buffer;
};

export type Body = { text: string; html: string | null; attachments: ParsedAttachment[]; charset: string | null };

/** The charset asked for instead of the mail's own, and the sender's carrier, for its emoji. */
export type ReadAs = { charset?: string; carrier: Carrier | null };

type Piece = { kind: 'text' | 'html'; text: string; alternative: number | null };

/**
 * Chooses what is shown and what is attached. Text parts that aren't files make the text and the HTML; of an alternative each
 * kind is taken once; text beside HTML (a list's footer) joins both. A mail with HTML alone gets its text derived.
 */
export function assembleBody(parts: readonly Part[], { charset, carrier }: ReadAs): Body {
  const pieces: Piece[] = [];
  const attachments: ParsedAttachment[] = [];
  let used: string | null = null;
  for (const part of parts) {
    const kind = bodyKind(part, pieces.length === 0);
    if (!kind) {
      attachments.push(toAttachment(part, attachments.length + 1));
      continue;
    }
    const label = part.type.params.charset ?? (kind === 'html' ? htmlCharset(part.content) : null);
    const decoded = charset ? decodeAs(part.content, charset) : decodeText(part.content, label);
    const flowed = kind === 'text' && part.type.params.format?.toLowerCase() === 'flowed';
    const text = cleanText(decoded.text, carrier);
    if (text.trim() !== '') used ??= decoded.charset;
    const alternative = part.within.find((w) => w.type === 'multipart/alternative')?.id ?? null;
    pieces.push({
      kind,
      text: flowed ? unflow(text, part.type.params.delsp?.toLowerCase() === 'yes') : text,
      alternative,
    });
  }
  return { text: joinText(pieces), html: joinHtml(pieces), attachments, charset: used };
}

function bodyKind(part: Part, first: boolean): 'text' | 'html' | null {
  if (part.disposition.value !== '' && part.disposition.value !== 'inline') return null;
  if (part.within.some((w) => w.type === 'multipart/report') && !first && part.type.value !== 'text/html') return null;
  if (isNamed(part) && !(first && part.disposition.value === '')) return null;
  if (part.type.value === 'text/plain') return 'text';
  return part.type.value === 'text/html' ? 'html' : null;
}

function joinText(pieces: readonly Piece[]): string {
  const out: string[] = [];
  for (const piece of pieces) {
    if (piece.kind === 'text') out.push(piece.text);
    else if (!hasSibling(pieces, piece, 'text')) out.push(htmlToText(piece.text));
  }
  return out
    .map(withoutLastLines)
    .filter((text) => text !== '')
    .join('\n\n');
}

// By hand: /\n+$/ tries every run of line ends again from each of its places, minutes for a megabyte of them.
function withoutLastLines(text: string): string {
  let end = text.length;
  while (end > 0 && text[end - 1] === '\n') end -= 1;
  return text.slice(0, end);
}

function joinHtml(pieces: readonly Piece[]): string | null {
  if (!pieces.some((p) => p.kind === 'html')) return null;
  const out: string[] = [];
  for (const piece of pieces) {
    if (piece.kind === 'html') out.push(piece.text);
    else if (piece.text.trim() !== '' && !hasSibling(pieces, piece, 'html')) {
      out.push(`<div style="white-space: pre-wrap">${escapeHtml(piece.text)}</div>`);
    }
  }
  return out.join('\n');
}

/** Whether the other kind of the same alternative says it already. An empty text beside HTML says nothing. */
function hasSibling(pieces: readonly Piece[], piece: Piece, kind: Piece['kind']): boolean {
  if (piece.alternative === null) return false;
  return pieces.some(
    (p) => p.kind === kind && p.alternative === piece.alternative && (kind === 'html' || p.text.trim() !== ''),
  );
}

function toAttachment(part: Part, position: number): ParsedAttachment {
  const contentId = (headerOf(part.headers, 'content-id') ?? '').replace(/[<>\s]/g, '').slice(0, 500) || null;
  const related = part.within.some((w) => w.type === 'multipart/related');
  return {
    filename: partFilename(part, position),
    contentType: /^[\w.+-]+\/[\w.+-]+$/.test(part.type.value)
      ? part.type.value.slice(0, 120)
      : 'application/octet-stream',
    size: part.content.length,
    sha256: createHash('sha256').update(part.content).digest('hex'),
    contentId,
    inline:
      contentId !== null && part.disposition.value !== 'attachment' && (related || part.disposition.value === 'inline'),
    content: part.content,
  };
}
