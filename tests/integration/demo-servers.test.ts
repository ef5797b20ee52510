import { execFileSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runStatements } from '../../bin/support/servers.mjs';
import { type Clone, end, makeClone } from '../support/clone.ts';

interface Shown {
  databaseUrl: string;
  sinkUrl: string;
}

let clone: Clone;
beforeAll(async () => {
  clone = await makeClone();
});
afterAll(() => clone.remove());

describe('bin/demo servers in a clone under a 0700 folder', () => {
  it('starts them, stops them with Ctrl-C, and keeps their data and ports', async () => {
    const first = await start();
    const asked = ["SELECT current_user, current_setting('fsync') AS fsync"];
    const { rows } = await runStatements(first.shown.databaseUrl, asked);
    expect(rows).toEqual([{ current_user: 'app', fsync: 'on' }]);
    expect((await fetch(first.shown.sinkUrl)).status).toBe(200);
    const { processes } = await clone.state();
    expect(processes.map(({ name }) => name).sort()).toEqual(['dovecot', 'postgres', 'redis', 'smtp-sink']);
    expect(await end(first.process, 'SIGINT')).toBe(0);
    expect(processes.filter(isAlive)).toEqual([]);

    const second = await start();
    expect(second.shown).toEqual(first.shown);
    expect(await end(second.process, 'SIGTERM')).toBe(0);
  });

  it('starts after a kill -9, and refuses to run twice', async () => {
    const killed = await start();
    await end(killed.process, 'SIGKILL');
    const next = await start();
    expect(next.shown.databaseUrl.split('@')[0]).toBe(killed.shown.databaseUrl.split('@')[0]);
    await expect(start()).rejects.toThrow('The demo runs already');
    expect(await end(next.process, 'SIGINT')).toBe(0);
  });

  it('keeps its passwords from other people, and forgets everything with --reset', async () => {
    const before = await clone.state();
    const mode = execFileSync('stat', ['-c', '%a', 'data/demo.json'], { cwd: clone.folder, encoding: 'utf8' });
    expect(mode.trim()).toBe('600');
    const anew = await start(['--reset']);
    expect((await clone.state()).passwords).not.toEqual(before.passwords);
    expect(await end(anew.process, 'SIGINT')).toBe(0);
  });

  it('says what is wrong when only one of the two database addresses is set', async () => {
    await expect(start([], { DATABASE_URL: 'postgresql://app@127.0.0.1/x' })).rejects.toThrow('Set both DATABASE_URL');
  });

  it('delivers no mail while nothing runs', async () => {
    await expect(clone.demo(['mail'], /Delivered/)).rejects.toThrow('The demo is not running');
  });
});

async function start(flags: string[] = [], env: Record<string, string> = {}) {
  const started = await clone.demo(['servers', ...flags], /The servers run: (\{.*\})/, env);
  return { process: started.process, shown: JSON.parse(started.found[1] ?? '') as Shown };
}

function isAlive({ pid }: { pid: number }): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
