import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { dataDir } from '../paths.mjs';
import { newPostgresPasswords } from '../postgres.mjs';
import { newSecrets } from '../product-env.mjs';

const file = path.join(dataDir, 'demo.json');

/**
 * What the demo must know again at its next start: ports, passwords and secrets, what was seeded, and the processes that
 * run. Undefined before the first start.
 */
export function readState() {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}

/** Writes the state at once and whole, for nobody else to read. */
export function writeState(state) {
  mkdirSync(dataDir, { recursive: true });
  writeFileSync(`${file}.new`, `${JSON.stringify(state, null, 2)}\n`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

/** The state of a demo that never ran. */
export function newState() {
  return {
    version: 1,
    ports: {},
    passwords: {
      people: `demo-${randomBytes(6).toString('hex')}`,
      mail: randomBytes(18).toString('base64url'),
      postgres: newPostgresPasswords(),
      redis: randomBytes(18).toString('base64url'),
    },
    secrets: newSecrets(),
    seeded: {},
    owner: null,
    processes: [],
  };
}
