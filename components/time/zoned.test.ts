import { expect, test } from 'vitest';
import { atHour, dayNumber, instantOf, localInput, wallOf } from '#components/time/zoned.ts';

test('a wall clock in Tokyo reads nine hours ahead of UTC, whatever the browser thinks', () => {
  expect(wallOf(new Date('2026-11-20T15:30:00Z'), 'Asia/Tokyo')).toMatchObject({
    month: 11,
    day: 21,
    hour: 0,
    minute: 30,
    weekday: 6,
  });
});

test('an instant and its wall text are each other’s inverse, also around a change of summer time', () => {
  for (const zone of ['Asia/Tokyo', 'Europe/Berlin', 'America/New_York']) {
    for (const at of ['2026-03-29T03:30:00Z', '2026-10-25T03:00:00Z', '2026-11-01T12:00:00Z', '2026-07-01T00:00:00Z']) {
      expect(instantOf(localInput(new Date(at), zone), zone)?.toISOString()).toBe(new Date(at).toISOString());
    }
  }
});

test('nine o’clock tomorrow crosses the end of a month', () => {
  expect(atHour(new Date('2026-11-30T05:00:00Z'), 'Asia/Tokyo', 1, 9).toISOString()).toBe('2026-12-01T00:00:00.000Z');
});

test('midnight in Tokyo is a new day there and not yet in UTC', () => {
  const before = wallOf(new Date('2026-11-20T14:59:00Z'), 'Asia/Tokyo');
  const after = wallOf(new Date('2026-11-20T15:00:00Z'), 'Asia/Tokyo');
  expect(dayNumber(after) - dayNumber(before)).toBe(1);
});

test('what is no date is null', () => {
  expect(instantOf('', 'Asia/Tokyo')).toBeNull();
});
