import { migrate } from '#prisma/migrate.ts';

/**
 * What `node prisma/migrate.ts` does, but it ends when it is done: a timer inside the schema engine keeps that process
 * alive for ten more seconds, and every start of the demo and every suite would wait for it.
 */
const url = process.env.MIGRATE_DATABASE_URL ?? '';
await migrate({ url, dir: 'prisma/migrations' }).then(
  (applied) => {
    console.log(`Applied ${applied.length}: ${applied.join(', ')}`);
    process.exit(0);
  },
  (error: Error) => {
    console.error(error.message);
    process.exit(1);
  },
);
