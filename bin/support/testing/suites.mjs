import { existsSync } from 'node:fs';
import path from 'node:path';
import { root } from '../paths.mjs';
import { buildProduct } from '../setup/build.mjs';
import { check } from './check.mjs';
import { oneFailure, result } from './result.mjs';
import { vitestSuite } from './vitest-suite.mjs';

const biome = '@biomejs/biome/bin/biome';
const next = 'next/dist/bin/next';

const LONG_PROJECTS = ['long', 'mail', 'unit'].flatMap((name) => ['--project', name]);
/** Files of other suites that do more when MG_LONG is set: 5,000 mails, 10,000 damaged ones. */
const LONGER_HERE = [
  ...['imap-changes', 'import', 'kill-at-random'].map((name) => `tests/mail/${name}.test.ts`),
  'lib/mail/damaged.test.ts',
];

/** Every suite: the programs it needs, whether it needs the built app, whether only --long runs it, and how it runs. */
export const suites = {
  format: { run: () => check('format', biome, ['ci', '--colors=off', '--linter-enabled=false', '.']) },
  lint: {
    run: () => check('lint', biome, ['ci', '--colors=off', '--formatter-enabled=false', '--assist-enabled=false', '.']),
  },
  house: { run: () => vitestSuite('house', ['--project', 'unit', 'tests/house/']) },
  unit: { run: () => vitestSuite('unit', ['--project', 'unit', '--exclude', 'tests/house/**'], { minutes: 4 }) },
  integration: {
    needs: ['redis', 'dovecot', 'openssl'],
    run: () => vitestSuite('integration', ['--project', 'integration']),
  },
  build: { run: build },
  // After the build, which writes the types of the routes.
  types: { afterBuild: true, run: types },
  mail: {
    needs: ['redis', 'dovecot', 'openssl'],
    afterBuild: true, // its timings would suffer beside the build
    run: () => vitestSuite('mail', ['--project', 'mail']),
  },
  e2e: {
    needs: ['redis', 'dovecot', 'openssl', 'chromium', 'japaneseFont'],
    afterBuild: true,
    needsBuild: true,
    run: () => vitestSuite('e2e', ['--project', 'e2e']),
  },
  long: {
    needs: ['redis', 'dovecot', 'openssl'],
    afterBuild: true,
    needsBuild: true,
    onlyLong: true,
    run: () =>
      vitestSuite('long', [...LONG_PROJECTS, 'tests/long/', ...LONGER_HERE], { minutes: 60, env: { MG_LONG: '1' } }),
  },
};

async function build() {
  try {
    await buildProduct();
    return result({ passed: 1 });
  } catch (error) {
    return oneFailure(error.message);
  }
}

async function types() {
  if (!existsSync(path.join(root, 'next-env.d.ts'))) {
    const generated = await check('typegen', next, ['typegen']);
    if (generated.failed) return generated;
  }
  return check('types', 'typescript/bin/tsc', ['--noEmit']);
}
