const QUOTED = /^\s{0,3}[>＞|｜]/;
const RULE =
  /^\s*[-_=*＿─━]{2,}\s*(?:original message|元のメッセージ|オリジナルメッセージ|転送メッセージ|転送されたメッセージ|forwarded message|返信元メッセージ)\s*[-_=*＿─━]*\s*$/i;
const HEADER =
  /^\s*\**\s*(差出人|送信者|送信日時|日時|日付|送信日|宛先|件名|cc|from|sent|date|to|subject)\s*\**\s*[:：]/i;
const FIRST_HEADER = /^\s*\**\s*(差出人|送信者|from)\s*\**\s*[:：]/i;
const ATTRIBUTION = [
  /^\s*on\b.{4,200}\bwrote\s*[:：]\s*$/i,
  /^\s*\d{4}\s*[年/.-]\s*\d{1,2}\s*[月/.-]\s*\d{1,2}.{0,200}[:：]\s*$/,
  /^.{0,200}(?:さん|様|氏)?(?:は書きました|さんは書きました|のメール|wrote|writes)\s*[:：]\s*$/i,
  /^\s*[<＜]?[^\s<>]{1,80}@[^\s<>]{1,80}[>＞]?.{0,40}[:：]\s*$/,
];
const MAX_LINES = 20_000;

/**
 * Offset of the quotation that runs to the end of the text, or null. Styles: `>` and `＞` lines, attribution lines in Japanese
 * and English, `-----Original Message-----` and Outlook's 差出人/送信日時/件名 block. A quote with own words after it isn't
 * folded: the writer answered between the lines.
 */
export function quoteStart(text: string): number | null {
  const lines = text.split('\n', MAX_LINES);
  const offsets: number[] = [];
  let offset = 0;
  for (const line of lines) {
    offsets.push(offset);
    offset += line.length + 1;
  }
  const block = blockStart(lines);
  const tail = tailStart(block === null ? lines : lines.slice(0, block));
  const line = tail ?? block;
  return line === null || line === undefined ? null : (offsets[line] ?? null);
}

/** First line of an Outlook-like header block or an "Original Message" rule: what follows is quotation by convention. */
function blockStart(lines: string[]): number | null {
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i] ?? '';
    if (line.length > 300) continue;
    if (RULE.test(line)) return i;
    if (FIRST_HEADER.test(line) && lines.slice(i + 1, i + 7).filter((l) => HEADER.test(l.slice(0, 300))).length >= 2) {
      const above = lines[i - 1];
      return above !== undefined && /^\s*[-_＿─━]{5,}\s*$/.test(above) ? i - 1 : i;
    }
  }
  return null;
}

/** First line of a run of quoted and blank lines that reaches the end, with the attribution above it. */
function tailStart(lines: string[]): number | null {
  let i = lines.length;
  let first: number | null = null;
  while (i > 0) {
    const line = lines[i - 1] ?? '';
    if (QUOTED.test(line)) first = i - 1;
    else if (line.trim() !== '') break;
    i -= 1;
  }
  if (first === null) return null;
  let above = first - 1;
  while (above >= 0 && first - above <= 3 && (lines[above] ?? '').trim() === '') above -= 1;
  return above >= 0 && isAttribution(lines, above) ? attributionStart(lines, above) : first;
}

function isAttribution(lines: string[], i: number): boolean {
  const one = (lines[i] ?? '').slice(0, 400);
  const two = `${(lines[i - 1] ?? '').slice(0, 400)} ${one}`;
  return (
    ATTRIBUTION.some((pattern) => pattern.test(one)) || ATTRIBUTION.slice(0, 2).some((pattern) => pattern.test(two))
  );
}

/** Clients fold long attributions: the line above belongs to it when it begins like one and doesn't end like one. */
function attributionStart(lines: string[], i: number): number {
  const one = (lines[i] ?? '').slice(0, 400);
  const above = (lines[i - 1] ?? '').slice(0, 400);
  if (/^\s*on\b/i.test(one) || /^\s*\d{4}\s*[年/.-]/.test(one)) return i;
  return /^\s*on\b/i.test(above) || /^\s*\d{4}\s*[年/.-]\s*\d{1,2}\s*[月/.-]/.test(above) ? i - 1 : i;
}
