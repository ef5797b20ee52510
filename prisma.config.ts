import { defineConfig } from 'prisma/config';

/** Only for `prisma generate` and editors; migrations run through prisma/migrate.ts. */
export default defineConfig({ schema: 'prisma/schema.prisma', migrations: { path: 'prisma/migrations' } });
