import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { databaseUrl } from '#tests/support/database.ts';

/** Asks the database's own catalogue whether tenancy is held everywhere (architecture.md 3), also for tables of next year. */
const db = new pg.Client({ connectionString: databaseUrl('postgres') });
beforeAll(() => db.connect());
afterAll(() => db.end());

const ask = async <T>(text: string): Promise<T[]> => (await db.query(text)).rows as T[];
const names = async (text: string): Promise<string[]> => (await ask<{ name: string }>(text)).map((row) => row.name);

// Every table of ours, partitioned ones and partitions too, with whether it has a tenant.
const TABLES = `
  SELECT c.oid, c.relname AS name, c.relrowsecurity, c.relforcerowsecurity, c.relispartition, c.relkind,
    EXISTS (SELECT 1 FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'tenant_id' AND NOT a.attisdropped
      AND a.attnotnull AND a.atttypid = 'uuid'::regtype) AS tenant
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname = 'public'
  WHERE c.relkind IN ('r', 'p')`;
const with_ = (condition: string) => names(`SELECT t.name FROM (${TABLES}) t WHERE ${condition} ORDER BY 1`);

it('finds the tables it is meant to judge', async () => {
  expect((await with_('t.tenant AND NOT t.relispartition')).length).toBeGreaterThan(30);
  expect((await with_('t.tenant AND t.relispartition')).length).toBeGreaterThan(60);
});

it('knows every table without a tenant', async () => {
  expect(await with_('NOT t.tenant')).toEqual([
    '_prisma_migrations',
    'login_attempt',
    'person',
    'session',
    'tenant',
    'worker_lease',
  ]);
});

it('binds every tenant table by row-level security, the owner too', async () => {
  expect(await with_('t.tenant AND NOT (t.relrowsecurity AND t.relforcerowsecurity)')).toEqual([]);
});

it('gives every tenant table exactly the one policy, for reading and for writing', async () => {
  const wanted = `(tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid)`;
  const policies = await ask<{ name: string; policies: object[] }>(`
    SELECT t.name, (SELECT json_agg(json_build_object('using', p.qual, 'check', p.with_check, 'cmd', p.cmd,
      'kind', p.permissive, 'roles', p.roles)) FROM pg_policies p WHERE p.schemaname = 'public' AND p.tablename = t.name)
      AS policies FROM (${TABLES}) t WHERE t.tenant`);
  const one = { using: wanted, check: wanted, cmd: 'ALL', kind: 'PERMISSIVE', roles: ['public'] };
  expect(policies.filter((row) => JSON.stringify(row.policies) !== JSON.stringify([one]))).toEqual([]);
});

it('gives every tenant table a whole index led by tenant_id', async () => {
  expect(
    await with_(`t.tenant AND NOT EXISTS (SELECT 1 FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid
      AND a.attnum = i.indkey[0] WHERE i.indrelid = t.oid AND a.attname = 'tenant_id' AND i.indisvalid
      AND i.indpred IS NULL)`),
  ).toEqual([]);
});

it('leads every primary key of a tenant table with tenant_id', async () => {
  expect(
    await with_(`t.tenant AND NOT EXISTS (SELECT 1 FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid
      AND a.attnum = i.indkey[0] WHERE i.indrelid = t.oid AND i.indisprimary AND a.attname = 'tenant_id')`),
  ).toEqual([]);
});

it('carries tenant_id through every foreign key between tenant tables, and restricts', async () => {
  const keys = `
    SELECT k.conrelid::regclass || ' ' || k.conname AS name, k.confdeltype, k.confupdtype,
      (SELECT array_agg(a.attname::text ORDER BY x.n) FROM unnest(k.conkey) WITH ORDINALITY x(num, n)
        JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = x.num) AS own,
      (SELECT array_agg(a.attname::text ORDER BY x.n) FROM unnest(k.confkey) WITH ORDINALITY x(num, n)
        JOIN pg_attribute a ON a.attrelid = k.confrelid AND a.attnum = x.num) AS other, f.tenant AS foreign_tenant
    FROM pg_constraint k JOIN (${TABLES}) t ON t.oid = k.conrelid JOIN (${TABLES}) f ON f.oid = k.confrelid
    WHERE k.contype = 'f' AND t.tenant`;
  expect((await names(`SELECT name FROM (${keys}) k`)).length).toBeGreaterThan(40);
  const broken = `foreign_tenant AND (own[1] <> 'tenant_id' OR other[1] <> 'tenant_id')`;
  expect(await names(`SELECT name FROM (${keys}) k WHERE ${broken}`)).toEqual([]);
  expect(await names(`SELECT name FROM (${keys}) k WHERE confdeltype NOT IN ('r', 'a')`)).toEqual([]);
});

