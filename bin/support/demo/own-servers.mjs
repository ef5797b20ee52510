import { createHash } from 'node:crypto';

/**
 * The servers of the person's own, from DATABASE_URL with MIGRATE_DATABASE_URL, and REDIS_URL; undefined where the demo
 * starts one itself.
 * @throws when only one of the two database addresses is set
 */
export function ownServers({ DATABASE_URL, MIGRATE_DATABASE_URL, REDIS_URL } = process.env) {
  if (Boolean(DATABASE_URL) !== Boolean(MIGRATE_DATABASE_URL)) {
    throw new Error(
      'Set both DATABASE_URL (role app) and MIGRATE_DATABASE_URL (role migrate) for your own PostgreSQL, or neither.',
    );
  }
  return {
    database: DATABASE_URL ? { databaseUrl: DATABASE_URL, migrateDatabaseUrl: MIGRATE_DATABASE_URL } : undefined,
    redisUrl: REDIS_URL || undefined,
  };
}

/** What tells one database from another in the list of the seeded ones: the password may change, and isn't kept. */
export function databaseKey({ database }) {
  if (!database) return 'embedded';
  const { host, pathname } = new URL(database.databaseUrl);
  return createHash('sha256').update(`${host}${pathname}`).digest('hex').slice(0, 16);
}
