import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';

function passes(failpoint: string) {
  const script = `import { failpoint } from '#lib/failpoint.ts';
    for (let n = 1; n <= 4; n += 1) { process.stdout.write(String(n)); failpoint('after-claim'); }`;
  const env = { ...process.env, MG_FAILPOINT: failpoint };
  const { stdout, signal } = spawnSync(process.execPath, ['--input-type=module-typescript', '-e', script], { env });
  return { stdout: String(stdout), signal };
}

it.each([
  ['after-claim', '1', 'SIGKILL'],
  ['after-claim:3', '123', 'SIGKILL'],
  ['after-settle', '1234', null],
  ['', '1234', null],
])('with MG_FAILPOINT=%s four passings end after %s', (value, stdout, signal) => {
  expect(passes(value)).toEqual({ stdout, signal });
});