it('keeps every time with its zone and in milliseconds', async () => {
  expect(
    await names(`SELECT c.relname || '.' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod) AS name
      FROM pg_attribute a JOIN (${TABLES}) t ON t.oid = a.attrelid JOIN pg_class c ON c.oid = a.attrelid
      WHERE NOT a.attisdropped AND a.attnum > 0 AND c.relname <> '_prisma_migrations'
        AND format_type(a.atttypid, a.atttypmod) ~ '^(time|date|interval)'
        AND format_type(a.atttypid, a.atttypmod) <> 'timestamp(3) with time zone'`),
  ).toEqual([]);
});

it('grants app nothing at people, sessions and tenants, nor at a partition by its own name', async () => {
  const granted = `
    SELECT t.name, t.relispartition FROM (${TABLES}) t
    WHERE has_table_privilege('app', t.oid, 'SELECT, INSERT, UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER')
      OR has_any_column_privilege('app', t.oid, 'SELECT, INSERT, UPDATE')`;
  const all = await names(`SELECT name FROM (${granted}) g`);
  expect(all).toContain('conversation');
  for (const name of ['tenant', 'person', 'session', 'login_attempt', '_prisma_migrations']) {
    expect(all).not.toContain(name);
  }
  expect(await names(`SELECT name FROM (${granted}) g WHERE relispartition`)).toEqual([]);
});

it('lets app write history once and never change it, and never truncates or references', async () => {
  const may = (privilege: string, table: string) =>
    `has_table_privilege('app', 'public.${table}', '${privilege}') OR has_any_column_privilege('app', 'public.${table}', 'UPDATE')`;
  for (const table of ['conversation_event', 'feed', 'view_log']) {
    const [row] = await ask<{ no: boolean; yes: boolean }>(`SELECT ${may('UPDATE, DELETE', table)} AS no,
      has_table_privilege('app', 'public.${table}', 'SELECT') AND has_table_privilege('app', 'public.${table}', 'INSERT') AS yes`);
    expect({ table, ...row }).toEqual({ table, no: false, yes: true });
  }
  expect(await with_(`has_table_privilege('app', t.oid, 'TRUNCATE, REFERENCES, TRIGGER')`)).toEqual([]);
});

it('gives app and migrate no power of their own', async () => {
  const roles = await ask(`SELECT rolname, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication,
    rolcanlogin FROM pg_roles WHERE rolname IN ('app', 'migrate', 'mg_owner') ORDER BY 1`);
  const none = { rolsuper: false, rolcreaterole: false, rolcreatedb: false, rolreplication: false };
  expect(roles).toEqual([
    { rolname: 'app', ...none, rolbypassrls: false, rolcanlogin: true },
    { rolname: 'mg_owner', ...none, rolbypassrls: true, rolcanlogin: false },
    { rolname: 'migrate', ...none, rolbypassrls: false, rolcanlogin: true },
  ]);
  const memberships = `SELECT count(*)::int AS n FROM pg_auth_members m JOIN pg_roles r ON r.oid = m.member WHERE r.rolname = 'app'`;
  expect(await ask(memberships)).toEqual([{ n: 0 }]);
});

it('owns every table, sequence and function as mg_owner, and lets nobody create any in public', async () => {
  expect(
    await names(`SELECT c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      AND n.nspname = 'public' WHERE pg_get_userbyid(c.relowner) <> 'mg_owner' AND c.relkind IN ('r', 'p', 'S', 'v', 'm')`),
  ).toEqual([]);
  const [create] = await ask(`SELECT has_schema_privilege('app', 'public', 'CREATE') AS app`);
  expect(create).toEqual({ app: false });
});

it('fixes the search_path of every function that runs as its owner, and keeps it from everybody else', async () => {
  const functions = await ask<{ name: string; config: string[] | null; owner: string; everybody: boolean }>(`
    SELECT p.oid::regprocedure::text AS name, p.proconfig AS config, pg_get_userbyid(p.proowner) AS owner,
      EXISTS (SELECT 1 FROM aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) x WHERE x.grantee = 0) AS everybody
    FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace AND n.nspname = 'public' WHERE p.prosecdef`);
  expect(functions.length).toBeGreaterThan(10);
  const good = { config: ['search_path=public, pg_temp'], owner: 'mg_owner', everybody: false };
  expect(functions.map(({ name: _, ...rest }) => rest)).toEqual(functions.map(() => good));
});

it('has no view, which would read past row-level security as its owner', async () => {
  expect(
    await names(`SELECT c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      AND n.nspname = 'public' WHERE c.relkind IN ('v', 'm')`),
  ).toEqual([]);
});
