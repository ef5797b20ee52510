import { expect, it } from 'vitest';
import { pauseAfter } from '#lib/inbound/pauses.ts';

const middle = () => 0.5;
const pauses = (code: string, count: number) =>
  Array.from({ length: count }, (_, n) => pauseAfter(n + 1, code, middle));

it('a trouble is tried again within seconds, then less and less often', () => {
  expect(pauses('timeout', 10)).toEqual([5, 10, 20, 40, 80, 160, 320, 640, 900, 900]);
});

it('a wrong password is never tried more than four times an hour once it has failed twice', () => {
  expect(pauses('authentication', 6)).toEqual([120, 900, 1800, 3600, 3600, 3600]);
});

it('a busy server is given time, and asked again within five minutes', () => {
  expect(pauses('busy', 6)).toEqual([30, 60, 120, 240, 300, 300]);
});

it('no two accounts come back at the same moment: a quarter earlier to a quarter later', () => {
  expect([pauseAfter(4, '', () => 0), pauseAfter(4, '', () => 1)]).toEqual([30, 50]);
  const drawn = new Set(Array.from({ length: 200 }, () => pauseAfter(9, 'timeout')));
  expect(drawn.size).toBeGreaterThan(50);
  expect(Math.min(...drawn)).toBeGreaterThanOrEqual(675);
  expect(Math.max(...drawn)).toBeLessThanOrEqual(1125);
});

it('a number that makes no sense is the first failure', () => {
  expect(pauseAfter(0, '', middle)).toBe(5);
});
