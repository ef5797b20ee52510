import { env } from '#lib/env.ts';
import { operator } from '#prisma/provision/operator.ts';
import { resealSecrets } from '#prisma/provision/reseal.ts';

/** `npm run -s reseal`: the second step of a new SEAL_KEY (docs/administrator.md). Says what it did; 1 where something stays shut. */
const db = operator(env.migrateDatabaseUrl);
try {
  const { resealed, current, unreadable } = await resealSecrets(db);
  console.log(`Sealed anew with SEAL_KEY: ${resealed}. Under it already: ${current}.`);
  for (const address of unreadable) console.error(`No key opens the secret of ${address}: enter its password anew.`);
  process.exitCode = unreadable.length > 0 ? 1 : 0;
} finally {
  await db.$disconnect();
}
