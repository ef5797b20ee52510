/** Charset names seen in mail that mean a decoder of another name. Japanese names go to Microsoft's variants (japanese-mail.md). */
const ALIASES: Record<string, string> = {
  iso2022jp: 'iso-2022-jp',
  iso2022jp1: 'iso-2022-jp',
  iso2022jp2: 'iso-2022-jp',
  iso2022jp3: 'iso-2022-jp',
  iso2022jp2004: 'iso-2022-jp',
  iso2022jpms: 'iso-2022-jp',
  csiso2022jp: 'iso-2022-jp',
  csiso2022jp2: 'iso-2022-jp',
  xiso2022jp: 'iso-2022-jp',
  cp50220: 'iso-2022-jp',
  cp50221: 'iso-2022-jp',
  cp50222: 'iso-2022-jp',
  xwindows50220: 'iso-2022-jp',
  xwindows50221: 'iso-2022-jp',
  windows50220: 'iso-2022-jp',
  windows50221: 'iso-2022-jp',
  jis: 'iso-2022-jp',
  jis7: 'iso-2022-jp',
  junet: 'iso-2022-jp',
  shiftjis: 'cp932',
  sjis: 'cp932',
  xsjis: 'cp932',
  sjiswin: 'cp932',
  mssjis: 'cp932',
  mskanji: 'cp932',
  csshiftjis: 'cp932',
  cswindows31j: 'cp932',
  windows31j: 'cp932',
  cp932: 'cp932',
  ms932: 'cp932',
  xms932: 'cp932',
  xmscp932: 'cp932',
  windows932: 'cp932',
  cp943: 'cp932',
  ibm943: 'cp932',
  shiftjis2004: 'cp932',
  shiftjisx0213: 'cp932',
  eucjp: 'eucjp',
  xeucjp: 'eucjp',
  xeuc: 'eucjp',
  euc: 'eucjp',
  ujis: 'eucjp',
  eucjpms: 'eucjp',
  eucjpwin: 'eucjp',
  eucjis2004: 'eucjp',
  cp51932: 'eucjp',
  cp20932: 'eucjp',
  cseucpkdfmtjapanese: 'eucjp',
  extendedunixcodepackedformatforjapanese: 'eucjp',
  utf8: 'utf-8',
  utf8n: 'utf-8',
  utf8mb4: 'utf-8',
  unicode11utf8: 'utf-8',
  unicode: 'utf-8',
  usascii: 'us-ascii',
  ascii: 'us-ascii',
  ansix341968: 'us-ascii',
  '7bit': 'us-ascii',
  us: 'us-ascii',
  utf7: 'utf-7',
  unicode11utf7: 'utf-7',
  gb2312: 'gb18030',
  gbk: 'gb18030',
  xgbk: 'gb18030',
  cp936: 'gb18030',
  ksc56011987: 'cp949',
  euckr: 'cp949',
  iso88591: 'windows-1252',
  latin1: 'windows-1252',
  iso885911: 'windows-874',
  iso88598i: 'iso-8859-8',
  iso88598e: 'iso-8859-8',
};

/** Labels that say nothing: the writer's mailer didn't know either. */
const NOTHING = new Set([
  '',
  'unknown',
  'unknown8bit',
  'xunknown',
  'default',
  'none',
  'binary',
  '8bit',
  'charset',
  'null',
  'undefined',
]);

/** The decoder's name for a charset label of a mail, or null where the label is missing or says nothing. */
export function canonicalCharset(label: string | null | undefined): string | null {
  if (!label) return null;
  const plain = label
    .slice(0, 80)
    .replace(/['"\s]/g, '')
    .replace(/\*.*$/, '')
    .toLowerCase();
  const key = plain.replace(/[^a-z0-9]/g, '');
  if (NOTHING.has(key)) return null;
  return ALIASES[key] ?? plain;
}
