const DATE = String.raw`\d{4}\s?[年/.-]\s?\d{1,2}\s?[月/.-]\s?\d{1,2}`;

/** Lines by which mail programs announce what they quote. They end in a colon, folded over up to three lines. */
const ATTRIBUTIONS = [
  /^\s*on\b.{4,300}\bwrote\s?[:：]$/i,
  /^\s*at\b.{4,200}\b(?:wrote|writes)\s?[:：]$/i,
  /^\s*am\b.{4,300}\bschrieb\b.{0,200}[:：]$/i,
  /^\s*le\b.{4,300}\ba écrit\s?[:：]$/i,
  /^\s*(?:el|il giorno|em)\b.{4,300}\b(?:escribió|ha scritto|escreveu)\s?[:：]$/i,
  /^\s*在.{4,300}(?:写道|寫道)\s?[:：]$/,
  new RegExp(String.raw`^\s*\(?${DATE}.{0,300}[:：]$`),
  /^.{0,200}(?:は書きました|のメール|からのメール|wrote|writes)\s?(?:\([^()]{0,60}\))?\s?[:：]$/i,
  /^.{0,80}(?:さん|様|氏)の\s?[<＜][^<>＜＞]{3,200}[>＞]\s?から$/,
  /^\s*[<＜]?[^\s<>]{1,80}@[^\s<>]{1,80}[>＞]?.{0,40}[:：]$/,
  /^\s*(?:begin forwarded message|anfang der weitergeleiteten nachricht)\s?[:：]$/i,
];

/** How the first of several lines begins when a program folds its attribution. */
const OPENINGS = [/^\s*(?:on|at|am|le|el|in|il)\s/i, /^\s*在/, new RegExp(String.raw`^\s*\(?${DATE}`)];

/** So sure of themselves that what follows is a quotation even without marks. */
const SURE = [
  /^\s*on\b.{4,200}\d.{0,200}<[^\s<>]+@[^\s<>]+>\s*wrote\s?[:：]$/i,
  new RegExp(String.raw`^\s*${DATE}.{0,40}\d{1,2}:\d{2}.{0,200}<[^\s<>]+@[^\s<>]+>\s?(?:のメール)?\s?[:：]$`),
  new RegExp(String.raw`^\s*${DATE}.{0,40}\d{1,2}:\d{2}.{0,200}のメール\s?[:：]$`),
];

const LONGEST = 400;
const FOLDED = 3;

/** The first line of the attribution whose last line is `last`, or null if that line ends none. */
export function attributionStart(lines: readonly string[], last: number): number | null {
  return matchStart(lines, last, ATTRIBUTIONS);
}

/** As attributionStart, for attributions that need no quote marks after them. */
export function sureAttributionStart(lines: readonly string[], last: number): number | null {
  const line = lines[last] ?? '';
  return /[:：]\s*$/.test(line.slice(-20)) && line.length < LONGEST ? matchStart(lines, last, SURE) : null;
}

function matchStart(lines: readonly string[], last: number, patterns: readonly RegExp[]): number | null {
  let text = '';
  let found: number | null = null;
  for (let first = last; first >= 0 && first > last - FOLDED; first--) {
    const line = (lines[first] ?? '')
      .slice(0, LONGEST)
      .replace(/\u00a0|\u202f/g, ' ')
      .trimEnd();
    if (line === '') break;
    text = text === '' ? line : `${line} ${text}`;
    const opens = OPENINGS.some((pattern) => pattern.test(line));
    // One line as it is; more lines only where the first begins as attributions do.
    if (patterns.some((pattern) => pattern.test(text)) && (first === last || opens)) found = first;
    if (opens) break;
  }
  return found;
}
