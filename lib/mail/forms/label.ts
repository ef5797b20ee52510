/** Marks that stand before a label and are no part of it. No `>`: a quoted form is no form. */
const BEFORE = new Set('■□●○◆◇▼▽▲△▶►▪◎★☆・*＊※#＃【[［(（<＜「『〔|｜-－‐–—_');
const OPENERS = new Set('■□●○◆◇▼▽▲△▶►▪◎★☆【[［<＜「『〔|｜#＃');
const NUMBER = /^\s*(?:[(（]?\d{1,2}[).．、）]|Q\d{1,2}[.．:：]?)\s*(?=\S)/i;
/** What may follow a label before its value: closing marks, 必須, a note. */
const CLOSE = /^\s{0,9}[】\]］)）>＞」』〉》〕*＊※]/;
const MARK = /^\s{0,9}[【[［(（〔]?\s{0,3}(?:必須|任意|required|optional)(?:項目|入力)?\s{0,3}[】\]］)）〕]?/i;
const NOTE = /^\s{0,9}[(（［[]([^()（）［\][\n]{1,30})[)）］\]]/;
// お名前（フリガナ） and メールアドレス（確認用） are other fields than お名前 and メールアドレス.
const OTHER_FIELD = /[カガ]ナ|[かが]な|ｶﾞ?ﾅ|kana|確認|再入力|confirm|^(?:姓|名|セイ|メイ|せい|めい)$/i;
const SEPARATOR = /^\s{0,9}(?:[:：=＝|｜→⇒➡]|[>＞](?=\s)){1,3}/;
const SKIPPED = /[\s‐-―-]+/g;
/** Characters of a line in which a label is looked for. */
const LONGEST_LINE = 500;
const LONGEST_LABEL = 200;

/** A line as labels are compared with it: what stands after the marks, folded, and where each folded character ends in the line. */
export type FoldedLine = { whole: string; opener: string; folded: string; ends: readonly number[] };
/** A label found at the beginning of a line. `opener` is the mark before it, '' if none. `sure`: a mark or sign parts it from the value. */
export type LabelAt = { value: string; opener: string; sure: boolean };

/** A label as it is compared: NFKC, small letters, without blanks, hyphens and the marks around it (`お　名　前` is お名前). */
export const labelKey = (label: string): string => foldLine(label.trim()).folded.replace(/[:=|*\]】>」』〕]{1,9}$/, '');

/** Folds a line once, to be compared with many labels. */
export function foldLine(whole: string): FoldedLine {
  const line = whole.slice(0, LONGEST_LINE);
  const start = startOf(line);
  const first = line.trimStart()[0] ?? '';
  let folded = '';
  const ends: number[] = [];
  // Character by character, so that the written end is known: ㈱ is three folded characters, ﾃﾞ one.
  for (const written of line.slice(start, start + LONGEST_LABEL).matchAll(/[\s\S][ﾞﾟ\u3099\u309a]*/g)) {
    const one = written[0].normalize('NFKC').toLowerCase().replace(SKIPPED, '');
    folded += one;
    for (let i = 0; i < one.length; i += 1) ends.push(start + written.index + written[0].length);
  }
  return { whole, opener: OPENERS.has(first) ? first : '', folded, ends };
}

/** What follows the label at the beginning of a line, or null if the line doesn't begin with it. */
export function labelAt({ whole, opener, folded, ends }: FoldedLine, key: string): LabelAt | null {
  if (key === '' || !folded.startsWith(key)) return null;
  const { rest, closed } = afterMarks(whole.slice(ends[key.length - 1]));
  const separator = SEPARATOR.exec(rest)?.[0] ?? '';
  const after = rest.slice(separator.length);
  const value = (opener === '|' || opener === '｜' ? after.replace(/[|｜]\s{0,9}$/, '') : after).trim();
  const sure = separator !== '' || closed || /^(?:\t|　|\s{2})/.test(rest);
  if (sure || value === '') return { value, opener, sure };
  // The cells of a table are parted by one blank; 「お名前は…」 and 「Name of the shop: …」 are sentences.
  return /^\s/.test(rest) && !/[:：]/.test(value) ? { value, opener, sure } : null;
}

function startOf(line: string): number {
  let at = NUMBER.exec(line.slice(0, 40))?.[0].length ?? 0;
  while (at < line.length && (/\s/.test(line[at] as string) || BEFORE.has(line[at] as string))) at += 1;
  return at;
}

function afterMarks(text: string): { rest: string; closed: boolean } {
  let rest = text;
  let closed = false;
  for (let i = 0; i < 6; i += 1) {
    const note = NOTE.exec(rest);
    const noted = note && !OTHER_FIELD.test(note[1] ?? '') ? note[0] : undefined;
    const found = MARK.exec(rest)?.[0] ?? noted ?? CLOSE.exec(rest)?.[0];
    if (!found) break;
    rest = rest.slice(found.length);
    closed = true;
  }
  return { rest, closed };
}
