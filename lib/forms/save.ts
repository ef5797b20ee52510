import { requireMay } from '#lib/auth/actor.ts';
import type { Scope } from '#lib/db/scope.ts';
import { conflict, invalid, notFound } from '#lib/errors.ts';
import type { PatternValues } from '#lib/forms/input.ts';
import { newId } from '#lib/ids.ts';

/**
 * A new pattern, last in order. It reads mails from the next one on; what is a case already stays as it is. Returns its id.
 */
export async function addPattern(scope: Scope, values: PatternValues): Promise<string> {
  requireMay(scope, 'rules.edit');
  await requireMailbox(scope, values.mailboxId);
  const { tenantId, db } = scope;
  const last = await db.formPattern.aggregate({ where: { tenantId }, _max: { position: true } });
  const id = newId();
  const position = (last._max.position ?? -1) + 1;
  await db.formPattern.create({ data: { ...values, tenantId, id, position }, select: { id: true } });
  return id;
}

/** Changes a pattern; Conflict `savedElsewhere` when somebody else did since `version` was read. */
export async function changePattern(scope: Scope, id: string, version: number, values: PatternValues): Promise<void> {
  requireMay(scope, 'rules.edit');
  await requireMailbox(scope, values.mailboxId);
  const where = { tenantId: scope.tenantId, id, deletedAt: null };
  const changed = await scope.db.formPattern.updateMany({
    where: { ...where, version },
    data: { ...values, version: version + 1 },
  });
  if (changed.count === 1) return;
  if ((await scope.db.formPattern.count({ where })) === 0) throw notFound();
  throw conflict('savedElsewhere');
}

/** On or off; off, its mails are read as if it weren't there. */
export async function switchPattern(scope: Scope, id: string, enabled: boolean): Promise<void> {
  requireMay(scope, 'rules.edit');
  await changeOne(scope, id, { enabled, version: { increment: 1 } });
}

/** Gone from the settings. The row stays: mails say by which pattern they were read. */
export async function deletePattern(scope: Scope, id: string): Promise<void> {
  requireMay(scope, 'rules.edit');
  await changeOne(scope, id, { deletedAt: scope.now, enabled: false });
}

/** One place earlier in the order in which patterns are tried, or later; at the end nothing changes. */
export async function movePattern(scope: Scope, id: string, way: 'up' | 'down'): Promise<void> {
  requireMay(scope, 'rules.edit');
  const { tenantId, db } = scope;
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT id FROM form_pattern WHERE tenant_id = ${tenantId}::uuid AND deleted_at IS NULL
    ORDER BY position, created_at, id FOR UPDATE`;
  const ids = rows.map((row) => row.id);
  const from = ids.indexOf(id);
  if (from < 0) throw notFound();
  const to = way === 'up' ? from - 1 : from + 1;
  const other = ids[to];
  if (other === undefined) return;
  ids[from] = other;
  ids[to] = id;
  await db.$executeRaw`
    UPDATE form_pattern p SET position = o.position FROM unnest(${ids}::uuid[]) WITH ORDINALITY AS o(id, position)
    WHERE p.tenant_id = ${tenantId}::uuid AND p.id = o.id`;
}

type Change = Parameters<Scope['db']['formPattern']['updateMany']>[0]['data'];

async function changeOne(scope: Scope, id: string, data: Change): Promise<void> {
  const changed = await scope.db.formPattern.updateMany({
    where: { tenantId: scope.tenantId, id, deletedAt: null },
    data,
  });
  if (changed.count === 0) throw notFound();
}

async function requireMailbox(scope: Scope, id: string | null): Promise<void> {
  if (id === null) return;
  const found = await scope.db.mailbox.count({ where: { tenantId: scope.tenantId, id } });
  if (found === 0) throw invalid('mailboxUnknown', {}, 'mailboxId');
}
