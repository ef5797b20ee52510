import { result } from './result.mjs';

/**
 * Counts what Vitest's JSON reporter wrote: tests, and files that failed before or besides their tests.
 * @param {{testResults: {name: string, status: string, message?: string, assertionResults: object[]}[]}} report
 */
export function countTests(report, root) {
  const files = report.testResults.map((file) => ({ ...file, name: file.name.replace(`${root}/`, '') }));
  const tests = files.flatMap((file) => file.assertionResults.map((test) => ({ ...test, file: file.name })));
  const withStatus = (...statuses) => tests.filter((test) => statuses.includes(test.status));
  const broken = files.filter((file) => file.status === 'failed' && !file.assertionResults.some(hasFailed));
  const skipped = withStatus('pending', 'skipped', 'todo', 'disabled');
  return result({
    passed: withStatus('passed').length,
    failed: withStatus('failed').length + broken.length,
    skipped: skipped.length,
    problems: [
      ...broken.map((file) => `FAILED ${file.name}\n${indent(file.message ?? '')}`),
      ...withStatus('failed').map((test) => `FAILED ${titleOf(test)}\n${indent(test.failureMessages.join('\n'))}`),
      ...skipped.map((test) => `skipped ${titleOf(test)}`),
    ],
  });
}

const hasFailed = (test) => test.status === 'failed';
const titleOf = (test) => `${test.file} > ${test.fullName}`;
const indent = (text) => text.split('\n').slice(0, 25).join('\n').replace(/^/gm, '    ');
