import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { Turns } from '#lib/attachments/turns.ts';

const never = () => new Promise<never>(() => {});

test('a company whose work never ends leaves half of the turns to others', async () => {
  const turns = new Turns(4, 10);
  for (let n = 0; n < 8; n += 1) void turns.take('one', never);
  expect(await Promise.race([turns.take('two', async () => 'done'), sleep(1000, 'held up')])).toBe('done');
});

test('no more than so many wait for one company', async () => {
  const turns = new Turns(2, 3);
  for (let n = 0; n < 4; n += 1) void turns.take('one', never);
  await expect(turns.take('one', never)).rejects.toThrow('unavailable');
  expect(await Promise.race([turns.take('two', async () => 'done'), sleep(1000, 'held up')])).toBe('done');
});

test('everybody has a turn in the end, and never more than so many at once', async () => {
  const turns = new Turns(4, 100);
  let open = 0;
  let most = 0;
  const work = async () => {
    most = Math.max(most, ++open);
    await sleep(1);
    open -= 1;
  };
  const all = Array.from({ length: 60 }, (_, n) => turns.take(`company-${n % 3}`, work));
  await Promise.all(all);
  expect(most).toBe(4);
  await expect(turns.take('one', () => Promise.reject(new Error('failed')))).rejects.toThrow('failed');
  expect(await turns.take('one', async () => 'done')).toBe('done');
});
