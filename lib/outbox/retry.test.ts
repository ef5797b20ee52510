import { expect, test } from 'vitest';
import { retryAfter, spread } from '#lib/outbox/retry.ts';

test('tries again after a minute at first and gives up after about two days', () => {
  expect(retryAfter(1)).toBe(60);
  let total = 0;
  let attempts = 1;
  for (let wait = retryAfter(attempts); wait !== null; wait = retryAfter(++attempts)) total += wait;
  expect(total / 3600).toBeGreaterThan(46);
  expect(total / 3600).toBeLessThan(50);
});

test('what failed together comes back apart, never earlier and at most five minutes later', () => {
  expect(spread(60, () => 0)).toBe(60);
  expect(spread(60, () => 0.999)).toBe(66);
  expect(spread(12 * 3600, () => 0.999)).toBeLessThanOrEqual(12 * 3600 + 300);
});
