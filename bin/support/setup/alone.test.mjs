import { existsSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { dataDir } from '../paths.mjs';
import { alone } from './alone.mjs';

const file = path.join(dataDir, 'alone-test.lock');
afterEach(() => rmSync(file, { force: true }));

it('lets one at a time do the work, and the next one after it', async () => {
  const order = [];
  const work = (name) => async () => {
    order.push(`${name} begins`);
    await new Promise((resolve) => setTimeout(resolve, 50));
    order.push(`${name} ends`);
  };
  await Promise.all([alone('alone-test', work('a')), alone('alone-test', work('b'))]);
  expect(order).toEqual(['a begins', 'a ends', 'b begins', 'b ends']);
  expect(existsSync(file)).toBe(false);
});

it('does not wait for one who was killed at it', async () => {
  writeFileSync(file, JSON.stringify({ pid: process.pid, identity: 'long ago' }));
  expect(await alone('alone-test', () => 'done')).toBe('done');
});
