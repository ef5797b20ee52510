import path from 'node:path';
import { node24, npmEnvironment } from '../node24.mjs';
import { logsDir, root } from '../paths.mjs';
import { mustRun } from '../process/run.mjs';
import { step } from '../progress.mjs';
import { alone } from './alone.mjs';
import { fingerprint } from './fingerprint.mjs';
import { unlessDone } from './stamp.mjs';

// What next build reads: what only workers, tests or documentation use doesn't make a new build.
const sources = [
  'app',
  'components',
  'lib',
  'messages',
  'i18n',
  'public',
  'prisma/schema.prisma',
  'proxy.ts',
  'instrumentation.ts',
  'next.config.ts',
  'postcss.config.mjs',
  'postcss.config.cjs',
  'tsconfig.json',
  'package-lock.json',
];

const isSource = (name) => !name.startsWith('lib/db/generated/') && !/\.test\.tsx?$/.test(name);

/**
 * Builds the product with next build, unless sources and lock file are those of the last build.
 * @returns {Promise<boolean>} whether it built
 */
export function buildProduct() {
  return alone('build', buildUnlessDone);
}

function buildUnlessDone() {
  return unlessDone(path.join(root, '.next/MADOGUCHI_SOURCES'), fingerprint(sources, isSource), () =>
    step('Building the product (next build)', () =>
      mustRun('next build', {
        command: node24(),
        args: ['node_modules/next/dist/bin/next', 'build'],
        cwd: root,
        env: npmEnvironment({ NODE_ENV: 'production' }),
        logFile: path.join(logsDir, 'next-build.log'),
      }),
    ),
  );
}
