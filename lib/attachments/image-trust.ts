import { requireMay } from '#lib/auth/actor.ts';
import type { Scope } from '#lib/db/scope.ts';
import { invalid, notFound } from '#lib/errors.ts';
import { visibleMailboxIds } from '#lib/mailboxes/access.ts';

/** From now on pictures from outside are shown in mails of this mail's sender, to everybody in the company. */
export async function trustImageSender(scope: Scope, messageId: string): Promise<void> {
  requireMay(scope, 'conversation.work');
  const address = await senderOf(scope, messageId);
  if (scope.actor.id === null) throw invalid('senderUnknown');
  const key = { tenantId: scope.tenantId, address };
  await scope.db.trustedImageSender.upsert({
    where: { tenantId_address: key },
    create: { ...key, memberId: scope.actor.id },
    update: {},
    select: { address: true },
  });
}

/** No longer: pictures of this mail's sender are shown only where somebody asks for them. */
export async function distrustImageSender(scope: Scope, messageId: string): Promise<void> {
  requireMay(scope, 'conversation.work');
  const address = await senderOf(scope, messageId);
  await scope.db.trustedImageSender.deleteMany({ where: { tenantId: scope.tenantId, address } });
}

/** Whether pictures of this sender are shown without asking. */
export async function isTrustedSender(scope: Scope, fromAddress: string): Promise<boolean> {
  const where = { tenantId: scope.tenantId, address: fromAddress.toLowerCase() };
  return fromAddress !== '' && (await scope.db.trustedImageSender.count({ where })) > 0;
}

async function senderOf(scope: Scope, messageId: string): Promise<string> {
  const message = await scope.db.message.findUnique({
    where: { tenantId_id: { tenantId: scope.tenantId, id: messageId } },
    select: { mailboxId: true, fromAddress: true },
  });
  if (!message || !(await visibleMailboxIds(scope)).includes(message.mailboxId)) throw notFound();
  if (message.fromAddress === '') throw invalid('senderUnknown');
  return message.fromAddress.toLowerCase();
}
