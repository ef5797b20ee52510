import { may } from '#lib/auth/policy.ts';
import type { Scope } from '#lib/db/scope.ts';
import { notFound } from '#lib/errors.ts';

/**
 * What may I see: the ids of the 窓口 whose 案件 this actor reads, by its groups (domain.md 1, "Visible"). Page, list,
 * stream, counts and export all take the list from here. The system sees all; a role that reads nothing (admin) sees none.
 */
export async function visibleMailboxIds(scope: Scope): Promise<string[]> {
  const { actor, db, tenantId } = scope;
  if (actor.kind === 'system') {
    const all = await db.mailbox.findMany({ where: { tenantId }, select: { id: true }, orderBy: { position: 'asc' } });
    return all.map((row) => row.id);
  }
  if (!may(actor.roles, 'conversation.read')) return [];
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT b.id FROM mailbox b
    WHERE b.tenant_id = ${tenantId}::uuid AND EXISTS (
      SELECT 1 FROM group_mailbox gb JOIN group_member gm ON gm.tenant_id = gb.tenant_id AND gm.group_id = gb.group_id
      WHERE gb.tenant_id = b.tenant_id AND gb.mailbox_id = b.id AND gm.membership_id = ${actor.id}::uuid)
    ORDER BY b.position, b.id`;
  return rows.map((row) => row.id);
}

/** Not visible is NotFound, exactly like not there. */
export async function requireVisible(scope: Scope, mailboxId: string): Promise<void> {
  const visible = await visibleMailboxIds(scope);
  if (!visible.includes(mailboxId)) throw notFound();
}
