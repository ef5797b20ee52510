import { sureAttributionStart } from '#lib/mail/quote-attribution.ts';
import { isQuoted } from '#lib/mail/quote-line.ts';

const RULE =
  /^\s*[-_=*＿─━－ー]{2,}\s*(?:original message|original appointment|元のメッセージ|元のメール|オリジナルメッセージ|返信元メッセージ|forwarded message|forwarded by.{0,60}|転送メッセージ|転送されたメッセージ|転送メール)\s*[-_=*＿─━－ー]*\s*$/i;
const HEADER =
  /^\s*\**\s*(差出人|送信者|送信元|送信日時|送信日|受信日時|日時|日付|宛先|件名|添付ファイル|cc|bcc|from|sent|date|to|subject|importance|reply-to|von|gesendet|an|betreff|de|envoyé|à|objet|发件人|发送时间|收件人|主题)\s*\**\s*[:：]/i;
const FIRST_HEADER = /^\s*\**\s*(差出人|送信者|送信元|from|von|de|发件人)\s*\**\s*[:：]/i;
const LINE = /^\s*[-_＿─━]{5,}\s*$/;
const LONGEST = 300;
const SHORTEST = 5;

/**
 * The first line of what a mail program puts above a quotation without marks: an "Original Message" rule, Outlook's block of
 * 差出人/送信日時/宛先/件名, or an attribution with date and address. null: none, or the writer answers between the quoted lines below.
 */
export function blockStart(lines: readonly string[]): number | null {
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i] ?? '';
    if (line.length < SHORTEST || line.length > LONGEST) continue;
    const start = RULE.test(line) ? i : (headersStart(lines, i) ?? unmarkedStart(lines, i));
    if (start !== null) return isAnsweredBelow(lines, i) ? null : start;
  }
  return null;
}

function headersStart(lines: readonly string[], i: number): number | null {
  if (!FIRST_HEADER.test(lines[i] ?? '')) return null;
  const below = lines.slice(i + 1, i + 10).filter((line) => line.trim() !== '');
  if (below.slice(0, 5).filter((line) => HEADER.test(line.slice(0, LONGEST))).length < 2) return null;
  return LINE.test((lines[i - 1] ?? '').slice(0, LONGEST)) ? i - 1 : i;
}

function unmarkedStart(lines: readonly string[], i: number): number | null {
  const start = sureAttributionStart(lines, i);
  if (start === null) return null;
  const next = lines.slice(i + 1, i + 6).find((line) => line.trim() !== '');
  return next === undefined || isQuoted(next) ? null : start;
}

/** Below the block: quoted lines come first, and then words that aren't quoted. */
function isAnsweredBelow(lines: readonly string[], from: number): boolean {
  let i = from + 1;
  while (i < lines.length && (lines[i]?.trim() === '' || HEADER.test((lines[i] ?? '').slice(0, LONGEST)))) i += 1;
  if (!isQuoted(lines[i] ?? '')) return false;
  return lines.slice(i).some((line) => line.trim() !== '' && !isQuoted(line) && !isSignature(line));
}

function isSignature(line: string): boolean {
  return /^\s*(?:--\s?|[-_=*＿─━☆★*・]{5,})\s*$/.test(line.slice(0, LONGEST));
}
