import { rowsJson } from '#lib/db/rows-json.ts';
import type { Scope } from '#lib/db/scope.ts';
import { newId } from '#lib/ids.ts';

/** Who wrote; `furigana` where a form asked for it. */
export type Writer = { name: string; address: string; furigana?: string };

/** The customer of each address (keys in lower case), made from the mail where the address is new. */
export async function resolveCustomers(scope: Scope, writers: readonly Writer[]): Promise<Map<string, string>> {
  const wanted = new Map<string, Writer>();
  for (const writer of writers) {
    const key = writer.address.toLowerCase();
    if (key !== '' && !wanted.get(key)?.name) wanted.set(key, writer);
  }
  const known = await find(scope, [...wanted.keys()]);
  await fillFurigana(scope, known, writers);
  const fresh = [...wanted].filter(([key]) => !known.has(key));
  if (fresh.length === 0) return known;
  await create(scope, fresh);
  return find(scope, [...wanted.keys()]);
}

async function find(scope: Scope, addresses: string[]): Promise<Map<string, string>> {
  if (addresses.length === 0) return new Map();
  const found = await scope.db.customerAddress.findMany({
    where: { tenantId: scope.tenantId, address: { in: addresses } },
    select: { address: true, customerId: true },
  });
  return new Map(found.map((row) => [row.address, row.customerId]));
}

// Two 窓口 may receive the first mail of the same person at once: one after the other, so that it is one customer.
async function create(scope: Scope, fresh: readonly [string, Writer][]): Promise<void> {
  const rows = rowsJson(
    fresh.map(([key, { name, address, furigana }]) => ({ id: newId(), key, name, written: address, furigana })),
  );
  await scope.db.$queryRaw`
    SELECT pg_advisory_xact_lock(hashtextextended('customers:' || ${scope.tenantId}, 0))::text`;
  await scope.db.$executeRaw`
    WITH rows AS (SELECT * FROM jsonb_to_recordset(${rows}::jsonb) AS r(id uuid, key text, name text, written text,
        furigana text)
      WHERE NOT EXISTS (SELECT 1 FROM customer_address a
        WHERE a.tenant_id = ${scope.tenantId}::uuid AND a.address = r.key)),
    made AS (INSERT INTO customer (tenant_id, id, name, furigana, created_at)
      SELECT ${scope.tenantId}::uuid, id, coalesce(nullif(name, ''), written), nullif(furigana, ''), clock_timestamp()
      FROM rows)
    INSERT INTO customer_address (tenant_id, address, customer_id, written)
    SELECT ${scope.tenantId}::uuid, key, id, written FROM rows ORDER BY key`;
}

// A reading typed into a form goes onto a card that has none; what somebody wrote there stays.
async function fillFurigana(scope: Scope, known: Map<string, string>, writers: readonly Writer[]): Promise<void> {
  const rows = writers.flatMap(({ address, furigana }) => {
    const id = furigana ? known.get(address.toLowerCase()) : undefined;
    return id ? [{ id, furigana }] : [];
  });
  if (rows.length === 0) return;
  await scope.db.$executeRaw`
    UPDATE customer c SET furigana = r.furigana
    FROM jsonb_to_recordset(${rowsJson(rows)}::jsonb) AS r(id uuid, furigana text)
    WHERE c.tenant_id = ${scope.tenantId}::uuid AND c.id = r.id AND c.furigana IS NULL`;
}
