import { randomBytes } from 'node:crypto';

/** New secrets of an installation: sign-in, seal key, server actions. */
export function newSecrets() {
  return {
    AUTH_SECRET: randomBytes(32).toString('base64url'),
    SEAL_KEY: randomBytes(32).toString('base64'),
    NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: randomBytes(32).toString('base64'),
  };
}

/**
 * The settings that web and workers of demo and tests run with. Mail servers on 127.0.0.1 are allowed, for there they are.
 * @param {{secrets: object, databaseUrl: string, migrateDatabaseUrl: string, redisUrl: string, blobDir: string,
 *   appUrl?: string}} wanted
 */
export function productEnvironment({ secrets, databaseUrl, migrateDatabaseUrl, redisUrl, blobDir, appUrl }) {
  return {
    ...secrets,
    DATABASE_URL: databaseUrl,
    MIGRATE_DATABASE_URL: migrateDatabaseUrl,
    REDIS_URL: redisUrl,
    BLOB_DIR: blobDir,
    APP_URL: appUrl ?? 'http://127.0.0.1:3000',
    MAIL_ALLOW_PRIVATE_HOSTS: '1',
    NEXT_TELEMETRY_DISABLED: '1',
  };
}
