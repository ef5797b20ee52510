import { expect, it } from 'vitest';
import { turnstile } from '#lib/auth/turnstile.ts';

it('lets no more in than it has places, refuses beyond the queue, and frees a place after a failure', async () => {
  const enter = turnstile(2, 3);
  let inside = 0;
  let most = 0;
  const visit = () =>
    enter(async () => {
      inside += 1;
      most = Math.max(most, inside);
      await new Promise((resolve) => setTimeout(resolve, 5));
      inside -= 1;
      throw new Error('seen');
    });
  const results = await Promise.allSettled([1, 2, 3, 4, 5, 6, 7].map(visit));
  const reasons = results.map((result) => (result.status === 'rejected' ? (result.reason as Error).message : ''));
  expect(most).toBe(2);
  expect(reasons.filter((reason) => reason === 'seen')).toHaveLength(5);
  expect(reasons.filter((reason) => reason === 'Unavailable: busy')).toHaveLength(2);
  await expect(enter(async () => 'again')).resolves.toBe('again');
});
