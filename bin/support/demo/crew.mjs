import { identityOf, stillRuns } from '../process/identity.mjs';
import { stopRecorded } from '../process/stop.mjs';
import { writeState } from './state.mjs';

/**
 * The processes of this demo, recorded in its state as they come, so that the next start knows them if we are killed.
 * @returns {{add(started: object): object, stopAll(): Promise<void>, firstGone: Promise<object>}} firstGone resolves to
 *   the first that ends without being told to
 */
export function newCrew(state) {
  const members = [];
  let stopping = false;
  let report;
  const firstGone = new Promise((resolve) => {
    report = resolve;
  });
  const save = () => {
    state.processes = members.map(({ name, pid, identity, stopSignal }) => ({ name, pid, identity, stopSignal }));
    writeState(state);
  };
  return {
    firstGone,
    add(started) {
      members.push(started);
      started.exited.then(() => stopping || report(started));
      save();
      return started;
    },
    async stopAll() {
      stopping = true;
      // The product before its servers, and what came last first.
      for (const started of members.toReversed()) await started.stop();
      members.length = 0;
      state.owner = null;
      save();
    },
  };
}

/** True while another bin/demo of this clone runs. */
export function runsAlready(state) {
  return Boolean(state.owner && stillRuns(state.owner));
}

/** Notes that this process is the demo now, after ending what a killed one left behind. */
export async function takeOver(state) {
  for (const record of state.processes.toReversed()) await stopRecorded(record);
  state.processes = [];
  state.owner = { pid: process.pid, identity: identityOf(process.pid) };
  writeState(state);
}
