import { afterAll, beforeAll, expect, it } from 'vitest';
import { runStatements } from '../../bin/support/servers.mjs';
import { type Clone, end, makeClone } from '../support/clone.ts';

const address = /Address: +(http\S+)[\s\S]+bin\/demo --reset begins anew/;
let clone: Clone;

beforeAll(async () => {
  clone = await makeClone({ whole: true });
}, 300_000);
afterAll(() => clone.remove(), 60_000);

it('bin/demo ends with a product that receives mail, and starts again in 15 seconds with its data', async () => {
  const first = await clone.demo([], address);
  const url = first.found[1] ?? '';
  expect((await fetch(`${url}/api/health`)).status).toBe(200);
  expect((await fetch(url)).status).toBe(200);
  const before = await conversations(clone);
  expect(before).toBeGreaterThan(50);
  const { found } = await clone.demo(['mail'], /Delivered to (\S+):/);
  expect(found[1]).toMatch(/@hanamiya\.example$/);
  await expect.poll(() => conversations(clone), { timeout: 10_000, interval: 200 }).toBe(before + 1);
  expect(await end(first.process, 'SIGINT')).toBe(0);

  const began = Date.now();
  const second = await clone.demo([], address);
  expect(Date.now() - began).toBeLessThan(15_000);
  expect(second.found[1]).toBe(url);
  expect(await conversations(clone)).toBe(before + 1);
  expect(await end(second.process, 'SIGINT')).toBe(0);
}, 900_000);

/** Counted past row-level security, as role migrate. */
async function conversations({ state }: Clone): Promise<number> {
  const { ports, passwords } = await state();
  const { migratePassword } = passwords.postgres as { migratePassword: string };
  const url = `postgresql://migrate:${migratePassword}@127.0.0.1:${ports.postgres}/madoguchi`;
  const { rows } = await runStatements(url, ['SELECT count(*)::int AS n FROM conversation']);
  return Number(rows[0]?.n);
}
