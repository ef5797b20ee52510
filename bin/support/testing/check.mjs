import path from 'node:path';
import { node24, npmEnvironment } from '../node24.mjs';
import { logsDir, root } from '../paths.mjs';
import { tail } from '../process/log.mjs';
import { runToEnd } from '../process/run.mjs';
import { oneFailure, result } from './result.mjs';

/** Runs one of npm's programs (its script in node_modules) as a check that passes or fails as a whole. */
export async function check(name, script, args) {
  const logFile = path.join(logsDir, `test-${name}.log`);
  const command = node24();
  const env = npmEnvironment({ NO_COLOR: '1' });
  const wanted = { command, args: [path.join('node_modules', script), ...args], cwd: root, env, logFile };
  const code = await runToEnd(wanted);
  return code === 0 ? result({ passed: 1 }) : oneFailure(tail(logFile, 60));
}
