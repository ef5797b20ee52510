import { decodeIso2022Jp } from '#lib/mail/charset/iso2022jp.ts';

const STRIPPED = /\$[@B]((?:[\x21-\x7e]{2}){1,400}?)\([BJ]/g;

/**
 * Some relays remove ESC bytes: `$B%F%9%H(B` is what is left of テスト. Gives the text back where every pair of bytes in
 * between is a kana, kanji or full-width sign; anything else stays as it was. Call it only for text labelled ISO-2022-JP.
 */
export function restoreStrippedEscapes(text: string): string {
  if (!text.includes('$B') && !text.includes('$@')) return text;
  return text.replace(STRIPPED, (whole, pairs: string) => {
    const decoded = decodeIso2022Jp(Buffer.from(`\x1b$B${pairs}\x1b(B`, 'latin1'));
    return /^[\u3000-\u30ff\u4e00-\u9fff\uff01-\uff9f\u2010-\u2fff]+$/.test(decoded) ? decoded : whole;
  });
}
