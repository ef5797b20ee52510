import type { Scope } from '#lib/db/scope.ts';
import { providerIdOf } from '#lib/mail/smtp/provider-id.ts';
import type { Delivery } from '#lib/outbox/accept.ts';

/**
 * Keeps what the provider calls the mail. Where it writes a Message-ID of its own over ours (SES), answers and bounces name
 * that one: from now on it leads to the case too.
 */
export async function noteProviderId(scope: Scope, delivery: Delivery, response: string): Promise<void> {
  if (response === '') return;
  const { tenantId, db } = scope;
  const account = await db.mailAccount.findUnique({
    where: { tenantId_id: { tenantId, id: delivery.accountId } },
    select: { smtpHost: true },
  });
  const given = providerIdOf(response, account?.smtpHost ?? '');
  if (!given) return;
  await db.delivery.updateMany({ where: { tenantId, id: delivery.id }, data: { providerId: given.id } });
  if (given.mailId === null) return;
  await db.mailReference.createMany({
    data: {
      ...{ tenantId, mailboxId: delivery.mailboxId, mailId: given.mailId },
      ...{ conversationId: delivery.conversationId, messageId: delivery.messageId },
    },
    skipDuplicates: true,
  });
}
