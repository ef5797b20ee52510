import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { root } from '../paths.mjs';

const file = path.join(root, 'tests/expected.json');

const read = () => (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {});

/** A sentence when fewer tests passed than once did: tests don't vanish silently. */
export function fewerThanExpected(name, passed) {
  const expected = read()[name] ?? 0;
  return passed < expected
    ? `Only ${passed} passed; tests/expected.json says ${expected}. (bin/test --record raises the numbers, lower them by hand.)`
    : undefined;
}

/** Raises the numbers of the suites that passed whole. */
export function recordExpected(results) {
  const expected = read();
  for (const [name, { passed, failed }] of Object.entries(results)) {
    if (failed === 0) expected[name] = Math.max(expected[name] ?? 0, passed);
  }
  writeFileSync(file, `${JSON.stringify(expected, null, 2)}\n`);
}
