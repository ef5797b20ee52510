import { say, seconds } from '../progress.mjs';
import { generateClient, installPackages } from '../setup/npm.mjs';
import { installPrograms } from '../setup/programs.mjs';
import { readArguments } from './arguments.mjs';
import { recordExpected } from './expected.mjs';
import { runSuites } from './run-suites.mjs';
import { suites } from './suites.mjs';

/** bin/test: installs, runs the suites, prints a line for each and the sum. Resolves to the exit code. */
export async function main(words) {
  const began = Date.now();
  const { names, record } = readArguments(words);
  const programs = [...new Set(names.flatMap((name) => suites[name].needs ?? []))];
  await Promise.all([installPrograms(programs), installPackages().then(generateClient)]);
  say(`Running ${names.join(', ')} ...`);
  const results = await runSuites(names, tell);
  if (record) recordExpected(results);
  const sum = (key) => Object.values(results).reduce((total, one) => total + one[key], 0);
  say(`All in ${seconds(began)} s. Logs: data/logs/test-*.log`);
  console.log(`${sum('passed')} passed, ${sum('failed')} failed, ${sum('skipped')} skipped`);
  return sum('failed') === 0 ? 0 : 1;
}

function tell(name, { passed, failed, skipped, problems }, took) {
  console.log(`${name}: ${passed} passed, ${failed} failed, ${skipped} skipped (${took} s)`);
  for (const problem of problems) console.log(problem.replace(/^/gm, '  '));
}
