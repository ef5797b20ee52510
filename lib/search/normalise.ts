/**
 * Text as search compares it (japanese-mail.md): NFKC, lower case, katakana as hiragana, small kana as large ones,
 * dashes and long vowel marks as one, old forms of kanji as new ones, all white space and hyphens gone.
 */
export function normaliseForSearch(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\u30a1-\u30f6]/g, (kana) => String.fromCharCode(kana.charCodeAt(0) - 0x60))
    .replace(/[ぁぃぅぇぉっゃゅょゎゕゖ]/g, (kana) => LARGE[kana] ?? kana)
    .replace(/[髙﨑邊邉濵濱﨟齋齊斎澤廣國櫻龍瀨德]/g, (kanji) => NEW_FORM[kanji] ?? kanji)
    .replace(/[\s\u00ad\u200b-\u200f\u2010-\u2015\u2212ー\-‐―~〜]+/g, '');
}

const LARGE: Record<string, string> = {
  ぁ: 'あ',
  ぃ: 'い',
  ぅ: 'う',
  ぇ: 'え',
  ぉ: 'お',
  っ: 'つ',
  ゃ: 'や',
  ゅ: 'ゆ',
  ょ: 'よ',
  ゎ: 'わ',
  ゕ: 'か',
  ゖ: 'け',
};
const NEW_FORM: Record<string, string> = {
  髙: '高',
  﨑: '崎',
  邊: '辺',
  邉: '辺',
  濵: '浜',
  濱: '浜',
  齋: '斉',
  齊: '斉',
  斎: '斉',
  澤: '沢',
  廣: '広',
  國: '国',
  櫻: '桜',
  龍: '竜',
  瀨: '瀬',
  德: '徳',
};

/** The distinct bigrams of normalised text, with single characters too, so that one-character words are found. */
export function grams(normalised: string): string[] {
  const found = new Set<string>();
  const characters = [...normalised];
  for (let i = 0; i < characters.length; i++) {
    found.add(characters[i] as string);
    if (i + 1 < characters.length) found.add(`${characters[i]}${characters[i + 1]}`);
  }
  return [...found];
}
