import { type FoldedLine, foldLine, type LabelAt, labelAt, labelKey } from '#lib/mail/forms/label.ts';
import type { FormField, ReadField } from '#lib/mail/forms/pattern.ts';

/** Characters and lines of a mail in which a form is looked for. */
const LONGEST_TEXT = 50_000;
const MOST_LINES = 2000;
/** The longest value kept, characters; the mail keeps the whole. */
const LONGEST_VALUE = 10_000;
/** A value that only a blank parts from its label, as the cells of a table are parted, has no more than this. */
const LONGEST_CELL = 200;
/** Lines that may stand empty between a label and its value. */
const MOST_BLANK = 3;

type Found = LabelAt & { index: number };
type Sheet = { lines: FoldedLine[]; found: (Found | null)[]; done: Set<number> };

/**
 * The fields of a form in the text of its mail. Labels are found at the beginning of a line in any of the usual dresses
 * (`【お名前】 山田`, `■お名前(必須)：山田`, `お名前<TAB>山田`, `| お名前 | 山田 |`, the label alone and the value below),
 * whatever the width of their letters; the first one counts. Linear in the text; no pattern of anybody's runs over it.
 */
export function readFields(text: string, fields: readonly FormField[]): ReadField[] {
  const keys = fields
    .map(({ label }, index) => ({ index, key: labelKey(label) }))
    // お名前（フリガナ） before お名前.
    .sort((a, b) => b.key.length - a.key.length);
  const lines = text.slice(0, LONGEST_TEXT).split('\n', MOST_LINES).map(foldLine);
  const sheet: Sheet = { lines, found: lines.map((line) => firstLabel(line, keys)), done: new Set() };
  const read: ReadField[] = [];
  for (const [line, at] of sheet.found.entries()) {
    const field = at ? fields[at.index] : undefined;
    if (!at || !field || sheet.done.has(at.index)) continue;
    const { value, until } = valueBehind(sheet, line, at, field.lines === 'many');
    // A field left empty is done too: what the customer writes further down is no second chance.
    if (value !== '' || at.sure) sheet.done.add(at.index);
    const { field: kind, label } = field;
    if (value !== '') read.push({ field: kind, label, value: value.slice(0, LONGEST_VALUE), line, until });
  }
  return read;
}

function firstLabel(line: FoldedLine, keys: readonly { index: number; key: string }[]): Found | null {
  if (line.folded === '') return null;
  for (const { index, key } of keys) {
    const at = labelAt(line, key);
    if (at && (at.sure || at.value.length <= LONGEST_CELL)) return { ...at, index };
  }
  return null;
}

function valueBehind(sheet: Sheet, line: number, at: Found, many: boolean): { value: string; until: number } {
  if (!many && at.value !== '') return { value: at.value, until: line + 1 };
  const first = at.value === '' ? firstWords(sheet, line + 1) : line + 1;
  let until = first;
  const most = many ? sheet.lines.length : first + 1;
  while (until < most && until < sheet.lines.length && !endsAt(sheet, until, at)) until += 1;
  const below = sheet.lines.slice(first, until).map(({ whole }) => whole.trimEnd());
  return { value: [at.value, ...below].join('\n').trim(), until };
}

// Blank lines and a line of dashes may stand between a label and what was written.
function firstWords({ lines }: Sheet, from: number): number {
  let at = from;
  while (at < Math.min(lines.length, from + MOST_BLANK)) {
    const line = lines[at]?.whole ?? '';
    if (line.trim() !== '' && !(at === from && isRule(line))) break;
    at += 1;
  }
  return at;
}

// A field that is read already is no end: customers write 「電話番号：」 in their own words, too. Any line with the mark
// this label has before it is the form's next field, known or not.
function endsAt({ lines, found, done }: Sheet, line: number, { index, opener }: Found): boolean {
  const { whole = '', opener: mark = '' } = lines[line] ?? {};
  if (isRule(whole) || (opener !== '' && mark === opener)) return true;
  const other = found[line];
  return other !== null && other !== undefined && other.index !== index && !done.has(other.index);
}

/** A line drawn with one and the same sign, or the one before a signature. */
function isRule(line: string): boolean {
  if (/^-- ?$/.test(line)) return true;
  const signs = line.trim();
  return signs.length >= 5 && /^[-=_━─―—*＊～~ー・＿＝‐+#]/.test(signs) && new Set(signs).size === 1;
}
