import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { asNobody, giveToNobody } from '../process/nobody.mjs';
import { mustRun } from '../process/run.mjs';

/**
 * Makes the data folder of a new server: UTF-8, the built-in C.UTF-8 collation (the same on every machine, and no ICU
 * version to re-index for), passwords by SCRAM.
 */
export async function initialiseCluster({ binaries, folder, superuserPassword, logFile }) {
  mkdirSync(folder, { recursive: true, mode: 0o755 });
  const passwordFile = path.join(folder, 'superuser-password');
  writeFileSync(passwordFile, superuserPassword, { mode: 0o600 });
  giveToNobody(folder);
  const [command, args] = asNobody(path.join(binaries, 'bin/initdb'), [
    `--pgdata=${path.join(folder, 'data')}`,
    '--username=postgres',
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--no-sync',
  ]);
  await mustRun('initdb', { command, args, cwd: folder, logFile });
  rmSync(passwordFile);
  writeFileSync(path.join(folder, 'data/pg_hba.conf'), 'host all all 127.0.0.1/32 scram-sha-256\n');
}

/** True when initialiseCluster has finished in this folder. */
export function clusterExists(folder) {
  return existsSync(path.join(folder, 'data/PG_VERSION')) && !existsSync(path.join(folder, 'superuser-password'));
}
