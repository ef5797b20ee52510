import { encodeIso2022Jp } from '#lib/mail/charset/encode-iso2022jp.ts';
import { field } from '#lib/mail/compose/header.ts';
import { filenameParameters, nameParameter, sentFilename } from '#lib/mail/compose/params.ts';
import type { OutCharset } from '#lib/mail/compose/words.ts';

/** A file to send; `cid` makes it an inline picture of the HTML. */
export type ComposeAttachment = { filename: string; contentType: string; content: Buffer; cid?: string };

/** A MIME part: its header fields and its bytes as they are sent (CRLF, 7 bit). */
export type Part = { fields: string[]; body: Buffer };

/** Octets of a line in 7bit, well below the 998 of RFC 5321 4.5.3.1.6. */
const LONGEST_LINE = 990;

/** The text: UTF-8 in base64, or ISO-2022-JP as it stands (7bit), which old phones and systems read. */
export function textPart(text: string, charset: OutCharset): Part {
  // From the first line end of a run only: else a page of blank lines takes seconds.
  const lines = toCrlf(text).replace(/(?<!\n)(?:\r\n)*$/, '\r\n');
  const jis = charset === 'iso-2022-jp' ? encodeIso2022Jp(lines) : null;
  if (!jis) return encodedPart('text/plain', 'utf-8', Buffer.from(lines.toWellFormed()));
  if (!isSafeAsItIs(jis)) return encodedPart('text/plain', 'iso-2022-jp', jis);
  return {
    fields: [field('Content-Type', ['text/plain;', 'charset=iso-2022-jp']), 'Content-Transfer-Encoding: 7bit'],
    body: jis,
  };
}

export const htmlPart = (html: string): Part =>
  encodedPart('text/html', 'utf-8', Buffer.from(toCrlf(html).toWellFormed()));

const encodedPart = (type: string, charset: OutCharset, bytes: Buffer): Part => ({
  fields: [field('Content-Type', [`${type};`, `charset=${charset}`]), 'Content-Transfer-Encoding: base64'],
  body: base64Lines(bytes),
});

/** A file: its name in RFC 2231 and once more in encoded-words, its bytes untouched. */
export function filePart(file: ComposeAttachment): Part {
  const name = sentFilename(file.filename);
  const disposition = file.cid ? 'inline;' : 'attachment;';
  const cid = file.cid?.replace(/[^\x21-\x7e]|[<>]/g, '');
  return {
    fields: [
      field('Content-Type', [`${typeOf(file.contentType)};`, ...nameParameter(name)]),
      field('Content-Disposition', [disposition, ...filenameParameters(name)]),
      ...(cid ? [`Content-ID: <${cid}>`] : []),
      'Content-Transfer-Encoding: base64',
    ],
    body: base64Lines(file.content),
  };
}

/** Parts one after the other under one boundary. */
export function multipart(kind: 'mixed' | 'alternative' | 'related', boundary: string, parts: readonly Part[]): Part {
  const pieces = parts.flatMap((part) => [
    Buffer.from(`--${boundary}\r\n${part.fields.join('\r\n')}\r\n\r\n`),
    part.body,
    Buffer.from('\r\n'),
  ]);
  return {
    fields: [field('Content-Type', [`multipart/${kind};`, `boundary="${boundary}"`])],
    body: Buffer.concat([...pieces, Buffer.from(`--${boundary}--\r\n`)]),
  };
}

// message/* may not be in base64 (RFC 2046 5.2.1), and a type from outside is only believed where it looks like one.
const typeOf = (type: string): string =>
  /^[\w.+-]{1,60}\/[\w.+-]{1,100}$/.test(type) && !/^(message|multipart)\//i.test(type)
    ? type
    : 'application/octet-stream';

// A line too long, or one that relays change ("From " after an mbox): encoded instead.
function isSafeAsItIs(bytes: Buffer): boolean {
  const lines = bytes.toString('latin1').split('\r\n');
  return lines.every((line) => line.length <= LONGEST_LINE && !line.startsWith('From '));
}

const base64Lines = (bytes: Buffer): Buffer =>
  Buffer.from((bytes.toString('base64').match(/.{1,76}/g) ?? []).map((line) => `${line}\r\n`).join(''));

export const toCrlf = (text: string): string => text.replace(/\r\n|\r|\n/g, '\r\n');
