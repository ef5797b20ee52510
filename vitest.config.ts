import { defineConfig } from 'vitest/config';

/** Four suites and the long one of bin/test --long (architecture.md 11). Only the unit suite runs without servers; the others get theirs from a global set-up. */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: [
            'app/**/*.test.{ts,tsx}',
            'components/**/*.test.{ts,tsx}',
            'lib/**/*.test.ts',
            'prisma/**/*.test.ts',
            'bin/**/*.test.{ts,mjs}',
            'workers/**/*.test.ts',
            'tests/house/**/*.test.ts',
          ],
          testTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'integration',
          include: ['tests/integration/**/*.test.ts'],
          globalSetup: ['tests/support/database-setup.ts'],
          setupFiles: ['tests/support/database.ts'],
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'mail',
          include: ['tests/mail/**/*.test.ts'],
          globalSetup: ['tests/support/database-setup.ts', 'tests/support/mail-setup.ts'],
          setupFiles: ['tests/support/database.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['tests/e2e/**/*.test.ts'],
          globalSetup: ['tests/support/stack-setup.ts'],
          setupFiles: ['tests/support/stack.ts'],
          testTimeout: 120_000,
          hookTimeout: 180_000,
          fileParallelism: false,
        },
      },
      {
        test: {
          name: 'long',
          include: ['tests/long/**/*.test.ts'],
          globalSetup: ['tests/support/database-setup.ts', 'tests/support/mail-setup.ts'],
          setupFiles: ['tests/support/database.ts'],
          testTimeout: 900_000,
          hookTimeout: 300_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
