/** The charsets that 「文字コードを変えて表示」 offers, by the names that a mail would carry. */
export const CHARSET_CHOICES = [
  'utf-8',
  'iso-2022-jp',
  'shift_jis',
  'euc-jp',
  'windows-1252',
  'gb18030',
  'euc-kr',
  'big5',
] as const;

export type CharsetChoice = (typeof CHARSET_CHOICES)[number];
