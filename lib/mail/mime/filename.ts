import { cleanFilename } from '#lib/mail/charset/clean.ts';
import { headerOf } from '#lib/mail/headers/block.ts';
import { decodeWords } from '#lib/mail/headers/words.ts';
import { readHead } from '#lib/mail/mime/entity.ts';
import type { Part } from '#lib/mail/mime/parts.ts';

const EXTENSIONS: Record<string, string> = {
  'application/pdf': '.pdf',
  'application/zip': '.zip',
  'application/ms-tnef': '.dat',
  'application/pkcs7-mime': '.p7m',
  'application/x-pkcs7-mime': '.p7m',
  'application/pkcs7-signature': '.p7s',
  'application/x-pkcs7-signature': '.p7s',
  'application/pgp-signature': '.asc',
  'image/gif': '.gif',
  'image/jpeg': '.jpg',
  'image/png': '.png',
  'image/webp': '.webp',
  'message/delivery-status': '.txt',
  'message/disposition-notification': '.txt',
  'message/rfc822': '.eml',
  'text/calendar': '.ics',
  'text/csv': '.csv',
  'text/html': '.html',
  'text/plain': '.txt',
  'text/rfc822-headers': '.txt',
  'text/vcard': '.vcf',
  'text/x-vcard': '.vcf',
};
const INNER_HEAD = 64 * 1024;

/** The name to show: Content-Disposition's, else Content-Type's, an attached mail's subject, else made from position and type. Never empty. */
export function partFilename(part: Part, position: number): string {
  const given = cleanFilename(part.disposition.params.filename ?? '') || cleanFilename(part.type.params.name ?? '');
  if (given) return given;
  const described = cleanFilename(decodeWords(headerOf(part.headers, 'content-description') ?? ''));
  if (/\.[A-Za-z0-9]{2,5}$/.test(described)) return described;
  return part.type.value === 'message/rfc822' ? innerSubject(part.content) : unnamedFile(position, part.type.value);
}

export function unnamedFile(position: number, type: string): string {
  return `attachment-${position}${EXTENSIONS[type] ?? '.bin'}`;
}

/** Whether the sender gave this part a file name. */
export function isNamed(part: Part): boolean {
  return Boolean(part.disposition.params.filename || part.type.params.name);
}

/** An attached mail is known by its subject. */
function innerSubject(content: Buffer): string {
  const { headers } = readHead(content, 0, { limit: INNER_HEAD });
  const subject = decodeWords(headerOf(headers, 'subject') ?? '').replace(/[\\/:*?"<>|]/g, '_');
  return `${cleanFilename(subject).slice(0, 100).toWellFormed().trim() || 'message'}.eml`;
}
