import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { node24, npmEnvironment } from '../node24.mjs';
import { logsDir, root } from '../paths.mjs';
import { tail } from '../process/log.mjs';
import { runToEnd } from '../process/run.mjs';
import { oneFailure } from './result.mjs';
import { countTests } from './vitest-report.mjs';

/**
 * Runs test files with Vitest on Node 24 and counts them. A suite that crashes, hangs or finds no test has failed.
 * @param {string} name names the log and the report
 * @param {string[]} args Vitest's: the project, files, what to leave out
 * @param {{minutes?: number, env?: object}} [limits]
 */
export async function vitestSuite(name, args, { minutes = 12, env = {} } = {}) {
  const report = path.join(logsDir, `test-${name}.json`);
  const logFile = path.join(logsDir, `test-${name}.log`);
  rmSync(report, { force: true });
  const reporters = [
    '--reporter=default',
    '--reporter=./bin/support/testing/running-reporter.mjs',
    '--reporter=json',
    `--outputFile.json=${report}`,
  ];
  const code = await runToEnd({
    command: node24(),
    args: ['node_modules/vitest/vitest.mjs', 'run', ...args, ...reporters],
    cwd: root,
    env: npmEnvironment({ NO_COLOR: '1', ...env }),
    logFile,
    timeoutMs: minutes * 60_000,
  });
  const counted = readReport(report);
  if (!counted) return oneFailure(`The suite wrote no report (exit code ${code}):\n${tail(logFile, 60)}`);
  if (counted.passed + counted.failed === 0) return oneFailure(`The suite ran no test:\n${tail(logFile)}`);
  if (code !== 0 && counted.failed === 0)
    return alsoFailed(counted, `Vitest ended with ${code}:\n${tail(logFile, 60)}`);
  return counted;
}

function readReport(file) {
  try {
    return countTests(JSON.parse(readFileSync(file, 'utf8')), root);
  } catch {
    return undefined;
  }
}

const alsoFailed = (counted, problem) => ({ ...counted, failed: 1, problems: [...counted.problems, problem] });
