import { existsSync } from 'node:fs';
import path from 'node:path';
import { root } from './paths.mjs';

const bin = path.join(root, 'node_modules/.bin');

/** The Node 24 that npm install brought; before that the one we run on. */
export function node24() {
  const installed = path.join(bin, 'node');
  return existsSync(installed) ? installed : process.execPath;
}

/** The environment for npm's programs: Node 24 first on the PATH, and nothing phones home. */
export function npmEnvironment(more = {}) {
  return {
    ...process.env,
    PATH: `${bin}${path.delimiter}${process.env.PATH}`,
    PRISMA_SCHEMA_ENGINE_BINARY: '/bin/true',
    NEXT_TELEMETRY_DISABLED: '1',
    ...more,
  };
}
