import { decodeIso2022Jp } from '#lib/mail/charset/iso2022jp.ts';

const STRIPPED = /\$[@B]((?:[\x21-\x7e]{2}){1,400}?)\([BJ]/g;

/**
 * Some relays remove ESC bytes: `$B%F%9%H(B` is what is left of テスト. Gives the text back where every pair of bytes in between
 * is kana, a sign or a common kanji (JIS level 1), or any kanji beside kana; `$Basic(B)` stays as it is. With `needsKana` (no
 * label says ISO-2022-JP) only text with kana is believed.
 */
export function restoreStrippedEscapes(text: string, needsKana = false): string {
  if (!text.includes('$B') && !text.includes('$@')) return text;
  return text.replace(STRIPPED, (whole, pairs: string) => {
    const decoded = decodeIso2022Jp(Buffer.from(`\x1b$B${pairs}\x1b(B`, 'latin1'));
    if (!/^[\u3000-\u30ff\u4e00-\u9fff\uff01-\uff9f\u2010-\u2fff]+$/.test(decoded)) return whole;
    const kana = /[\u3041-\u30fe]/.test(decoded);
    return kana || (!needsKana && /^(?:[\x21-\x28\x30-\x4f].)+$/.test(pairs)) ? decoded : whole;
  });
}
