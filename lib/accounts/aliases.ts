import type { Scope } from '#lib/db/scope.ts';

/** The account's further addresses are these from now on. */
export async function setAliases(
  { tenantId, db }: Scope,
  accountId: string,
  addresses: readonly string[],
): Promise<void> {
  const wanted = [...new Set(addresses)];
  await db.mailAlias.deleteMany({ where: { tenantId, accountId, address: { notIn: wanted } } });
  await db.mailAlias.createMany({
    data: wanted.map((address) => ({ tenantId, accountId, address })),
    skipDuplicates: true,
  });
}
