import type { CalendarVersion } from '#lib/calendars/calendar-version.ts';
import { openIntervals } from '#lib/calendars/open-intervals.ts';

export type { CalendarVersion, Hours, Interval, Weekday } from '#lib/calendars/calendar-version.ts';

const WINDOW = 35 * 86_400;
const HORIZON = 3 * 366 * 86_400;

// Instants are cut, not rounded, to the second (kpi-fold.md 29).
const second = (at: Date): number => Math.floor(at.getTime() / 1000);

/**
 * The business time between two instants in whole seconds: the length of the span's overlap with the open hours of the
 * calendar version that governs each local day, in local wall time (kpi-fold.md 17, 19, 27, 29, 37). 0 when `to` isn't
 * after `from`. No versions: always open.
 */
export function businessSeconds(from: Date, to: Date, versions: CalendarVersion[]): number {
  let sum = 0;
  for (const { start, end } of openIntervals({ start: second(from), end: second(to) }, versions)) sum += end - start;
  return sum;
}

/**
 * The earliest instant with so many business seconds since `from` (a due time): at 18:00 sharp it's this closing, not
 * the next opening. `seconds` is a whole number of at least 0.
 * @returns null when the calendar has no such moment within three years (a calendar without hours)
 */
export function addBusinessSeconds(from: Date, seconds: number, versions: CalendarVersion[]): Date | null {
  const origin = second(from);
  if (seconds <= 0) return new Date(origin * 1000);
  if (versions.length === 0) return new Date((origin + seconds) * 1000);
  let left = seconds;
  for (let start = origin; start < origin + HORIZON; start += WINDOW) {
    for (const open of openIntervals({ start, end: start + WINDOW }, versions)) {
      const length = open.end - open.start;
      if (left <= length) return new Date((open.start + left) * 1000);
      left -= length;
    }
  }
  return null;
}
