import { jis0208 } from '#lib/mail/charset/jis0208.ts';

/** Whether a character may stand in ISO-2022-JP: ASCII but for controls, or JIS X 0208. */
const fits = (character: string): boolean => /^[\t\n\r\x20-\x7e]$/.test(character) || jis0208().has(character);

/**
 * The characters of a text that ISO-2022-JP can't carry, each once, in their order; a combined one (か゚, an emoji of several
 * code points) as one. Empty: the text fits. Runs in the browser too, so that the writer is told while writing.
 */
export function unfitIn(text: string): string[] {
  const found = new Set<string>();
  const plain = text.normalize('NFC');
  if (/^[\t\n\r\x20-\x7e]*$/.test(plain)) return [];
  for (const { segment } of segments(plain)) {
    if (![...segment].every(fits)) found.add(segment);
  }
  return [...found];
}

/**
 * The text with everything replaced that has a common other form: ① → (1), ㈱ → (株), 髙 → 高, half-width kana → full-width.
 * What has none stays, to be said or sent in UTF-8.
 */
export function withReplacements(text: string): string {
  const kana = text.normalize('NFC').replace(/[\uff61-\uff9f]+/g, (run) => run.normalize('NFKC'));
  let out = '';
  for (const { segment } of segments(kana))
    out += [...segment].every(fits) ? segment : (replacementFor(segment) ?? segment);
  return out;
}

/** The usual other form of a character that doesn't fit, or null. */
export function replacementFor(character: string): string | null {
  const known = OTHER_FORM[character] ?? circled(character) ?? character.normalize('NFKC');
  return known !== character && known !== '' && [...known].every(fits) ? known : null;
}

// ①-⑳, ⓪, ㉑-㊿ and ❶-❿: NFKC would leave the bare number, which reads as a part of its neighbours.
function circled(character: string): string | null {
  const code = character.codePointAt(0) ?? 0;
  if (code >= 0x2776 && code <= 0x277f) return `(${code - 0x2775})`;
  const isCircled = code === 0x24ea || (code >= 0x2460 && code <= 0x2473) || (code >= 0x3251 && code <= 0x325f);
  return isCircled || (code >= 0x32b1 && code <= 0x32bf) ? `(${character.normalize('NFKC')})` : null;
}

const segments = (text: string): Iterable<{ segment: string }> =>
  new Intl.Segmenter('ja', { granularity: 'grapheme' }).segment(text);

const OTHER_FORM: Record<string, string> = {
  ...{ '¥': '￥', '\u00a0': ' ', '№': 'No.', '℡': 'TEL', '•': '・', '·': '・', '–': '−', '„': '”' },
  ...{ 髙: '高', 﨑: '崎', 濵: '浜', 瀨: '瀬', 德: '徳', 𠮷: '吉', 邉: '辺', 桒: '桑', 栁: '柳', 寬: '寛', 昻: '昂' },
  ...{
    淸: '清',
    黑: '黒',
    增: '増',
    內: '内',
    敎: '教',
    稅: '税',
    說: '説',
    鄕: '郷',
    閒: '間',
    頰: '頬',
    塡: '填',
    剝: '剥',
  },
  ...{ '✓': 'レ', '➡': '→', '⬅': '←', '⬆': '↑', '⬇': '↓', '✕': '×', '✖': '×', '❗': '！', '❓': '？' },
};
