import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { dataDir } from '../paths.mjs';
import { identityOf, stillRuns } from '../process/identity.mjs';

/** Does work that two processes of this clone must not do at once (bin/demo and bin/test both build); the later one waits. */
export async function alone(name, work) {
  const file = path.join(dataDir, `${name}.lock`);
  mkdirSync(dataDir, { recursive: true });
  while (!take(file)) await new Promise((resolve) => setTimeout(resolve, 500));
  try {
    return await work();
  } finally {
    rmSync(file, { force: true });
  }
}

function take(file) {
  try {
    // Written whole under another name first: a half-written file would look like one of a killed holder.
    const own = `${file}.${process.pid}`;
    writeFileSync(own, JSON.stringify({ pid: process.pid, identity: identityOf(process.pid) }));
    try {
      linkSync(own, file);
    } finally {
      rmSync(own);
    }
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    if (!holderRuns(file)) rmSync(file, { force: true });
    return false;
  }
}

function holderRuns(file) {
  try {
    return stillRuns(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return false;
  }
}
