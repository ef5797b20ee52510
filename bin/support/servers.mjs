// What TypeScript may use of this folder; servers.d.mts has the types.
export { localCertificate } from './certificate.mjs';
export { dovecotHands, startDovecot } from './dovecot.mjs';
export { root, serversDir } from './paths.mjs';
export { freePort } from './ports.mjs';
export { copyDatabase, createDatabase, databaseExists, dropDatabase, runStatements } from './postgres/database.mjs';
export { newPostgresPasswords, startPostgres } from './postgres.mjs';
export { runToEnd } from './process/run.mjs';
export { startProcess, untilReady } from './process/start.mjs';
export { startRedis } from './redis.mjs';
export { startSink } from './smtp-sink.mjs';
