import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { node24, npmEnvironment, root } from '../../bin/support/servers.mjs';

const run = promisify(execFile);

type Figure = { figure: string; value: number; goal: number | null; floor: number | null; ok: boolean };

// The command with its own servers, small: that it counts right, not how fast this machine is today.
it('npm run bench:mail takes a mailbox in, counts what its manifest says and finds nothing at the second pass', async () => {
  const args = ['tests/bench/mail.ts', '--mails', '200', '--quick', '--name', 'mail-quick'];
  await run(node24(), args, { cwd: root, env: npmEnvironment({ NODE_ENV: 'production' }), maxBuffer: 10_000_000 });
  const written = JSON.parse(readFileSync(path.join(root, 'bench/mail-quick.json'), 'utf8'));
  const figures = new Map<string, Figure>(written.figures.map((one: Figure) => [one.figure, one]));
  expect(figures.get('mails received')?.value).toBe(200);
  expect(figures.get('counts that differ from the manifest')).toMatchObject({ value: 0, ok: true });
  expect(figures.get('rows added by a second pass')).toMatchObject({ value: 0, ok: true });
  expect(figures.get('SQL round trips per mail')?.value).toBeGreaterThan(0);
  expect(written.machine.node).toBe(process.version);
}, 300_000);
