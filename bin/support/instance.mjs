import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { serversDir } from './paths.mjs';
import { identityOf, stillRuns } from './process/identity.mjs';
import { stopRecorded } from './process/stop.mjs';

/**
 * A folder for the servers of one test run, gone when the run is. Clears away what runs that were killed left behind.
 * @returns {Promise<{folder: string, track(started: object): void, end(): Promise<void>}>} end() stops what was tracked,
 *   the last first
 */
export async function newInstance() {
  await clearDead();
  const folder = mkdtempSync(path.join(serversDir(), 'test-'));
  const own = { pid: process.pid, identity: identityOf(process.pid) };
  const tracked = [];
  const save = () =>
    writeFileSync(path.join(folder, 'owner.json'), JSON.stringify({ ...own, tracked: tracked.map(recordOf) }));
  chmodSync(folder, 0o755); // mkdtemp makes 0700, which nobody can't enter
  save();
  return {
    folder,
    track(started) {
      tracked.push(started);
      save();
    },
    async end() {
      for (const started of tracked.toReversed()) await started.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const recordOf = ({ name, pid, identity, stopSignal }) => ({ name, pid, identity, stopSignal });

async function clearDead() {
  const names = readdirSync(serversDir()).filter((name) => name.startsWith('test-'));
  for (const folder of names.map((name) => path.join(serversDir(), name))) {
    const owner = ownerOf(folder);
    if (!owner || stillRuns(owner)) continue;
    for (const record of owner.tracked) await stopRecorded(record);
    rmSync(folder, { recursive: true, force: true });
  }
}

// Without its file the folder was made this very moment by another run.
function ownerOf(folder) {
  try {
    return JSON.parse(readFileSync(path.join(folder, 'owner.json'), 'utf8'));
  } catch {
    return undefined;
  }
}
