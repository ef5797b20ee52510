import type { ReplyInput, SentReply } from '#lib/conversations/shapes.ts';
import type { Scope } from '#lib/db/scope.ts';
import { conflict } from '#lib/errors.ts';

/**
 * The reply this request has written already (a double click, an answer that got lost); null if it is the first. The same id
 * with other words is no repetition: Conflict `alreadySent`, so that nobody believes them sent. Nor is a cancelled one, whose
 * text is back in the draft: Conflict `alreadyCancelled`.
 */
export async function repeatedReply(
  scope: Scope,
  conversationId: string,
  memberId: string,
  input: ReplyInput,
): Promise<SentReply | null> {
  const found = await scope.db.delivery.findUnique({
    where: { tenantId_clientId: { tenantId: scope.tenantId, clientId: input.clientId } },
    include: {
      message: { select: { subject: true, text: true } },
      deliveryRecipientByDelivery: { select: { kind: true, address: true }, orderBy: { position: 'asc' } },
    },
  });
  if (!found) return null;
  if (found.state === 'cancelled') throw conflict('alreadyCancelled');
  const to = (kind: string) => found.deliveryRecipientByDelivery.filter((r) => r.kind === kind).map((r) => r.address);
  const same =
    found.conversationId === conversationId &&
    found.memberId === memberId &&
    found.message.subject === input.subject.trim() &&
    found.message.text === input.text &&
    sameList(to('to'), input.to) &&
    sameList(to('cc'), input.cc);
  if (!same) throw conflict('alreadySent');
  return { deliveryId: found.id, sendAfter: found.sendAfter.toISOString() };
}

const sameList = (stored: readonly string[], given: readonly { address: string }[]): boolean =>
  stored.length === given.length && given.every(({ address }, index) => address === stored[index]);
