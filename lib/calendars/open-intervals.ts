import type { CalendarVersion, Interval } from '#lib/calendars/calendar-version.ts';
import { dayHours } from '#lib/calendars/day-hours.ts';
import { governing } from '#lib/calendars/governing.ts';
import { type OffsetStretch, offsetStretches } from '#lib/calendars/zone-offsets.ts';

const DAY = 86_400;

// Inside one offset, wall time runs as evenly as UTC: an hour that comes twice lies in two stretches and counts twice,
// a skipped one in none (kpi-fold.md 27).
function* openInOffset(version: CalendarVersion, { start, end, offset }: OffsetStretch): Generator<Interval> {
  const lastDay = Math.floor((end - 1 + offset) / DAY);
  for (let day = Math.floor((start + offset) / DAY); day <= lastDay; day += 1) {
    const midnight = day * DAY - offset;
    for (const hours of dayHours(version, day)) {
      const from = Math.max(midnight + hours.start, start);
      const to = Math.min(midnight + hours.end, end);
      if (from < to) yield { start: from, end: to };
    }
  }
}

/**
 * The business time inside a span, in order and without overlap; neighbours may touch. Without any version (a 窓口
 * without a calendar) everything is open (kpi-fold.md 19).
 */
export function openIntervals(span: Interval, versions: CalendarVersion[]): Interval[] {
  if (span.start >= span.end) return [];
  if (versions.length === 0) return [span];
  const open: Interval[] = [];
  for (const { version, stretches } of governing(span, versions)) {
    for (const { start, end } of stretches) {
      for (const part of offsetStretches(version.zone, start, end)) open.push(...openInOffset(version, part));
    }
  }
  return open.sort((a, b) => a.start - b.start);
}
