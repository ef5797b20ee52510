import Encoding from 'encoding-japanese';
import type { Charset } from '#prisma/seed/company/types.ts';

export type MailAddress = { name: string; address: string };
export type RawMail = {
  messageId: string;
  from: MailAddress;
  to: MailAddress[];
  cc?: MailAddress[];
  replyTo?: MailAddress;
  subject: string;
  text: string;
  html?: string;
  charset: Charset;
  date: Date;
  inReplyTo?: string;
  references?: string[];
  attachments?: { filename: string; contentType: string; content: Buffer }[];
  headers?: Record<string, string>;
};

const names = { 'utf-8': 'UTF8', 'iso-2022-jp': 'JIS', shift_jis: 'SJIS' } as const;

/** The text in the bytes of its charset. Throws when a character does not fit: a script must not lose one silently. */
export function encoded(text: string, charset: Charset): Buffer {
  if (charset === 'utf-8') return Buffer.from(text, 'utf8');
  const bytes = Encoding.convert(Encoding.stringToCode(text), {
    to: names[charset],
    from: 'UNICODE',
    fallback: 'error',
  });
  return Buffer.from(bytes);
}

const isAscii = (text: string) => /^[\x20-\x7e]*$/.test(text);

/** RFC 2047 B words of at most 75 characters; each one begins and ends in ASCII state. */
function encodedWords(text: string, charset: Charset): string[] {
  const room = Math.floor((75 - `=?${charset}?B??=`.length) / 4) * 3;
  const words: string[] = [];
  let part = '';
  const flush = () => words.push(`=?${charset.toUpperCase()}?B?${encoded(part, charset).toString('base64')}?=`);
  for (const sign of text) {
    if (part && encoded(part + sign, charset).length > room) {
      flush();
      part = '';
    }
    part += sign;
  }
  if (part) flush();
  return words;
}

const unstructured = (text: string, charset: Charset) =>
  isAscii(text) ? text : encodedWords(text, charset).join('\r\n ');

function mailbox({ name, address }: MailAddress, charset: Charset): string {
  // Old phones' local parts with two dots or a dot at the end stand here as those phones send them: unquoted.
  if (!name) return address;
  const shown = isAscii(name) ? (/[^\w ]/.test(name) ? `"${name}"` : name) : encodedWords(name, charset).join('\r\n ');
  return `${shown} <${address}>`;
}

const mailboxes = (list: MailAddress[], charset: Charset) => list.map((one) => mailbox(one, charset)).join(',\r\n ');

function dateHeader(date: Date): string {
  const local = new Date(date.getTime() + 9 * 3_600_000).toUTCString().replace('GMT', '+0900');
  return local;
}

const lines76 = (base64: string) => base64.replace(/.{76}/g, '$&\r\n').replace(/\r\n$/, '');
const crlf = (text: string) => text.replace(/\r?\n/g, '\r\n');

function quotedPrintable(bytes: Buffer): string {
  let out = '';
  let line = 0;
  bytes.forEach((byte, i) => {
    if (byte === 0x0d && bytes[i + 1] === 0x0a) {
      out += '\r\n';
      line = 0;
      return;
    }
    if (byte === 0x0a) return;
    const atEnd = bytes[i + 1] === 0x0d;
    const sign =
      (byte > 0x20 && byte < 0x7f && byte !== 0x3d) || (byte === 0x20 && !atEnd)
        ? String.fromCharCode(byte)
        : `=${byte.toString(16).toUpperCase().padStart(2, '0')}`;
    if (line + sign.length > 75) {
      out += '=\r\n';
      line = 0;
    }
    out += sign;
    line += sign.length;
  });
  return out;
}

type Part = { head: string[]; body: string };

/** ISO-2022-JP goes as 7bit, Shift_JIS as base64, UTF-8 as base64 or (plain text of mostly ASCII, HTML) quoted-printable. */
function textPart(subtype: 'plain' | 'html', text: string, charset: Charset): Part {
  const bytes = encoded(crlf(text), charset);
  const head = [`Content-Type: text/${subtype}; charset=${charset === 'utf-8' ? 'UTF-8' : charset}`];
  if (charset === 'iso-2022-jp')
    return { head: [...head, 'Content-Transfer-Encoding: 7bit'], body: bytes.toString('latin1') };
  if (charset === 'utf-8' && subtype === 'html')
    return { head: [...head, 'Content-Transfer-Encoding: quoted-printable'], body: quotedPrintable(bytes) };
  return { head: [...head, 'Content-Transfer-Encoding: base64'], body: lines76(bytes.toString('base64')) };
}

const percent = (text: string) =>
  encodeURIComponent(text).replace(/['()*!]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);

function filePart(file: { filename: string; contentType: string; content: Buffer }, charset: Charset): Part {
  const plain = isAscii(file.filename);
  const type = plain ? `name="${file.filename}"` : `name="${encodedWords(file.filename, charset).join('\r\n ')}"`;
  const disposition = plain ? `filename="${file.filename}"` : `filename*=UTF-8''${percent(file.filename)}`;
  return {
    head: [
      `Content-Type: ${file.contentType};\r\n ${type}`,
      `Content-Disposition: attachment;\r\n ${disposition}`,
      'Content-Transfer-Encoding: base64',
    ],
    body: lines76(file.content.toString('base64')),
  };
}

function multipart(subtype: 'mixed' | 'alternative', boundary: string, parts: Part[]): Part {
  const body = parts.map((part) => `--${boundary}\r\n${part.head.join('\r\n')}\r\n\r\n${part.body}`).join('\r\n');
  return { head: [`Content-Type: multipart/${subtype}; boundary="${boundary}"`], body: `${body}\r\n--${boundary}--` };
}

/** An RFC 5322 message in the bytes of its charset, with CRLF. */
export function rawMail(mail: RawMail): Buffer {
  const { charset } = mail;
  const mark = Buffer.from(mail.messageId).toString('hex').slice(0, 24);
  let root = textPart('plain', mail.text, charset);
  if (mail.html) root = multipart('alternative', `=_alt_${mark}`, [root, textPart('html', mail.html, charset)]);
  if (mail.attachments?.length)
    root = multipart('mixed', `=_mix_${mark}`, [root, ...mail.attachments.map((file) => filePart(file, charset))]);
  const head = [
    `Date: ${dateHeader(mail.date)}`,
    `From: ${mailbox(mail.from, charset)}`,
    `To: ${mailboxes(mail.to, charset)}`,
    ...(mail.cc?.length ? [`Cc: ${mailboxes(mail.cc, charset)}`] : []),
    ...(mail.replyTo ? [`Reply-To: ${mailbox(mail.replyTo, charset)}`] : []),
    `Subject: ${unstructured(mail.subject, charset)}`,
    `Message-ID: ${mail.messageId}`,
    ...(mail.inReplyTo ? [`In-Reply-To: ${mail.inReplyTo}`] : []),
    ...(mail.references?.length ? [`References: ${mail.references.join('\r\n ')}`] : []),
    ...Object.entries(mail.headers ?? {}).map(([name, value]) => `${name}: ${unstructured(value, charset)}`),
    'MIME-Version: 1.0',
    ...root.head,
  ];
  return Buffer.from(`${head.join('\r\n')}\r\n\r\n${root.body}\r\n`, 'latin1');
}
