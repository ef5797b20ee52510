import type { Inquiry } from '#lib/autoreceipts/inquiry.ts';
import { derivedKeys } from '#lib/crypto/index.ts';
import type { Scope } from '#lib/db/scope.ts';
import { headersOf } from '#lib/mail/headers/block.ts';
import { messageIdsIn, verifyMessageId } from '#lib/mail/message-id.ts';

/**
 * The second breaker: which of these mails answer or return an automatic receipt of ours, by the id we signed for this tenant
 * and 窓口. A machine that answers our receipts without saying that it is one stops here, on whatever day and from whatever address.
 */
export async function answersToReceipts(
  scope: Scope,
  mailboxId: string,
  inquiries: readonly Inquiry[],
): Promise<ReadonlySet<Inquiry>> {
  const keys = derivedKeys('message-id');
  const named = inquiries.map((inquiry) => ({ inquiry, ids: ownIds(scope.tenantId, mailboxId, keys, inquiry) }));
  const ids = [...new Set(named.flatMap((one) => one.ids))];
  if (ids.length === 0) return new Set();
  const rows = await scope.db.autoReceiptSent.findMany({
    where: { tenantId: scope.tenantId, messageId: { in: ids } },
    select: { messageId: true },
  });
  const receipts = new Set(rows.map((row) => row.messageId));
  return new Set(named.filter((one) => one.ids.some((id) => receipts.has(id))).map((one) => one.inquiry));
}

function ownIds(
  tenantId: string,
  mailboxId: string,
  keys: ReturnType<typeof derivedKeys>,
  { mail }: Inquiry,
): string[] {
  const second = headersOf(mail.headers, 'x-madoguchi-id').flatMap(messageIdsIn);
  const ids = [...mail.inReplyTo, ...mail.references, ...(mail.messageId ? [mail.messageId] : []), ...second];
  return ids.flatMap((id) => {
    const ours = keys.map((key) => verifyMessageId(id, { tenantId, mailboxId, key })).find((found) => found !== null);
    return ours ? [ours] : [];
  });
}
