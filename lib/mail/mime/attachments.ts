import { createHash } from 'node:crypto';
import { cleanFilename } from '#lib/mail/charset/clean.ts';
import { headerOf } from '#lib/mail/headers/block.ts';
import { partFilename, unnamedFile } from '#lib/mail/mime/filename.ts';
import type { Part } from '#lib/mail/mime/parts.ts';
import { readTnef, type Tnef } from '#lib/mail/mime/tnef.ts';

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

const UNKNOWN = 'application/octet-stream';

/** The files of a mail as they are found, numbered for names of their own. */
export class Attachments {
  readonly files: ParsedAttachment[] = [];
  /** What a winmail.dat says as text: the whole body of some mails from Outlook. */
  tnef: Tnef | null = null;

  /** A part that isn't shown as text. A winmail.dat gives the files in it, a file of macOS its content without the resource fork. */
  add(part: Part): void {
    if (part.type.value === 'application/applefile' && part.within.at(-1)?.type === 'multipart/appledouble') return;
    const filename = partFilename(part, this.files.length + 1);
    const opened =
      /ms-tnef$/.test(part.type.value) || filename.toLowerCase() === 'winmail.dat' ? readTnef(part.content) : null;
    if (opened) this.#addTnef(opened);
    else this.#push(filename, part.type.value, part.content, idOf(part), isInline(part));
  }

  /** A file found elsewhere than in a part of its own. */
  addFile(filename: string, contentType: string | null, content: Buffer, contentId: string | null = null): void {
    const type = contentType ?? UNKNOWN;
    const name = cleanFilename(filename) || unnamedFile(this.files.length + 1, type);
    this.#push(name, type, content, contentId, false);
  }

  #addTnef(tnef: Tnef): void {
    this.tnef ??= tnef;
    for (const { filename, contentType, contentId, content } of tnef.files)
      this.addFile(filename, contentType, content, contentId);
  }

  #push(filename: string, type: string, content: Buffer, contentId: string | null, inline: boolean): void {
    this.files.push({
      filename,
      contentType: /^[\w.+-]+\/[\w.+-]+$/.test(type) ? type.slice(0, 120).toLowerCase() : UNKNOWN,
      size: content.length,
      sha256: createHash('sha256').update(content).digest('hex'),
      contentId,
      inline: inline && contentId !== null,
      content,
    });
  }
}

function idOf(part: Part): string | null {
  return (headerOf(part.headers, 'content-id') ?? '').replace(/[<>\s]/g, '').slice(0, 500) || null;
}

function isInline({ disposition, within }: Part): boolean {
  if (disposition.value === 'attachment') return false;
  return disposition.value === 'inline' || within.some((w) => w.type === 'multipart/related');
}
