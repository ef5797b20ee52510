import { cleanText } from '#lib/mail/charset/clean.ts';
import { decodeText } from '#lib/mail/charset/decode.ts';
import type { Body } from '#lib/mail/mime/body.ts';

const SHOWN = 200_000;

/** What is shown of a mail whose structure can't be read: everything after the headers as text, at most 200 kB. */
export function unreadableBody(source: Buffer): Body {
  const starts = ['\r\n\r\n', '\n\n'].map((mark) => source.indexOf(mark)).filter((at) => at >= 0);
  const start = starts.length > 0 ? Math.min(...starts) : source.length;
  const decoded = decodeText(source.subarray(start, start + SHOWN), null);
  return { text: cleanText(decoded.text).trim(), html: null, attachments: [], charset: decoded.charset };
}
