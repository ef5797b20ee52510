import { base64, bytesIn, encodedWords, quotedPrintable } from './encode.mjs';
import { GOODS, SENTENCES } from './words.mjs';

const escaped = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
const part = (type, encoding, body) => ({
  head: `Content-Type: ${type}\nContent-Transfer-Encoding: ${encoding}`,
  body,
});

/** A part's head and body as they stand in the mail; the body is bytes, for Shift_JIS goes by 8 bits. */
function multipart(kind, boundary, parts) {
  const pieces = parts.flatMap(({ head, body }) => [`--${boundary}\n${head}\n\n`, body, '\n']);
  const body = Buffer.concat(
    [...pieces, `--${boundary}--\n`].map((piece) => (Buffer.isBuffer(piece) ? piece : Buffer.from(piece, 'latin1'))),
  );
  return { head: `Content-Type: multipart/${kind}; boundary="${boundary}"`, body };
}

/** Paragraphs of a customer, at least four, so that nobody takes them for a short word of thanks. */
export function paragraphs(chance) {
  const filled = (text) =>
    text.replace('{good}', () => chance.pick(GOODS)).replace('{order}', () => `M-${chance.between(10_000, 99_999)}`);
  return Array.from({ length: chance.between(4, 16) }, () => filled(chance.pick(SENTENCES)));
}

const signed = (lines, writer) => [...lines, '', `${writer.name}`, `${writer.address}`, ''].join('\n');
const quoted = (parent) =>
  parent ? ['', `${parent.writer.name} さんは書きました:`, ...parent.lines.map((line) => `> ${line}`)] : [];

function htmlOf(chance, { lines, writer, parent, picture }) {
  const style =
    "font-family:Meiryo,'Hiragino Sans',sans-serif;font-size:14px;line-height:1.8;color:#222;margin:0 0 12px 0";
  const rows = Array.from(
    { length: chance.between(0, 10) },
    () =>
      `<tr style="border-bottom:1px solid #ddd"><td style="padding:4px 12px">${chance.pick(GOODS)}</td><td align="right" style="padding:4px 12px">${chance.between(1, 9)}</td><td align="right">&yen;${chance.between(800, 60_000)}</td></tr>`,
  );
  return [
    '<!DOCTYPE html><html><head><meta charset="utf-8"><style>td{vertical-align:top}.s{color:#888}</style></head><body>',
    ...lines.map((line) => `<p style="${style}">${escaped(line)}</p>`),
    rows.length > 0 ? `<table border="0" cellspacing="0" cellpadding="0" width="600">${rows.join('\n')}</table>` : '',
    picture ? `<img src="cid:${picture}" width="320" alt="">` : '',
    `<div class="s">${escaped(writer.name)} &lt;<a href="mailto:${writer.address}">${writer.address}</a>&gt;</div>`,
    parent
      ? `<blockquote style="border-left:2px solid #99c;padding-left:8px">${parent.lines.map(escaped).join('<br>')}</blockquote>`
      : '',
    '</body></html>\n',
  ].join('\n');
}

function attachment(chance, charset, size) {
  const name = `見積書${chance.between(1, 999)}.pdf`;
  const head = `Content-Type: application/pdf;\n name="${encodedWords(name, charset)}"\nContent-Disposition: attachment;\n filename*=UTF-8''${encodeURIComponent(name)}\nContent-Transfer-Encoding: base64`;
  return { head, body: base64(chance.bytes(size)) };
}

/** The body of one mail in one of the forms that arrive at a Japanese shop, and how many files it brings. */
export function bodyOf(chance, form, letter) {
  const text = signed([...letter.lines, ...quoted(letter.parent)], letter.writer);
  const utf8 = part('text/plain; charset=UTF-8', 'base64', base64(bytesIn('UTF-8', text)));
  if (form === 'jis')
    return { ...part('text/plain; charset=ISO-2022-JP', '7bit', bytesIn('ISO-2022-JP', text)), files: 0 };
  if (form === 'sjis')
    return { ...part('text/plain; charset=Shift_JIS', '8bit', bytesIn('Shift_JIS', text)), files: 0 };
  if (form === 'plain') return { ...utf8, files: 0 };
  if (form === 'file')
    return {
      ...multipart('mixed', `m${chance.hex(20)}`, [utf8, attachment(chance, 'UTF-8', chance.between(50_000, 310_000))]),
      files: 1,
    };
  const picture = form === 'picture' ? `${chance.hex(12)}@photo.example` : null;
  const page = part(
    'text/html; charset=UTF-8',
    'quoted-printable',
    quotedPrintable(Buffer.from(htmlOf(chance, { ...letter, picture }))),
  );
  const both = multipart('alternative', `a${chance.hex(20)}`, [utf8, page]);
  if (!picture) return { ...both, files: 0 };
  const head = `Content-Type: image/jpeg; name=photo.jpg\nContent-ID: <${picture}>\nContent-Disposition: inline; filename=photo.jpg\nContent-Transfer-Encoding: base64`;
  return {
    ...multipart('related', `r${chance.hex(20)}`, [
      both,
      { head, body: base64(chance.bytes(chance.between(30_000, 120_000))) },
    ]),
    files: 1,
  };
}

/** A report of a server that couldn't deliver (RFC 3464). */
export function bounceBody(chance, recipient) {
  const report = `Reporting-MTA: dns; mx.example.net\n\nFinal-Recipient: rfc822; ${recipient}\nAction: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550 5.1.1 User unknown\n`;
  const returned = `From: shop@mail.example\nTo: ${recipient}\nSubject: receipt\nMessage-ID: <${chance.hex(20)}@elsewhere.example>\n`;
  const { body } = multipart('report', 'report-1', [
    part('text/plain; charset=us-ascii', '7bit', `The mail to <${recipient}> could not be delivered.\n`),
    part('message/delivery-status', '7bit', report),
    part('text/rfc822-headers', '7bit', returned),
  ]);
  return { head: 'Content-Type: multipart/report; report-type=delivery-status; boundary="report-1"', body, files: 2 };
}
