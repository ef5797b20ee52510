import type { At } from '#prisma/seed/company/types.ts';

/** A calendar day in Asia/Tokyo, 'YYYY-MM-DD'. */
export type Day = string;

const dayMs = 86_400_000;
const weekdayNames = ['日', '月', '火', '水', '木', '金', '土'];

export const dayInTokyo = (now: Date): Day => new Date(now.getTime() + 9 * 3_600_000).toISOString().slice(0, 10);
/** The seed's day: today in Tokyo from 09:00 on, else yesterday, so that D-0 before 09:00 is always past. */
export const seedDayOf = (now: Date): Day => dayInTokyo(new Date(now.getTime() - 9 * 3_600_000));
const midnight = (day: Day) => Date.parse(`${day}T00:00:00Z`);
export const weekdayOf = (seedDay: Day, offset: number) => new Date(midnight(seedDay) + offset * dayMs).getUTCDay();

/** Days between the seed's day and its n-th weekday before (n < 0) or after (n > 0). */
function weekdayOffset(seedDay: Day, n: number): number {
  const step = Math.sign(n);
  let offset = 0;
  for (let left = Math.abs(n); left > 0; ) {
    offset += step;
    if (weekdayOf(seedDay, offset) % 6 !== 0) left -= 1;
  }
  return offset;
}

/** Days back to the n-th Monday before the seed's day (n < 0). */
const mondayOffset = (seedDay: Day, n: number) => -((weekdayOf(seedDay, 0) + 5) % 7) - 1 + (n + 1) * 7;

function offsetOf(word: string, seedDay: Day): number {
  const found = /^([BDM])([+-]\d+)(~|\+\d)?$/.exec(word);
  if (!found) throw new Error(`Not a day of the script: ${word}`);
  const n = Number(found[2]);
  const offset = found[1] === 'B' ? weekdayOffset(seedDay, n) : found[1] === 'M' ? mondayOffset(seedDay, n) : n;
  return offset + (found[3] === '~' ? -1 : Number(found[3] ?? 0));
}

const named = (offset: number) => (offset > 0 ? `D+${offset}` : `D-${-offset}`);

/** Any form of At to 'D-n HH:MM'. */
export function settleAt(at: At, seedDay: Day): At {
  const found = /^(\S+) (\d{1,2}:\d\d)$/.exec(at);
  if (!found?.[1] || !found[2]) throw new Error(`Not a time of the script: ${at}`);
  return `${named(offsetOf(found[1], seedDay))} ${found[2].padStart(5, '0')}`;
}

/** The moment of an At, for the seed's day in Asia/Tokyo. */
export function momentOf(at: At, seedDay: Day): Date {
  const [day = '', time = ''] = settleAt(at, seedDay).split(' ');
  return new Date(
    midnight(seedDay) + offsetOf(day, seedDay) * dayMs + Date.parse(`1970-01-01T${time}:00Z`) - 9 * 3_600_000,
  );
}

/** '{B-12}' in a text to the date it means, 「10月3日（土）」; blanks around it in the script are only for reading. */
export function settleDates(text: string, seedDay: Day): string {
  return text.replace(/ ?\{([BDM][+-]\d+(?:~|\+\d)?)\} ?/g, (_, word: string) => {
    const date = new Date(midnight(seedDay) + offsetOf(word, seedDay) * dayMs);
    return `${date.getUTCMonth() + 1}月${date.getUTCDate()}日（${weekdayNames[date.getUTCDay()]}）`;
  });
}
