import type { CalendarVersion, Hours, Weekday } from '#lib/calendars/calendar-version.ts';
import { openIntervals } from '#lib/calendars/open-intervals.ts';
import type { Scope } from '#lib/db/scope.ts';

const DAYS: readonly { day: Weekday; name: string }[] = [
  { day: 'mon', name: '月' },
  { day: 'tue', name: '火' },
  { day: 'wed', name: '水' },
  { day: 'thu', name: '木' },
  { day: 'fri', name: '金' },
  { day: 'sat', name: '土' },
  { day: 'sun', name: '日' },
];

/** The calendar of a 窓口 with all its versions; none: it has no business hours and counts as always open (kpi-fold.md 19). */
export async function calendarOf({ db, tenantId }: Scope, calendarId: string | null): Promise<CalendarVersion[]> {
  if (calendarId === null) return [];
  const rows = await db.calendarVersion.findMany({ where: { tenantId, calendarId }, orderBy: { validFrom: 'asc' } });
  return rows.map(({ validFrom, zone, week, closed, special }) => ({
    ...{ validFrom, zone, closed },
    week: week as CalendarVersion['week'],
    special: special as CalendarVersion['special'],
  }));
}

/** Is the 窓口 open at this instant? */
export function isOpenAt(at: Date, versions: CalendarVersion[]): boolean {
  const start = Math.floor(at.getTime() / 1000);
  return openIntervals({ start, end: start + 1 }, versions).length > 0;
}

/** The week's hours as people write them: 月〜金 9:00〜18:00、土 9:00〜12:00. '' without hours. Japanese: it stands in a customer's mail. */
export function hoursInWords(versions: CalendarVersion[]): string {
  const week = versions.at(-1)?.week ?? {};
  const groups: { from: string; to: string; hours: string }[] = [];
  for (const { day, name } of DAYS) {
    const hours = inWords(week[day] ?? []);
    const last = groups.at(-1);
    if (last && last.hours === hours) last.to = name;
    else groups.push({ from: name, to: name, hours });
  }
  return groups
    .filter(({ hours }) => hours !== '')
    .map(({ from, to, hours }) => `${from === to ? from : `${from}〜${to}`} ${hours}`)
    .join('、');
}

const inWords = (hours: Hours): string =>
  hours.map(([from, to]) => `${from.replace(/^0/, '')}〜${to.replace(/^0/, '')}`).join('、');
