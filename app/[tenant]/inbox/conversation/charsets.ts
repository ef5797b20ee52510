import type { CharsetChoice } from '#lib/mail/charset/choices.ts';

/** The charsets that may be chosen, as mail programs write them. */
export const CHARSET_NAMES: Record<CharsetChoice, string> = {
  'utf-8': 'UTF-8',
  'iso-2022-jp': 'ISO-2022-JP',
  shift_jis: 'Shift_JIS',
  'euc-jp': 'EUC-JP',
  'windows-1252': 'Windows-1252',
  gb18030: 'GB18030',
  'euc-kr': 'EUC-KR',
  big5: 'Big5',
};

export const CHARSETS = Object.keys(CHARSET_NAMES) as CharsetChoice[];
