import { PrismaPg } from '@prisma/adapter-pg';
import { PrismaClient } from '#lib/db/generated/client.ts';
import { env } from '#lib/env.ts';

let client: PrismaClient | undefined;

/**
 * The process's one pool, connected as role `app`. Only scope.ts and system.ts may use it: everything else gets its
 * connection inside inTenant.
 */
export function database(): PrismaClient {
  client ??= new PrismaClient({
    adapter: new PrismaPg({
      connectionString: env.databaseUrl,
      max: env.dbPool,
      connectionTimeoutMillis: 10_000,
      idleTimeoutMillis: 60_000,
    }),
  });
  return client;
}

/** For the orderly end of a process and for tests. */
export async function closeDatabase(): Promise<void> {
  await client?.$disconnect();
  client = undefined;
}
