import pg from 'pg';
import { vi } from 'vitest';
import type { Scope } from '#lib/db/scope.ts';
import { databaseUrl } from '#tests/support/database.ts';
import type { Company } from '#tests/support/tenant.ts';

type Plan = { text: string; rowsRead: number };
type Asked = { text: string; values: unknown[] };
type Node = {
  'Node Type': string;
  'Relation Name'?: string;
  'Actual Rows'?: number;
  'Actual Loops'?: number;
  'Rows Removed by Filter'?: number;
  Plans?: Node[];
};

/**
 * The plans that PostgreSQL makes, as role app under the tenant, of the statements that the product itself asked while
 * `work` ran and that contain `mark`: no copy of its SQL in a test. rowsRead: rows of conversation that were looked at.
 */
export async function plansOf(
  c: Company,
  who: string,
  work: (scope: Scope) => Promise<unknown>,
  mark: string,
): Promise<Plan[]> {
  const asked = await statementsOf(() => c.as(who, work));
  const client = new pg.Client({ connectionString: databaseUrl('app') });
  await client.connect();
  try {
    await client.query('BEGIN');
    await client.query('SELECT set_config($1, $2, true)', ['app.tenant_id', c.tenantId]);
    const plans: Plan[] = [];
    for (const { text, values } of asked.filter((one) => one.text.includes(mark))) {
      const { rows } = await client.query(`EXPLAIN (ANALYZE, FORMAT JSON) ${text}`, values);
      const [{ Plan: root }] = rows[0]['QUERY PLAN'] as [{ Plan: Node }];
      plans.push({ text: describe(root).join('\n'), rowsRead: rowsRead(root) });
    }
    return plans;
  } finally {
    await client.end();
  }
}

async function statementsOf(work: () => Promise<unknown>): Promise<Asked[]> {
  const asked: Asked[] = [];
  const original = pg.Client.prototype.query;
  const spy = vi.spyOn(pg.Client.prototype, 'query').mockImplementation(function (this: pg.Client, ...args: unknown[]) {
    const [first, second] = args as [string | { text: string; values?: unknown[] }, unknown[]?];
    if (typeof first === 'string') asked.push({ text: first, values: second ?? [] });
    else asked.push({ text: first.text, values: first.values ?? second ?? [] });
    return original.apply(this, args as never) as never;
  } as never);
  try {
    await work();
    return asked;
  } finally {
    spy.mockRestore();
  }
}

function describe(node: Node): string[] {
  const index = (node as { 'Index Name'?: string })['Index Name'] ?? '';
  const line = `${node['Node Type']} on ${node['Relation Name'] ?? '-'} ${index}`;
  return [line, ...(node.Plans ?? []).flatMap(describe)];
}

function rowsRead(node: Node): number {
  const own =
    node['Relation Name'] === 'conversation'
      ? ((node['Actual Rows'] ?? 0) + (node['Rows Removed by Filter'] ?? 0)) * (node['Actual Loops'] ?? 1)
      : 0;
  return own + (node.Plans ?? []).reduce((sum, child) => sum + rowsRead(child), 0);
}
