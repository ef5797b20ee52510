import { record } from '#lib/conversations/case.ts';
import type { Scope } from '#lib/db/scope.ts';
import { newId } from '#lib/ids.ts';
import { type Batch, settle } from '#lib/inbound/batch.ts';
import { addMessageRows } from '#lib/inbound/message-rows.ts';
import { momentOf } from '#lib/inbound/moment.ts';
import type { ReadMail } from '#lib/inbound/read-raw.ts';
import { isUndecided, reportedDelivery } from '#lib/inbound/reported-delivery.ts';
import { bounceDelivery } from '#lib/outbox/bounce.ts';

/**
 * A bounce belongs to the delivery it reports, and only to one really made. Any other bounce is left to placeMail, as a
 * notice somebody reads. True when it was attached, or waits until the mail it reports is decided.
 */
export async function placeBounce(scope: Scope, batch: Batch, mail: ReadMail): Promise<boolean> {
  if (!mail.bounce) return false;
  const at = momentOf(scope, mail);
  const found = await reportedDelivery(scope, batch, mail.bounce, at);
  if (!found) return false;
  const { delivery, c } = found;
  if (isUndecided(delivery)) return true;
  // A further try of a mail that some recipients have got already may bounce too.
  if (!['sent', 'uncertain', 'failed'].includes(delivery.state) && delivery.acceptedAt === null) return false;
  const messageId = newId();
  const kind = 'bounce' as const;
  record(
    scope,
    c,
    'message.received',
    {
      ...{ message_id: messageId, channel: 'mail', class: kind, class_rule: mail.classification.rule },
      ...{ kpi_inbound: false, thread_reason: 'bounce', thread_rank: 1, source: 'internaldate' },
      fetched_at: mail.raw.fetchedAt.toISOString(),
    },
    { actor: { kind: 'system', id: null }, occurredAt: at },
  );
  await bounceDelivery(scope, c, delivery, mail.bounce);
  const thread = { reason: 'bounce', rank: 1 };
  const { contentSeq } = c.row;
  addMessageRows(batch, { c, mail, messageId, at, contentSeq, kind, kpiInbound: false, thread });
  batch.touched.add(c);
  settle(batch, mail.raw.id, 'done', null, messageId);
  return true;
}
