import { fixedClock } from '#lib/clock.ts';
import type { ReplyInput, SentReply } from '#lib/conversations/shapes.ts';
import { newId } from '#lib/ids.ts';
import { deliverMail } from '#lib/outbox/deliver.ts';
import { replyToConversation } from '#lib/outbox/reply.ts';
import { type Company, minutes, owner } from '#tests/support/tenant.ts';

type Wanted = Partial<ReplyInput> & { who?: string; at?: Date };

/** Replies to a case as a member who has read everything, to taro@example.com; five minutes after NOW. */
export async function reply(c: Company, id: string, wanted: Wanted = {}): Promise<SentReply> {
  const { who = 'aoki', at = minutes(5), ...input } = wanted;
  const { contentSeq } = await c.conversation(id);
  return c.as(
    who,
    (scope) =>
      replyToConversation(scope, id, {
        ...{ clientId: newId(), to: [{ name: '', address: 'taro@example.com' }], cc: [], subject: 'Re: x' },
        ...{ text: 'お待ちください。', seenContentSeq: contentSeq, thenStatus: 'done' },
        ...input,
      }),
    at,
  );
}

/** Lets the worker have the delivery once, at business time `at`. */
export const deliver = (c: Company, deliveryId: string, at: Date = minutes(6)): Promise<void> =>
  deliverMail(c.tenantId, deliveryId, { clock: fixedClock(at) });

/** A delivery as it stands, with its recipients and its message. */
export function delivery(c: Company, id: string) {
  return owner.delivery.findUniqueOrThrow({
    where: { tenantId_id: { tenantId: c.tenantId, id } },
    include: { message: true, deliveryRecipientByDelivery: { orderBy: { position: 'asc' } } },
  });
}

/** The Message-ID under which it leaves. */
export const sentAs = async (c: Company, id: string): Promise<string> =>
  (await delivery(c, id)).message.messageIdHeader ?? '';

/** Says that the delivery was accepted long ago, or whatever else is needed, without a server. */
export const setDelivery = async (
  c: Company,
  id: string,
  data: Parameters<typeof owner.delivery.update>[0]['data'],
) => {
  await owner.delivery.update({ where: { tenantId_id: { tenantId: c.tenantId, id } }, data });
};
