import { expect, it } from 'vitest';
import { analyseNewTables } from '#lib/db/system.ts';
import { company, owner } from '#tests/support/tenant.ts';

const withoutStatistics = async (): Promise<string[]> => {
  const rows = await owner.$queryRaw<{ relname: string }[]>`
    SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname = 'public'
    WHERE c.relkind = 'r' AND c.reltuples <= 0 AND pg_relation_size(c.oid) > 0 AND NOT c.relispartition`;
  return rows.map(({ relname }) => relname);
};

it('gives tables that were filled and never looked at their first statistics, once', async () => {
  const c = await company();
  await c.arrive({ subject: '返品について' });
  // Autovacuum may have been there for some; a table made now has been seen by nobody.
  await owner.$executeRaw`CREATE TABLE never_analysed AS SELECT generate_series(1, 300) AS n`;
  expect(await withoutStatistics()).toContain('never_analysed');
  expect(await analyseNewTables()).toBeGreaterThan(0);
  expect(await withoutStatistics()).toEqual([]);
  expect(await analyseNewTables()).toBe(0);
  await owner.$executeRaw`DROP TABLE never_analysed`;
});
