import { expect, it } from 'vitest';
import { FairShare } from '#workers/fair-share.ts';

const LIMITS = { atOnce: 8, perTenant: 2 };
const refs = (tenantId: string, count: number) =>
  Array.from({ length: count }, (_, n) => ({ tenantId, id: `${tenantId}${n + 1}` }));

/** A share whose rows end when the test says so. */
function share() {
  const begun: string[] = [];
  const ends = new Map<string, () => void>();
  const work = new FairShare(({ id }) => {
    begun.push(id);
    return new Promise((resolve) => ends.set(id, resolve));
  }, LIMITS);
  const end = async (id: string) => {
    ends.get(id)?.();
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { work, begun, end };
}

it('a tenant whose server is dead holds up nobody else', async () => {
  const { work, begun, end } = share();
  work.offer([...refs('a', 100), ...refs('b', 3)]);
  expect(begun).toEqual(['a1', 'a2', 'b1', 'b2']);
  await end('b1');
  await end('b2');
  await end('b3');
  expect(begun).toEqual(['a1', 'a2', 'b1', 'b2', 'b3']);
  work.offer([...refs('a', 100), ...refs('c', 1)]);
  expect(begun.slice(5)).toEqual(['c1']);
});

it('no more than so many at once, in their order, each once', async () => {
  const { work, begun, end } = share();
  const rows = ['a', 'b', 'c', 'd', 'e', 'f'].flatMap((tenant) => refs(tenant, 2));
  work.offer(rows);
  work.offer(rows);
  expect(begun).toEqual(rows.slice(0, 8).map(({ id }) => id));
  for (const { id } of rows) await end(id);
  expect(begun).toEqual(rows.map(({ id }) => id));
});

it('closing waits for what is in hand and begins nothing more', async () => {
  const { work, begun, end } = share();
  work.offer(refs('a', 5));
  let closed = false;
  const closing = work.close().then(() => {
    closed = true;
  });
  await end('a1');
  expect(closed).toBe(false);
  await end('a2');
  await closing;
  expect(begun).toEqual(['a1', 'a2']);
});
