import { decodeWords } from '#lib/mail/headers/words.ts';
import { zoneMinutes } from '#lib/mail/headers/zone.ts';

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
/** What German and French mailers write where English is prescribed. */
const OTHER_MONTHS: Record<string, number> = { okt: 9, dez: 11, mai: 4, avr: 3, mrz: 2 };
const ERAS: Record<string, number> = { 令和: 2018, r: 2018, 平成: 1988, h: 1988, 昭和: 1925, s: 1925 };

type Day = { year: number; month: number; day: number };

/** The forms of a day, each with its reading; the first that matches counts. Months from 0. */
const DAYS: [RegExp, (m: RegExpExecArray) => Day][] = [
  [
    /(?<!\d)(\d{1,2})[\s-]+([A-Za-z]{3})[a-z]*\.?[\s-]+(\d{2,4})(?![\d:])/,
    (m) => ({ day: Number(m[1]), month: monthOf(m[2]), year: fullYear(m[3]) }),
  ],
  [
    /\b([A-Za-z]{3})[a-z]*\.?\s+(\d{1,2})(?:st|nd|rd|th)?\s+(\d{4})(?![\d:])/,
    (m) => ({ day: Number(m[2]), month: monthOf(m[1]), year: Number(m[3]) }),
  ],
  [
    /(?<!\d)(\d{4})\s?[-/.年]\s?(\d{1,2})\s?[-/.月]\s?(\d{1,2})(?!\d)(?:\s?日)?/,
    (m) => ({ year: Number(m[1]), month: Number(m[2]) - 1, day: Number(m[3]) }),
  ],
  [
    /(令和|平成|昭和|\b[RHS])\s?(\d{1,2}|元)\s?[年.]\s?(\d{1,2})\s?[月.]\s?(\d{1,2})(?:\s?日)?/i,
    (m) => ({
      year: (ERAS[(m[1] ?? '').toLowerCase()] ?? 0) + (m[2] === '元' ? 1 : Number(m[2])),
      month: Number(m[3]) - 1,
      day: Number(m[4]),
    }),
  ],
  [
    /(?<!\d)(\d{1,2})\s+(\d{1,2})月?\s+(\d{4})(?![\d:])/,
    (m) => ({ day: Number(m[1]), month: Number(m[2]) - 1, year: Number(m[3]) }),
  ],
];
/** asctime: the year stands behind the time. */
const ASCTIME = /\b([A-Za-z]{3})\s+(\d{1,2})\s+(\d{1,2}:\d{1,2}(?::\d{1,2})?)\s+(?:([A-Za-z]{1,5})\s+)?(\d{4})(?!\d)/;
const COMPACT = /^\s*(\d{4})(\d{2})(\d{2})T?(\d{2})(\d{2})(\d{2})/;
const TIME =
  /(午前|午後)?\s?(?<![\d+-])(\d{1,2})(?:[:時]\s?(\d{1,2})(?:[:分]\s?(\d{1,2}))?|\.(\d{2})\.(\d{2}))(?:[分秒])?(?:\.\d+)?\s?(AM|PM)?/i;

/**
 * The instant a Date header means, or null if it can't be read or doesn't exist (30 February). Takes two- and three-digit years (RFC
 * 5322 4.3), zone names, comments, ISO 8601, asctime, Japanese and era dates; a missing zone is Japan's. It may lie: order mails by
 * the server's receipt time.
 */
export function parseMailDate(raw: string): Date | null {
  const text = withoutComments(decodeWords(raw.slice(0, 500)))
    .normalize('NFKC')
    .replace(/[,"\s]+/g, ' ')
    .slice(0, 200)
    .replace(ASCTIME, (_, month: string, day: string, time: string, zone: string | undefined, year: string) => {
      return `${day} ${month} ${year} ${time} ${zone ?? ''}`;
    })
    .replace(COMPACT, '$1-$2-$3 $4:$5:$6');
  for (const [pattern, read] of DAYS) {
    const match = pattern.exec(text);
    if (match) return build(read(match), text.slice(match.index + match[0].length));
  }
  return null;
}

/** Comments in parentheses, nested ones too, also the weekday in 2026/11/21(土). */
function withoutComments(text: string): string {
  let depth = 0;
  let out = '';
  for (const c of text.replace(/[（）]/g, (c) => (c === '（' ? '(' : ')'))) {
    if (c === '(') depth += 1;
    else if (c === ')') depth = Math.max(0, depth - 1);
    else if (depth === 0) out += c;
    if (c === ')' && depth === 0) out += ' ';
  }
  return out;
}

function monthOf(name = ''): number {
  const key = name.slice(0, 3).toLowerCase();
  return OTHER_MONTHS[key] ?? MONTHS.indexOf(key);
}

function fullYear(text = ''): number {
  const year = Number(text);
  if (text.length >= 4) return year;
  return text.length === 2 && year < 50 ? 2000 + year : 1900 + year;
}

function build({ year, month, day }: Day, rest: string): Date | null {
  const time = TIME.exec(rest);
  const half = (time?.[1] ?? time?.[7] ?? '').toLowerCase();
  const afternoon = half === '午後' || half === 'pm';
  const written = Number(time?.[2] ?? 0);
  const hour = half !== '' && written <= 12 ? (written % 12) + (afternoon ? 12 : 0) : written;
  const minute = Number(time?.[3] ?? time?.[5] ?? 0);
  const second = Number(time?.[4] ?? time?.[6] ?? 0);
  if (month < 0 || month > 11 || hour > 24 || minute > 59 || second > 60 || year < 1970 || year > 9999) return null;
  const midnight = new Date(Date.UTC(year, month, day));
  if (midnight.getUTCDate() !== day || midnight.getUTCMonth() !== month) return null;
  const zone = zoneMinutes(time ? rest.slice(time.index + time[0].length) : rest);
  const instant = Date.UTC(year, month, day, hour, minute, Math.min(second, 59)) - zone * 60_000;
  return instant < 0 ? null : new Date(instant);
}
