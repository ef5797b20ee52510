import { describe, expect, it } from 'vitest';
import { countTests } from './vitest-report.mjs';

const file = (status, assertionResults, message = '') => ({
  name: '/clone/lib/a.test.ts',
  status,
  message,
  assertionResults,
});

describe('counting a Vitest report', () => {
  it('counts passed, failed and skipped tests and names those that did not pass', () => {
    const counted = countTests(
      {
        testResults: [
          file('failed', [
            { status: 'passed', fullName: 'a holds', failureMessages: [] },
            { status: 'failed', fullName: 'b holds', failureMessages: ['expected 1 to be 2'] },
            { status: 'todo', fullName: 'c', failureMessages: [] },
          ]),
        ],
      },
      '/clone',
    );
    expect(counted).toMatchObject({ passed: 1, failed: 1, skipped: 1 });
    expect(counted.problems).toEqual([
      'FAILED lib/a.test.ts > b holds\n    expected 1 to be 2',
      'skipped lib/a.test.ts > c',
    ]);
  });

  it('counts a file that broke before its tests as one failure', () => {
    const counted = countTests({ testResults: [file('failed', [], 'Cannot find module')] }, '/clone');
    expect(counted).toMatchObject({ passed: 0, failed: 1, problems: ['FAILED lib/a.test.ts\n    Cannot find module'] });
  });
});
