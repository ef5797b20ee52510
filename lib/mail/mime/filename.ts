import { cleanFilename } from '#lib/mail/charset/clean.ts';
import { headerOf } from '#lib/mail/headers/block.ts';
import { decodeWords } from '#lib/mail/headers/words.ts';
import type { Part } from '#lib/mail/mime/parts.ts';

const EXTENSIONS: Record<string, string> = {
  'application/pdf': '.pdf',
  'application/zip': '.zip',
  'application/ms-tnef': '.dat',
  'image/gif': '.gif',
  'image/jpeg': '.jpg',
  'image/png': '.png',
  'image/webp': '.webp',
  'message/delivery-status': '.txt',
  'message/rfc822': '.eml',
  'text/calendar': '.ics',
  'text/csv': '.csv',
  'text/html': '.html',
  'text/plain': '.txt',
  'text/rfc822-headers': '.txt',
};

/** The name to show: Content-Disposition's, else Content-Type's, else made from the position and type. Never empty. */
export function partFilename(part: Part, position: number): string {
  const given = cleanFilename(part.disposition.params.filename ?? '') || cleanFilename(part.type.params.name ?? '');
  if (given) return given;
  const described = cleanFilename(decodeWords(headerOf(part.headers, 'content-description') ?? ''));
  if (/\.[A-Za-z0-9]{2,5}$/.test(described)) return described;
  return `attachment-${position}${EXTENSIONS[part.type.value] ?? '.bin'}`;
}

/** Whether the sender gave this part a file name. */
export function isNamed(part: Part): boolean {
  return Boolean(part.disposition.params.filename || part.type.params.name);
}
