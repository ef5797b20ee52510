// What TypeScript may use of this folder; servers.d.mts has the types.
export { localCertificate } from './certificate.mjs';
export { dovecotHands, startDovecot } from './dovecot.mjs';
export { newInstance } from './instance.mjs';
export { migrate } from './migrate.mjs';
export { node24, npmEnvironment } from './node24.mjs';
export { dataDir, logsDir, root, serversDir } from './paths.mjs';
export { freePort } from './ports.mjs';
export { copyDatabase, createDatabase, databaseExists, dropDatabase, runStatements } from './postgres/database.mjs';
export { databaseStatements, roleStatements, schemaStatements } from './postgres/roles.mjs';
export { newPostgresPasswords, postgresUrls, startPostgres } from './postgres.mjs';
export { runToEnd } from './process/run.mjs';
export { startProcess, untilReady } from './process/start.mjs';
export { isHealthy, startWeb, startWorker } from './product.mjs';
export { newSecrets, productEnvironment } from './product-env.mjs';
export { redisUrl, startRedis } from './redis.mjs';
export { buildProduct } from './setup/build.mjs';
export { browserProgram } from './setup/programs.mjs';
export { startSink } from './smtp-sink.mjs';
