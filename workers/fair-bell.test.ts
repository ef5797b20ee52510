import { expect, test } from 'vitest';
import { fairBell } from '#workers/fair-bell.ts';

test('one tenant has at most its places in hand, others find theirs, and places come back', async () => {
  const begun: string[] = [];
  const open: (() => void)[] = [];
  const bell = fairBell(2, ({ tenantId }: { tenantId: string }) => {
    begun.push(tenantId);
    return new Promise<void>((resolve) => open.push(resolve));
  });
  const rung = ['a', 'a', 'a', 'b', 'a'].map((tenantId) => bell({ tenantId }));
  expect(begun).toEqual(['a', 'a', 'b']);
  for (const done of open.splice(0)) done();
  await Promise.all(rung);
  void bell({ tenantId: 'a' });
  expect(begun).toEqual(['a', 'a', 'b', 'a']);
});

test('a job that fails gives its place back and its error on', async () => {
  const bell = fairBell(1, async (_: { tenantId: string }) => {
    throw new Error('no');
  });
  await expect(bell({ tenantId: 'a' })).rejects.toThrow('no');
  await expect(bell({ tenantId: 'a' })).rejects.toThrow('no');
});
