import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { inspectMail } from '#lib/mail/inspect.ts';

const folder = fileURLToPath(new URL('../../tests/corpus/', import.meta.url));
const cases = readdirSync(folder)
  .filter((name) => name.endsWith('.eml'))
  .map((name) => name.slice(0, -4));

/** MG_RECORD_CORPUS=1 writes expected results anew: read the difference before you commit it. */
const record = process.env.MG_RECORD_CORPUS === '1';

test.each(cases)('%s', async (name) => {
  const pattern = `${folder}${name}.pattern.json`;
  const found = await inspectMail(readFileSync(`${folder}${name}.eml`), {
    ownAddresses: ['support@shop.example.jp'],
    // The settings of the sender's form, as an administrator would write them.
    formPatterns: existsSync(pattern) ? [JSON.parse(readFileSync(pattern, 'utf8'))] : [],
  });
  const path = `${folder}${name}.json`;
  if (record) writeFileSync(path, `${JSON.stringify(found, null, 2)}\n`);
  expect(existsSync(path)).toBe(true);
  expect(found).toEqual(JSON.parse(readFileSync(path, 'utf8')));
});
