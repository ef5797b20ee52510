const WEEK = 7 * 86_400;

/** A stretch of time with one distance to UTC: local wall time = UTC + offset. All in seconds. */
export type OffsetStretch = { start: number; end: number; offset: number };

const formats = new Map<string, Intl.DateTimeFormat>();
const offsets = new Map<string, Map<number, number>>();
const changes = new Map<string, Map<number, number>>();

const format = (zone: string): Intl.DateTimeFormat =>
  keep(formats, zone, () => {
    const fields = { year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' } as const;
    return new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      calendar: 'gregory',
      hourCycle: 'h23',
      ...fields,
      second: '2-digit',
    });
  });

function computeOffset(zone: string, second: number): number {
  const parts: Record<string, number> = {};
  for (const { type, value } of format(zone).formatToParts(second * 1000)) parts[type] = Number(value);
  const { year, month, day, hour, minute, second: s } = parts as Record<string, number>;
  return Date.UTC(year ?? 0, (month ?? 1) - 1, day, hour, minute, s) / 1000 - second;
}

// Asking Intl costs microseconds, so the offset is kept for the beginning of each week, and for a week in which it
// changes the second of the change. Time zones never changed twice in one week and back.
const weekOffset = (zone: string, week: number): number =>
  keep(
    keep(offsets, zone, () => new Map<number, number>()),
    week,
    () => computeOffset(zone, week * WEEK),
  );

function changeIn(zone: string, week: number): number {
  return keep(
    keep(changes, zone, () => new Map<number, number>()),
    week,
    () => {
      const before = weekOffset(zone, week);
      let [low, high] = [week * WEEK, (week + 1) * WEEK];
      while (high - low > 1) {
        const middle = Math.floor((low + high) / 2);
        if (computeOffset(zone, middle) === before) low = middle;
        else high = middle;
      }
      return high;
    },
  );
}

function keep<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}

/**
 * [start, end) cut where the zone's distance to UTC changes, in order.
 * @throws RangeError for an unknown zone
 */
export function offsetStretches(zone: string, start: number, end: number): OffsetStretch[] {
  const stretches: OffsetStretch[] = [];
  const add = (from: number, to: number, offset: number) => {
    const [a, b] = [Math.max(from, start), Math.min(to, end)];
    if (a >= b) return;
    const last = stretches.at(-1);
    if (last && last.offset === offset) last.end = b;
    else stretches.push({ start: a, end: b, offset });
  };
  for (let week = Math.floor(start / WEEK); week * WEEK < end; week += 1) {
    const [now, next] = [weekOffset(zone, week), weekOffset(zone, week + 1)];
    const change = now === next ? (week + 1) * WEEK : changeIn(zone, week);
    add(week * WEEK, change, now);
    add(change, (week + 1) * WEEK, next);
  }
  return stretches;
}
