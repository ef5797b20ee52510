import { expect, test } from 'vitest';
import { retryAfter } from '#lib/outbox/retry.ts';

test('tries again after a minute at first and gives up after about two days', () => {
  expect(retryAfter(1)).toBe(60);
  let total = 0;
  let attempts = 1;
  for (let wait = retryAfter(attempts); wait !== null; wait = retryAfter(++attempts)) total += wait;
  expect(total / 3600).toBeGreaterThan(46);
  expect(total / 3600).toBeLessThan(50);
});
