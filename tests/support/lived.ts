import { addComment } from '#lib/conversations/comment.ts';
import { readConversation } from '#lib/conversations/read.ts';
import { markRead } from '#lib/conversations/read-mark.ts';
import { newId } from '#lib/ids.ts';
import { saveDraft } from '#lib/outbox/draft.ts';
import { replyToConversation } from '#lib/outbox/reply.ts';
import { rawMail } from '#tests/support/raw-mail.ts';
import { type Company, minutes, NOW, owner } from '#tests/support/tenant.ts';

/** Ids of everything that a company has lived through in its 窓口 `shop`. */
export type Lived = {
  conversationId: string;
  otherConversationId: string;
  messageId: string;
  attachmentId: string;
  deliveryId: string;
  customerId: string;
};

/** A company in whose every table stands at least one row: by the product's own verbs where it has one. */
export async function live(c: Company, who = 'aoki'): Promise<Lived> {
  const html = [
    '--x\nContent-Type: text/html; charset=utf-8\n\n<p>届きません</p>',
    '--x\nContent-Type: text/plain; name=a.txt\nContent-Disposition: attachment; filename=a.txt\n\n注文番号 1234\n--x--\n',
  ].join('\n');
  const first = await c.arrive(
    rawMail({ to: c.address(), text: html, headers: { 'Content-Type': 'multipart/mixed; boundary=x' } }),
  );
  const second = await c.arrive({ subject: '返品について', from: 'hanako@example.com' }, { at: minutes(1) });
  const { conversationId, messageId } = first;
  await c.as(who, (scope) => addComment(scope, conversationId, { clientId: newId(), text: '確認中です' }));
  const seen = (await c.conversation(conversationId)).contentSeq;
  const mail = { to: [{ name: '', address: 'taro@example.com' }], cc: [], subject: 'Re: x', text: 'お待ちください。' };
  const { deliveryId } = await c.as(who, (scope) =>
    replyToConversation(scope, conversationId, {
      ...mail,
      clientId: newId(),
      seenContentSeq: seen,
      thenStatus: 'doing',
    }),
  );
  await c.as(who, (scope) =>
    saveDraft(scope, conversationId, { ...mail, clientId: newId(), seenContentSeq: seen + 1, version: 0 }),
  );
  await c.as(who, (scope) => markRead(scope, conversationId, 1));
  await c.as(who, (scope) => readConversation(scope, conversationId));
  await settings(c, who, { conversationId, otherConversationId: second.conversationId, messageId });
  const attachment = await owner.attachment.findFirstOrThrow({ where: { tenantId: c.tenantId, messageId } });
  const { customerId } = await c.conversation(conversationId);
  return {
    ...{ conversationId, otherConversationId: second.conversationId, messageId, deliveryId },
    ...{ attachmentId: attachment.id, customerId: customerId ?? '' },
  };
}

// What no verb makes yet, or only a worker.
async function settings(
  c: Company,
  who: string,
  ids: { conversationId: string; otherConversationId: string; messageId: string },
): Promise<void> {
  const { tenantId } = c;
  const calendarId = newId();
  await owner.calendar.create({ data: { tenantId, id: calendarId, name: '平日' } });
  await owner.calendarVersion.create({
    data: {
      ...{ tenantId, id: newId(), calendarId, validFrom: '2026-01-01', zone: 'Asia/Tokyo' },
      ...{ week: {}, closed: [], special: {} },
    },
  });
  await owner.membershipCapability.create({
    data: { tenantId, membershipId: c.members[who] ?? '', capability: 'export', granted: true },
  });
  const accountId = c.accounts.shop ?? '';
  await owner.mailAlias.create({ data: { tenantId, accountId, address: `alias-${newId()}@example.jp` } });
  await owner.mailFolder.create({
    data: { tenantId, accountId, folder: 'INBOX', role: 'inbox', uidValidity: 1n, lastUid: 1n, updatedAt: NOW },
  });
  await owner.conversationLink.create({
    data: { tenantId, conversationId: ids.conversationId, otherId: ids.otherConversationId, kind: 'earlier' },
  });
  const body = { tenantId, messageId: ids.messageId, html: '<p>届きません</p>', sanitiserVersion: 1_000_000 };
  await owner.messageBody.upsert({
    where: { tenantId_messageId: { tenantId, messageId: ids.messageId } },
    create: body,
    update: body,
  });
  await receiptAndForms(tenantId, accountId, c.member(who), { ...ids, mailboxId: c.mailbox() });
}

async function receiptAndForms(
  tenantId: string,
  accountId: string,
  memberId: string,
  ids: { conversationId: string; messageId: string; mailboxId: string },
): Promise<void> {
  const { mailboxId, conversationId, messageId } = ids;
  await owner.accountIncident.create({ data: { tenantId, id: newId(), accountId, kind: 'recovered', data: {} } });
  await owner.formPattern.create({
    data: { tenantId, id: newId(), mailboxId, name: 'お問い合わせ', sender: 'form@example.com', fields: [] },
  });
  await owner.autoReceipt.create({
    data: { tenantId, mailboxId, subject: '受け付けました', text: '受け付けました。' },
  });
  await owner.autoReceiptSent.create({
    data: { tenantId, mailboxId, address: 'taro@example.com', day: '2026-11-20', messageId },
  });
  await owner.trustedImageSender.create({ data: { tenantId, address: 'taro@example.com', memberId } });
  await owner.conversationKey.create({
    data: { tenantId, mailboxId, kind: 'order', key: '1234', conversationId, at: NOW },
  });
}
