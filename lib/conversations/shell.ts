import { holds, requireMay } from '#lib/auth/actor.ts';
import { ACTIONS, may } from '#lib/auth/policy.ts';
import type { InboxShell, MemberRef } from '#lib/conversations/shapes.ts';
import type { Scope } from '#lib/db/scope.ts';
import { visibleMailboxIds } from '#lib/mailboxes/access.ts';
import { workingMembers } from '#lib/mailboxes/members.ts';

type MailboxHealth = { id: string; name: string; accounts: number; failingSince: Date | null };
export type TenantOfShell = InboxShell['tenant'];

/** What the inbox needs once: who I am and may do, the visible 窓口 with their health, who can be assigned. */
export async function inboxShell(scope: Scope, tenant: TenantOfShell): Promise<InboxShell> {
  requireMay(scope, 'conversation.read');
  const { actor } = scope;
  const ids = await visibleMailboxIds(scope);
  const mailboxes = await mailboxHealth(scope, ids);
  const assignable: Record<string, MemberRef[]> = {};
  for (const { mailboxId, id, name } of await workingMembers(scope, ids)) {
    assignable[mailboxId] = [...(assignable[mailboxId] ?? []), { id, name }];
  }
  const roles = actor.kind === 'person' ? actor.roles : [];
  return {
    tenant,
    me: {
      id: actor.id ?? '',
      name: actor.kind === 'person' ? actor.name : '',
      may: Object.fromEntries(ACTIONS.map((action) => [action, may(roles, action)])),
      seesAddresses: holds(actor, 'pii.view'),
    },
    mailboxes: mailboxes.map(({ id, name, accounts, failingSince }) => ({
      id,
      name,
      health: accounts === 0 ? 'none' : failingSince ? 'failing' : 'ok',
      failingSince: failingSince?.toISOString() ?? null,
    })),
    assignable,
  };
}

// Failing means: three tries in a row have failed, so that one dropped line doesn't cry wolf.
async function mailboxHealth(scope: Scope, ids: readonly string[]): Promise<MailboxHealth[]> {
  return scope.db.$queryRaw`
    SELECT b.id, b.name, count(a.id)::integer AS accounts,
      min(coalesce(a.last_success_at, a.created_at)) FILTER (WHERE a.failures >= 3) AS "failingSince"
    FROM mailbox b LEFT JOIN mail_account a ON a.tenant_id = b.tenant_id AND a.mailbox_id = b.id AND a.state = 'active'
    WHERE b.tenant_id = ${scope.tenantId}::uuid AND b.id = ANY(${ids}::uuid[])
    GROUP BY b.tenant_id, b.id, b.name, b.position ORDER BY b.position, b.id`;
}
