import { requireMay } from '#lib/auth/actor.ts';
import type { Scope } from '#lib/db/scope.ts';
import { conflict, notFound } from '#lib/errors.ts';

/**
 * Removes a mail account that never received or sent anything. One that did stays: its mails name it, and what was sent by it
 * must be found again when it bounces.
 * @throws Conflict accountHasMail: pause it instead
 */
export async function removeAccount(scope: Scope, accountId: string): Promise<void> {
  requireMay(scope, 'account.edit');
  const { tenantId, db } = scope;
  const where = { tenantId, accountId };
  const [known] = await db.$queryRaw<{ id: string }[]>`
    SELECT id FROM mail_account WHERE tenant_id = ${tenantId}::uuid AND id = ${accountId}::uuid FOR UPDATE`;
  if (!known) throw notFound();
  if (await hasMail(scope, accountId)) throw conflict('accountHasMail');
  await db.mailAlias.deleteMany({ where });
  await db.mailFolder.deleteMany({ where });
  await db.accountIncident.deleteMany({ where });
  await db.mailAccount.delete({ where: { tenantId_id: { tenantId, id: accountId } }, select: { id: true } });
}

/** Did mail come in or go out by this account? */
export async function hasMail({ tenantId, db }: Scope, accountId: string): Promise<boolean> {
  const where = { tenantId, accountId };
  return (
    (await db.inboundMail.findFirst({ where, select: { id: true } })) !== null ||
    (await db.delivery.findFirst({ where, select: { id: true } })) !== null
  );
}
