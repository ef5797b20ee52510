import { may, type Role } from '#lib/auth/policy.ts';
import type { Scope } from '#lib/db/scope.ts';

export type MailboxMember = { mailboxId: string; id: string; name: string };

/** Who sees these 窓口 and may work there, by 窓口 and name: the people a conversation can be assigned to. */
export async function workingMembers(scope: Scope, mailboxIds: readonly string[]): Promise<MailboxMember[]> {
  const rows = await scope.db.$queryRaw<(MailboxMember & { roles: Role[] })[]>`
    SELECT DISTINCT gb.mailbox_id AS "mailboxId", m.id, m.display_name AS name,
      ARRAY(SELECT r.role FROM membership_role r WHERE r.tenant_id = m.tenant_id AND r.membership_id = m.id) AS roles
    FROM group_mailbox gb
    JOIN group_member gm ON gm.tenant_id = gb.tenant_id AND gm.group_id = gb.group_id
    JOIN membership m ON m.tenant_id = gm.tenant_id AND m.id = gm.membership_id
    WHERE gb.tenant_id = ${scope.tenantId}::uuid AND gb.mailbox_id = ANY(${mailboxIds}::uuid[]) AND m.state = 'active'
    ORDER BY name`;
  return rows
    .filter((row) => may(row.roles, 'conversation.work'))
    .map(({ mailboxId, id, name }) => ({ mailboxId, id, name }));
}

/** May this member be given a conversation of this 窓口? */
export async function worksIn(scope: Scope, memberId: string, mailboxId: string): Promise<boolean> {
  return (await workingMembers(scope, [mailboxId])).some((member) => member.id === memberId);
}
