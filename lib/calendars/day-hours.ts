import type { CalendarVersion, Hours, Interval, Weekday } from '#lib/calendars/calendar-version.ts';

const DAY = 86_400;
// Day 0, 1970-01-01, was a Thursday.
const WEEKDAYS: Weekday[] = ['thu', 'fri', 'sat', 'sun', 'mon', 'tue', 'wed'];
const NONE: Interval[] = [];

/** "2026-11-23" of a day counted from 1970-01-01. */
export const dateOf = (day: number): string => new Date(day * DAY * 1000).toISOString().slice(0, 10);

/** The weekday of a day counted from 1970-01-01. */
export const weekdayOf = (day: number): Weekday => WEEKDAYS[((day % 7) + 7) % 7] as Weekday;

/** Seconds of local wall time since its midnight: "09:00" is 32400, "24:00" is 86400. */
function wallSeconds(text: string): number {
  const [hours = 0, minutes = 0, seconds = 0] = text.split(':').map(Number);
  return hours * 3600 + minutes * 60 + seconds;
}

/** In order, and joined where they touch or overlap: an instant is open or it isn't, never twice. */
function normalise(hours: Hours): Interval[] {
  const joined: Interval[] = [];
  const raw = hours.map(([from, to]) => ({ start: wallSeconds(from), end: Math.min(wallSeconds(to), DAY) }));
  for (const next of raw.filter((one) => one.start < one.end).sort((a, b) => a.start - b.start)) {
    const last = joined.at(-1);
    if (last && next.start <= last.end) last.end = Math.max(last.end, next.end);
    else joined.push(next);
  }
  return joined;
}

type Prepared = (day: number) => Interval[];

function prepare({ week, closed, special }: CalendarVersion): Prepared {
  const specials = new Map(Object.entries(special).map(([date, hours]) => [date, normalise(hours)]));
  const closings = new Set(closed);
  const weekly = new Map(Object.entries(week).map(([name, hours]) => [name, normalise(hours ?? [])]));
  const dated = specials.size + closings.size > 0;
  return (day) => {
    const date = dated ? dateOf(day) : '';
    return specials.get(date) ?? (closings.has(date) ? NONE : (weekly.get(weekdayOf(day)) ?? NONE));
  };
}

const prepared = new WeakMap<CalendarVersion, Prepared>();

/** The open hours of a local day as seconds of wall time since its midnight (kpi-fold.md 19: special, closed, week). */
export function dayHours(version: CalendarVersion, day: number): Interval[] {
  let hours = prepared.get(version);
  if (!hours) {
    hours = prepare(version);
    prepared.set(version, hours);
  }
  return hours(day);
}
