import type { Carrier } from '#lib/mail/charset/carrier-emoji.ts';
import { cleanText } from '#lib/mail/charset/clean.ts';
import { decodeAs, decodeText } from '#lib/mail/charset/decode.ts';
import type { RawText } from '#lib/mail/headers/block.ts';
import { escapeHtml } from '#lib/mail/html/escape.ts';
import { htmlCharset } from '#lib/mail/html/meta-charset.ts';
import { htmlToText } from '#lib/mail/html/to-text.ts';
import { Attachments, type ParsedAttachment } from '#lib/mail/mime/attachments.ts';
import { isNamed } from '#lib/mail/mime/filename.ts';
import { unflow } from '#lib/mail/mime/flowed.ts';
import type { Part } from '#lib/mail/mime/parts.ts';
import { takeUuencoded } from '#lib/mail/mime/uuencode.ts';

export type Body = { text: string; html: string | null; attachments: ParsedAttachment[]; charset: string | null };

/** How unlabelled text is read, and the sender's carrier, for its emoji. */
export type ReadAs = RawText & { carrier: Carrier | null };

/** `&#1;`, `&#x1b;`, `&#13;`: control characters spelt out in HTML. */
const CONTROL_REFERENCES =
  /&#(?:0{0,6}(?:[0-8]|1[1-9]|2\d|3[01]|127)|x0{0,6}(?:[0-8bcdef]|1[0-9a-f]|7f))(?:;|(?![0-9a-f]))/gi;

type Piece = { kind: 'text' | 'html'; text: string; alternative: number | null };

/**
 * Chooses what is shown and what is attached. Text parts that aren't files make the text and the HTML; of an alternative each
 * kind is taken once; text beside HTML (a list's footer) joins both. A mail with HTML alone gets its text derived.
 */
export function assembleBody(parts: readonly Part[], as: ReadAs): Body {
  const pieces: Piece[] = [];
  const attachments = new Attachments();
  let used: string | null = null;
  for (const part of parts) {
    const kind = bodyKind(part, pieces.length === 0);
    if (!kind) {
      if (!isOtherRendering(part)) attachments.add(part);
      continue;
    }
    const { text, charset } = readText(part, kind, as);
    if (text.trim() !== '') used ??= charset;
    const taken = kind === 'text' ? takeUuencoded(text) : { text, files: [] };
    for (const { filename, content } of taken.files) attachments.addFile(filename, null, content);
    pieces.push({ kind, text: taken.text, alternative: alternativeOf(part) });
  }
  const { tnef } = attachments;
  if (tnef && pieces.every((piece) => piece.text.trim() === '')) {
    if (tnef.text) pieces.push({ kind: 'text', text: cleanText(tnef.text, as.carrier), alternative: -1 });
    if (tnef.html) pieces.push({ kind: 'html', text: cleanText(tnef.html, as.carrier), alternative: -1 });
  }
  return { ...joinPieces(pieces), attachments: attachments.files, charset: used };
}

function bodyKind(part: Part, first: boolean): Piece['kind'] | null {
  const disposition = part.disposition.value.replace(/[^a-z-]/g, '');
  const kind = part.type.value === 'text/html' ? 'html' : isText(part) ? 'text' : null;
  if (disposition !== '' && disposition !== 'inline') return null;
  if (part.within.some((w) => w.type === 'multipart/report') && !first && kind !== 'html') return null;
  // A name alone makes no file of the text itself or of another form of it (mobile mail names its HTML).
  const named = isNamed(part) && !(disposition === '' && (first || (kind === 'html' && alternativeOf(part) !== null)));
  return named ? null : kind;
}

/** Plain text, and kinds of text nobody knows (RFC 2046 4.1.4), but not those that a program reads or that stand beside the text. */
function isText({ type: { value }, within }: Part): boolean {
  if (value === 'text/plain') return true;
  const file = /^text\/(calendar|directory|(x-)?vcard|csv|xml|css|javascript|rtf|rfc822-headers|x-.*)$/;
  return value.startsWith('text/') && !file.test(value) && !within.some((w) => w.type === 'multipart/alternative');
}

function alternativeOf(part: Part): number | null {
  return part.within.find((w) => w.type === 'multipart/alternative')?.id ?? null;
}

/** Forms of the same text for machines that show neither text nor HTML. */
function isOtherRendering(part: Part): boolean {
  const other = /^text\/(x-amp-html|watch-html|enriched|richtext)$/.test(part.type.value);
  return other && alternativeOf(part) !== null && !isNamed(part);
}

function readText(
  part: Part,
  kind: Piece['kind'],
  { charset, dialect, carrier }: ReadAs,
): { text: string; charset: string } {
  const { params } = part.type;
  const label = params.charset ?? (kind === 'html' ? metaCharset(part.content) : null);
  const decoded = charset ? decodeAs(part.content, charset) : decodeText(part.content, label, dialect);
  const cleaned = cleanText(decoded.text, carrier);
  const text = kind === 'html' ? cleaned.replace(CONTROL_REFERENCES, '') : cleaned;
  const flowed = kind === 'text' && params.format?.toLowerCase() === 'flowed';
  return { text: flowed ? unflow(text, params.delsp?.toLowerCase() === 'yes') : text, charset: decoded.charset };
}

/** A meta tag that could be read as ASCII isn't in UTF-16, whatever it says: it means UTF-8 (HTML's own rule). */
function metaCharset(content: Buffer): string | null {
  const label = htmlCharset(content);
  return label !== null && /^(utf-?(16|32)|ucs)/i.test(label) ? 'utf-8' : label;
}

/** The text and the HTML of all pieces. Of an alternative, the other kind says the same; an empty text beside HTML says nothing. */
function joinPieces(pieces: readonly Piece[]): { text: string; html: string | null } {
  const saidIn = (kind: Piece['kind']) =>
    new Set(
      pieces.filter((p) => p.kind === kind && (kind === 'html' || p.text.trim() !== '')).map((p) => p.alternative),
    );
  const [inText, inHtml] = [saidIn('text'), saidIn('html')];
  const said = (where: Set<number | null>, piece: Piece) => piece.alternative !== null && where.has(piece.alternative);
  const texts: string[] = [];
  const htmls: string[] = [];
  for (const piece of pieces) {
    if (piece.kind === 'text') {
      texts.push(piece.text);
      if (piece.text.trim() !== '' && !said(inHtml, piece))
        htmls.push(`<div style="white-space: pre-wrap">${escapeHtml(piece.text)}</div>`);
    } else {
      htmls.push(piece.text);
      if (!said(inText, piece)) texts.push(cleanText(htmlToText(piece.text)));
    }
  }
  const text = texts.map(withoutLastLines).filter((t) => t !== '');
  return { text: text.join('\n\n'), html: pieces.some((p) => p.kind === 'html') ? htmls.join('\n') : null };
}

// By hand: /\n+$/ tries every run of line ends again from each of its places, minutes for a megabyte of them.
function withoutLastLines(text: string): string {
  let end = text.length;
  while (end > 0 && text[end - 1] === '\n') end -= 1;
  return text.slice(0, end);
}
