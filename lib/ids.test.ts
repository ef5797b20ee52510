import { expect, it } from 'vitest';
import { fixedClock } from '#lib/clock.ts';
import { isId, newId } from '#lib/ids.ts';

it('makes ids of version 7 that differ', () => {
  expect(newId()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7/);
  expect(newId()).not.toBe(newId());
});

it('knows an id when it sees one', () => {
  expect(isId(newId())).toBe(true);
  for (const wrong of ['', 'x', `${newId()} `, newId().toUpperCase(), null, 7]) expect(isId(wrong)).toBe(false);
});

it('stops the clock, and nobody can turn it by what it hands out', () => {
  const clock = fixedClock(new Date(1000));
  clock().setTime(9);
  expect(clock()).toEqual(new Date(1000));
});
