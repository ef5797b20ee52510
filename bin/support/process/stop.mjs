import { stillRuns } from './identity.mjs';

/**
 * Ends exactly the process that was recorded: its own stop signal first, SIGKILL to its group after graceMs. Does nothing
 * when it has gone or its number belongs to another process by now. Works for processes of an earlier run of ours, too.
 */
export async function stopRecorded(record, graceMs = 8_000) {
  if (!stillRuns(record)) return;
  signal(record.pid, record.stopSignal ?? 'SIGTERM');
  if (await goneWithin(record, graceMs)) return;
  signal(-record.pid, 'SIGKILL');
  await goneWithin(record, 2_000);
}

async function goneWithin(record, milliseconds) {
  const deadline = Date.now() + milliseconds;
  while (stillRuns(record)) {
    if (Date.now() > deadline) return false;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  return true;
}

function signal(pid, name) {
  try {
    process.kill(pid, name);
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}
