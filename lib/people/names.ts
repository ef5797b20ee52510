import type { Scope } from '#lib/db/scope.ts';

/** Display names of members by membership id; for history and errors, so ended members count too. */
export async function memberNames(scope: Scope, ids: readonly (string | null)[]): Promise<Map<string, string>> {
  const wanted = [...new Set(ids.filter((id) => id !== null))];
  if (wanted.length === 0) return new Map();
  const rows = await scope.db.membership.findMany({
    where: { tenantId: scope.tenantId, id: { in: wanted } },
    select: { id: true, displayName: true },
  });
  return new Map(rows.map((row) => [row.id, row.displayName]));
}

/** One member's display name; empty if unknown. */
export async function memberName(scope: Scope, id: string): Promise<string> {
  return (await memberNames(scope, [id])).get(id) ?? '';
}
