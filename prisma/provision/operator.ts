import { PrismaPg } from '@prisma/adapter-pg';
import { PrismaClient } from '#lib/db/generated/client.ts';

/**
 * A connection as the operator: role `migrate`, which acts as mg_owner and sees every tenant. Only for what no member may
 * do, founding a tenant above all; never in web or worker.
 */
export function operator(url: string): PrismaClient {
  return new PrismaClient({ adapter: new PrismaPg({ connectionString: url, max: 2 }) });
}
