import { fewerThanExpected } from './expected.mjs';
import { oneFailure } from './result.mjs';
import { suites } from './suites.mjs';

/**
 * Runs the named suites: the build beside the quick ones, what needs a quiet machine or the build after both.
 * @param {string[]} names
 * @param {(name: string, result: object, seconds: number) => void} tell called as each ends
 * @returns {Promise<Record<string, object>>} results by name
 */
export async function runSuites(names, tell) {
  const results = {};
  const run = async (name) => {
    const began = Date.now();
    results[name] = withExpectation(name, await suites[name].run().catch((error) => oneFailure(error.stack)));
    tell(name, results[name], Math.round((Date.now() - began) / 1000));
  };
  const building = names.includes('build') ? run('build') : Promise.resolve();
  for (const name of names) if (name !== 'build' && !suites[name].afterBuild) await run(name);
  await building;
  for (const name of names) if (suites[name].afterBuild) await run(name);
  return results;
}

function withExpectation(name, counted) {
  const fewer = fewerThanExpected(name, counted.passed);
  if (!fewer) return counted;
  return { ...counted, failed: counted.failed + 1, problems: [...counted.problems, fewer] };
}
