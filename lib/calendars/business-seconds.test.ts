import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addBusinessSeconds,
  businessSeconds,
  type CalendarVersion,
  type Hours,
} from '#lib/calendars/business-seconds.ts';

const NINE_TO_SIX: Hours = [['09:00', '18:00']];
const weekdays = (hours: Hours) => ({ mon: hours, tue: hours, wed: hours, thu: hours, fri: hours });
const tokyo = (changes: Partial<CalendarVersion> = {}): CalendarVersion => ({
  validFrom: '2020-01-01',
  zone: 'Asia/Tokyo',
  week: weekdays(NINE_TO_SIX),
  closed: [],
  special: {},
  ...changes,
});
const jst = (text: string) => new Date(`${text}+09:00`);
const minutes = (from: string, to: string, ...versions: CalendarVersion[]) =>
  businessSeconds(jst(from), jst(to), versions) / 60;

describe('businessSeconds', () => {
  it('counts Friday 15:00 to Monday 10:15 as 255 minutes', () => {
    expect(minutes('2026-11-13T15:00:00', '2026-11-16T10:15:00', tokyo())).toBe(255);
    expect(addBusinessSeconds(jst('2026-11-13T15:00:00'), 255 * 60, [tokyo()])).toEqual(jst('2026-11-16T10:15:00'));
  });

  it('leaves out the lunch break, closed days, and takes a special day as it says', () => {
    const lunch: Hours = [
      ['09:00', '12:00'],
      ['13:00', '18:00'],
    ];
    const calendar = tokyo({
      week: weekdays(lunch),
      closed: ['2026-11-23', '2026-12-28'],
      special: { '2026-12-28': [['09:00', '12:00']], '2026-12-29': [] },
    });
    expect(minutes('2026-11-20T00:00:00', '2026-11-21T00:00:00', calendar)).toBe(480);
    expect(minutes('2026-11-23T00:00:00', '2026-11-24T00:00:00', calendar)).toBe(0);
    expect(minutes('2026-12-28T00:00:00', '2026-12-30T00:00:00', calendar)).toBe(180);
  });

  it('is 0 outside hours and for a turned span, and cuts to the second', () => {
    expect(minutes('2026-11-13T19:00:00', '2026-11-16T08:59:00', tokyo())).toBe(0);
    expect(minutes('2026-11-13T16:00:00', '2026-11-13T15:00:00', tokyo())).toBe(0);
    expect(businessSeconds(jst('2026-11-13T15:00:00.999'), jst('2026-11-13T15:00:01.001'), [tokyo()])).toBe(1);
  });

  it('is always open without a calendar, and never with an empty week', () => {
    expect(minutes('2026-11-14T00:00:00', '2026-11-15T00:00:00')).toBe(1440);
    expect(minutes('2026-11-13T00:00:00', '2026-11-20T00:00:00', tokyo({ week: {} }))).toBe(0);
    expect(addBusinessSeconds(jst('2026-11-13T00:00:00'), 1, [tokyo({ week: {} })])).toBeNull();
  });

  it('lets a version govern whole local days, the first one also what was before it', () => {
    const first = tokyo({ validFrom: '2026-11-10' });
    const late = tokyo({ validFrom: '2026-11-12T15:00:00+09:00', week: weekdays([['10:00', '12:00']]) });
    expect(minutes('2026-11-09T00:00:00', '2026-11-10T00:00:00', late, first)).toBe(540);
    expect(minutes('2026-11-12T00:00:00', '2026-11-13T00:00:00', late, first)).toBe(120);
    expect(minutes('2026-11-11T00:00:00', '2026-11-14T00:00:00', first, late)).toBe(540 + 240);
  });

  it('counts an hour that comes twice twice, and a skipped one not at all', () => {
    const berlin = tokyo({ zone: 'Europe/Berlin', week: { sun: [['02:00', '03:00']] } });
    const day = (date: string) =>
      businessSeconds(new Date(`${date}T00:00:00+02:00`), new Date(`${date}T12:00:00Z`), [berlin]) / 60;
    expect(day('2026-10-25')).toBe(120);
    expect(day('2026-03-29')).toBe(0);
  });

  it('takes overlapping hours once and "24:00" as the end of the day', () => {
    const calendar = tokyo({
      week: {
        fri: [
          ['20:00', '24:00'],
          ['18:00', '21:00'],
        ],
        sat: [['00:00', '01:00']],
      },
    });
    expect(minutes('2026-11-13T00:00:00', '2026-11-15T00:00:00', calendar)).toBe(360 + 60);
  });

  it('stops a due time at the closing, not at the next opening', () => {
    expect(addBusinessSeconds(jst('2026-11-13T15:00:00'), 3 * 3600, [tokyo()])).toEqual(jst('2026-11-13T18:00:00'));
    expect(addBusinessSeconds(jst('2026-11-13T15:00:00'), 3 * 3600 + 1, [tokyo()])).toEqual(jst('2026-11-16T09:00:01'));
    expect(addBusinessSeconds(jst('2026-11-14T15:00:00'), 0, [tokyo()])).toEqual(jst('2026-11-14T15:00:00'));
  });
});

// The rule itself, second by second and without a thought for speed: what the fast one is compared with.
const wall = new Map<string, Intl.DateTimeFormat>();
function localTime(zone: string, at: number): { date: string; time: string; weekday: string } {
  const format =
    wall.get(zone) ?? new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' });
  wall.set(zone, format);
  const [date = '', time = ''] = format.format(at * 1000).split(' ');
  const weekday = new Date(`${date}T00:00:00Z`).toUTCString().slice(0, 3).toLowerCase();
  return { date, time, weekday };
}

