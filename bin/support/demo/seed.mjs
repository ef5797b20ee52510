import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { node24, npmEnvironment } from '../node24.mjs';
import { root } from '../paths.mjs';
import { say, step } from '../progress.mjs';
import { writeState } from './state.mjs';

/**
 * Fills the database with the sample company, once per database (`key`). Notes when it begins, so that a start that was
 * ended in the middle is seen.
 */
export async function seedOnce({ state, key, env }) {
  if (state.seeded[key] === 'done') return;
  state.seeded[key] = 'begun';
  writeState(state);
  await step('Seeding the sample company through the real pipeline', () => seed(env));
  state.seeded[key] = 'done';
  writeState(state);
}

/** True when an earlier start began to seed and did not finish. */
export const isHalfSeeded = (state, key) => state.seeded[key] === 'begun';

async function seed(env) {
  const child = spawn(node24(), ['prisma/seed/main.ts'], {
    cwd: root,
    env: npmEnvironment(env),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const lastWords = [];
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on('line', (line) => {
      lastWords.push(line);
      if (lastWords.length > 40) lastWords.shift();
      if (stream === child.stdout) say(`  ${line}`);
    });
  }
  const stop = () => child.kill();
  process.once('exit', stop);
  const code = await new Promise((resolve, reject) => {
    child.once('close', resolve);
    child.once('error', reject);
  });
  process.off('exit', stop);
  if (code !== 0) throw new Error(`Seeding failed (${code}):\n${lastWords.join('\n')}`);
}
