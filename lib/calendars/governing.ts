import type { CalendarVersion, Interval } from '#lib/calendars/calendar-version.ts';
import { offsetStretches } from '#lib/calendars/zone-offsets.ts';

const DAY = 86_400;

export type Governed = { version: CalendarVersion; stretches: Interval[] };

type Start = { version: CalendarVersion; at: number; day: number };

// The local day (counted from 1970) and the instant a version begins with: a bare date begins at its local midnight.
function startOf(version: CalendarVersion): Start {
  const second = Math.floor(Date.parse(version.validFrom) / 1000);
  if (Number.isNaN(second)) throw new Error(`A calendar version has no readable start: ${version.validFrom}`);
  const offset = offsetStretches(version.zone, second, second + 1)[0]?.offset ?? 0;
  const dateOnly = /^\d{4}-\d{2}-\d{2}$/.test(version.validFrom);
  return {
    version,
    at: dateOnly ? second - offset : second,
    day: Math.floor((dateOnly ? second : second + offset) / DAY),
  };
}

// Where the local date in the version's own zone isn't before its first day. Clocks set back over midnight make it two.
function applies({ version, day }: Start, { start, end }: Interval): Interval[] {
  return offsetStretches(version.zone, start, end)
    .map((part) => ({ start: Math.max(part.start, day * DAY - part.offset), end: part.end }))
    .filter((part) => part.start < part.end);
}

/** What is in `from` and not in `taken`; `taken` in order. */
function without(from: Interval[], taken: Interval[]): Interval[] {
  return from.flatMap(({ start, end }) => {
    const left: Interval[] = [];
    let at = start;
    for (const gap of taken) {
      if (gap.end <= at || gap.start >= end) continue;
      if (gap.start > at) left.push({ start: at, end: gap.start });
      at = Math.max(at, gap.end);
    }
    if (at < end) left.push({ start: at, end });
    return left;
  });
}

const starts = new WeakMap<CalendarVersion, Start>();

function knownStart(version: CalendarVersion): Start {
  const known = starts.get(version) ?? startOf(version);
  starts.set(version, known);
  return known;
}

/**
 * Which version governs which part of a span (kpi-fold.md 17): for each instant the latest one whose first local date
 * has come, before the first version the first. Together the parts are the whole span.
 */
export function governing(span: Interval, versions: CalendarVersion[]): Governed[] {
  if (versions.length === 1) return [{ version: versions[0] as CalendarVersion, stretches: [span] }];
  const latestFirst = versions
    .map(knownStart)
    .sort((a, b) => a.at - b.at)
    .reverse();
  let free: Interval[] = [span];
  return latestFirst.map((start, index) => {
    const isFirst = index === latestFirst.length - 1;
    const wanted = isFirst ? [span] : applies(start, span);
    const stretches = without(wanted, without([span], free));
    free = without(free, stretches);
    return { version: start.version, stretches };
  });
}