function naivelyOpen(at: number, versions: CalendarVersion[]): boolean {
  const sorted = [...versions].sort((a, b) => instant(a) - instant(b));
  const begun = sorted.filter(({ zone, validFrom }) => localDate(validFrom, zone) <= localTime(zone, at).date);
  const version = begun.at(-1) ?? sorted[0];
  if (!version) return true;
  const { date, time, weekday } = localTime(version.zone, at);
  const week = version.week[weekday as 'mon'] ?? [];
  const hours = version.special[date] ?? (version.closed.includes(date) ? [] : week);
  return hours.some(([from, to]) => `${from}:00` <= time && time < `${to}:00`);
}

const memo = new Map<string, unknown>();
function once<T>(key: string, make: () => T): T {
  if (!memo.has(key)) memo.set(key, make());
  return memo.get(key) as T;
}

const localDate = (validFrom: string, zone: string): string =>
  once(`date ${validFrom} ${zone}`, () =>
    validFrom.length === 10 ? validFrom : localTime(zone, Math.floor(Date.parse(validFrom) / 1000)).date,
  );

// A bare date begins at its first minute in the zone.
const instant = ({ validFrom, zone }: CalendarVersion): number =>
  once(`instant ${validFrom} ${zone}`, () => {
    let at = Date.parse(validFrom) / 1000;
    if (validFrom.length > 10) return at;
    for (at -= 50_400; localTime(zone, at).date < validFrom; ) at += 60;
    return at;
  });

const pad = (n: number) => String(n).padStart(2, '0');
const timeText = fc.integer({ min: 0, max: 24 * 4 }).map((q) => `${pad(Math.floor(q / 4))}:${pad((q % 4) * 15)}`);
const hours = fc
  .array(fc.tuple(timeText, timeText), { maxLength: 3 })
  .map((list) => list.map(([a, b]) => [a, b].sort() as [string, string]));
const zones = [
  'Asia/Tokyo',
  'Europe/Berlin',
  'America/New_York',
  'Australia/Lord_Howe',
  'America/Santiago',
  'Asia/Beirut',
];
// Around days on which one of these zones changes its clocks (Beirut and Santiago at midnight).
const days = [
  '2026-03-08',
  '2026-03-29',
  '2026-04-04',
  '2026-04-05',
  '2026-09-06',
  '2026-10-04',
  '2026-10-25',
  '2026-11-01',
  '2026-11-16',
];
const near = (day: string) =>
  fc.integer({ min: -2, max: 2 }).map((d) => new Date(Date.parse(day) + d * 86_400_000).toISOString().slice(0, 10));

const version = (day: string) =>
  fc.record({
    validFrom: fc.oneof(
      near(day),
      fc.integer({ min: -40, max: 40 }).map((h) => new Date(Date.parse(day) + h * 3_600_000).toISOString()),
    ),
    zone: fc.constantFrom(...zones),
    week: fc.record(
      { mon: hours, tue: hours, wed: hours, thu: hours, fri: hours, sat: hours, sun: hours },
      { requiredKeys: [] },
    ),
    closed: fc.array(near(day), { maxLength: 1 }),
    special: fc.dictionary(near(day), hours, { maxKeys: 2 }),
  });

const situation = fc.constantFrom(...days).chain((day) =>
  fc.record({
    versions: fc.array(version(day), { minLength: 1, maxLength: 3 }),
    start: fc.integer({ min: -40 * 3600, max: 40 * 3600 }).map((s) => Date.parse(day) / 1000 + s),
    length: fc.integer({ min: 0, max: 50_000 }),
  }),
);

describe('businessSeconds, whatever the calendar', () => {
  it('agrees with counting every second', () => {
    fc.assert(
      fc.property(situation, ({ versions, start, length }) => {
        fc.pre(new Set(versions.map(instant)).size === versions.length);
        let expected = 0;
        // Hours lie on quarters, clocks change on quarters: a second speaks for its 60, the rest is counted singly.
        for (let at = start; at < start + length; ) {
          const step = at % 60 === 0 && at + 60 <= start + length ? 60 : 1;
          if (naivelyOpen(at, versions)) expected += step;
          at += step;
        }
        const [from, to] = [new Date(start * 1000), new Date((start + length) * 1000)];
        expect(businessSeconds(from, to, versions)).toBe(expected);
      }),
      { numRuns: 150 },
    );
  });

  it('adds up over any cut, and addBusinessSeconds is its inverse', () => {
    fc.assert(
      fc.property(situation, fc.integer({ min: 1, max: 400_000 }), ({ versions, start, length }, seconds) => {
        const [a, b, c] = [start, start + Math.floor(length / 3), start + length].map((s) => new Date(s * 1000));
        const between = (from?: Date, to?: Date) => businessSeconds(from as Date, to as Date, versions);
        expect(between(a, b) + between(b, c)).toBe(between(a, c));
        const due = addBusinessSeconds(a as Date, seconds, versions);
        if (due === null) return;
        expect(between(a, due)).toBe(seconds);
        expect(between(a, new Date(due.getTime() - 1000))).toBe(seconds - 1);
      }),
      { numRuns: 400 },
    );
  });

  it('measures ten thousand spans of three days in under a second', () => {
    const calendar = tokyo({ closed: ['2026-11-23'], special: { '2026-12-28': [['09:00', '12:00']] } });
    const began = performance.now();
    const at = jst('2026-11-13T15:00:00').getTime();
    for (let n = 0; n < 10_000; n += 1) {
      businessSeconds(new Date(at + n * 60_000), new Date(at + n * 60_000 + 3 * 86_400_000), [calendar]);
    }
    expect(performance.now() - began).toBeLessThan(1000);
  });
});
