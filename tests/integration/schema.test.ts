import { describe, expect, it } from 'vitest';
import { Prisma } from '#lib/db/scope.ts';
import { company } from '#tests/support/tenant.ts';

/** What the Prisma schema says must be there, and app must be allowed to read it. */
type Model = { findFirst: (query: { select: Record<string, true> }) => Promise<unknown> };

const CLOSED = ['Tenant', 'Person', 'Session', 'LoginAttempt'];
const fieldsOf = (name: string): string[] =>
  Object.values(Prisma[`${name}ScalarFieldEnum` as 'TenantScalarFieldEnum'] as Record<string, string>);
const models = Object.values(Prisma.ModelName) as string[];
const property = (name: string) => `${name[0]?.toLowerCase()}${name.slice(1)}`;

async function select(name: string): Promise<unknown> {
  const fields = fieldsOf(name);
  expect(fields.length).toBeGreaterThan(0);
  const { tenantId, actor } = await somewhere;
  const { inTenant } = await import('#lib/db/scope.ts');
  return inTenant({ tenantId, actor }, (scope) => {
    const model = (scope.db as unknown as Record<string, Model>)[property(name)] as Model;
    return model.findFirst({ select: Object.fromEntries(fields.map((field) => [field, true])) });
  });
}
const somewhere = company().then((made) => ({ tenantId: made.tenantId, actor: made.actor() }));

describe('as app', () => {
  it.each(models.filter((name) => !CLOSED.includes(name)))('every field of %s can be read', async (name) => {
    await expect(select(name)).resolves.toBeDefined();
  });

  it.each(CLOSED)('%s is refused', async (name) => {
    await expect(select(name)).rejects.toThrow(/permission denied|denied access/);
  });
});
