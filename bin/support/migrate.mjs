import path from 'node:path';
import { node24, npmEnvironment } from './node24.mjs';
import { logsDir, root } from './paths.mjs';
import { mustRun } from './process/run.mjs';

/** Applies the migrations to the database that this URL reaches as role migrate. */
export function migrate(migrateDatabaseUrl, logFile = path.join(logsDir, 'migrate.log')) {
  return mustRun('The migration', {
    command: node24(),
    args: ['prisma/migrate.ts'],
    cwd: root,
    env: npmEnvironment({ MIGRATE_DATABASE_URL: migrateDatabaseUrl }),
    logFile,
  });
}
