import { Readable } from 'node:stream';
import { apiHeaders } from '#app/_entry/headers.ts';
import { blobSize, openBlob } from '#lib/blobs/index.ts';
import { notFound } from '#lib/errors.ts';
import { MAIL_CONTENT_CSP, type MailDocument, mailHtmlDocument } from '#lib/mail/html/document.ts';

type StoredFile = { filename: string; contentType: string; sha256: string };

// Types that a browser saves or shows without running anything. HTML, SVG and XML are not among them: they come as bytes.
const SAFE = new Set([
  ...[
    'image/png',
    'image/jpeg',
    'image/gif',
    'image/webp',
    'application/pdf',
    'application/zip',
    'text/plain',
    'text/csv',
  ],
  ...['application/msword', 'application/vnd.ms-excel', 'application/vnd.ms-powerpoint', 'message/rfc822'],
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  'application/vnd.openxmlformats-officedocument.presentationml.presentation',
]);
const INLINE = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp']);

const plainType = (contentType: string): string => contentType.split(';')[0]?.trim().toLowerCase() ?? '';

/** Always to be saved, never to be shown in our origin. */
export function download(tenantId: string, file: StoredFile): Promise<Response> {
  const type = plainType(file.contentType);
  return stored(tenantId, file, {
    'Content-Type': SAFE.has(type) ? type : 'application/octet-stream',
    'Content-Disposition': `attachment; ${filenameParameters(file.filename)}`,
  });
}

/** An image for the mail's own frame. @throws NotFound when it isn't one of the four kinds every browser only draws */
export async function inlineImage(tenantId: string, file: StoredFile): Promise<Response> {
  const type = plainType(file.contentType);
  if (!INLINE.has(type)) throw notFound();
  return stored(tenantId, file, { 'Content-Type': type, 'Content-Disposition': 'inline' });
}

/** A picture from outside. Kept by the browser for a day, so that its host sees one visit and not each reading. */
export const remoteImage = ({ contentType, bytes }: { contentType: string; bytes: Buffer }): Response =>
  new Response(new Uint8Array(bytes), {
    headers: {
      ...apiHeaders(),
      'Cache-Control': 'private, max-age=86400, immutable',
      'Content-Security-Policy': "default-src 'none'; sandbox",
      'Content-Type': contentType,
      'Content-Disposition': 'inline',
    },
  });

/** A mail's sanitised HTML as the document of the sandboxed frame. */
export const html = (sanitised: string, document: MailDocument = {}): Response =>
  new Response(mailHtmlDocument(sanitised, document), {
    headers: {
      ...apiHeaders(),
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Security-Policy': MAIL_CONTENT_CSP,
      // The mail's links must not tell their targets where they were clicked.
      'Referrer-Policy': 'no-referrer',
    },
  });

async function stored(tenantId: string, file: StoredFile, headers: Record<string, string>): Promise<Response> {
  const size = await blobSize(tenantId, file.sha256);
  if (size === null) throw notFound();
  const body = Readable.toWeb(openBlob(tenantId, file.sha256)) as ReadableStream<Uint8Array>;
  return new Response(body, { headers: { ...apiHeaders(), ...headers, 'Content-Length': String(size) } });
}

// RFC 6266 and RFC 5987: an ASCII name for old clients, the real one percent-encoded in UTF-8.
function filenameParameters(filename: string): string {
  const name = filename.replace(/[\p{Cc}\p{Bidi_Control}/\\]/gu, '_').slice(0, 200) || 'file';
  const ascii = name.replace(/[^\x20-\x7e]|["%]/g, '_');
  const encoded = encodeURIComponent(name.toWellFormed()).replace(
    /['()*]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `filename="${ascii}"; filename*=UTF-8''${encoded}`;
}
