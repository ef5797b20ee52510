import { requireMay } from '#lib/auth/actor.ts';
import { answeredElsewhere, lockSameMail, sameMailConversations } from '#lib/conversations/answered-elsewhere.ts';
import { addContent, type Case, openCase, record } from '#lib/conversations/case.ts';
import { take } from '#lib/conversations/claim.ts';
import type { ReplyInput, SentReply } from '#lib/conversations/shapes.ts';
import { writeCases } from '#lib/conversations/write.ts';
import { derivedKey } from '#lib/crypto/index.ts';
import type { Scope } from '#lib/db/scope.ts';
import { conflict, forbidden, invalid } from '#lib/errors.ts';
import { newId } from '#lib/ids.ts';
import type { Address } from '#lib/mail/address.ts';
import { newMessageId } from '#lib/mail/message-id.ts';
import { plusAddress } from '#lib/mail/plus-address.ts';
import { snippet } from '#lib/mail/quote.ts';
import { visibleMailboxIds } from '#lib/mailboxes/access.ts';
import { type MailboxIdentity, mailboxIdentity } from '#lib/mailboxes/identity.ts';
import { whatWasAdded } from '#lib/outbox/added.ts';
import { caseToken } from '#lib/outbox/case-token.ts';
import { checkReply } from '#lib/outbox/check.ts';
import { customerAddresses } from '#lib/outbox/customer-addresses.ts';
import { repeatedReply } from '#lib/outbox/repeated.ts';
import { threadHeaders } from '#lib/outbox/thread-headers.ts';
import { enqueue } from '#lib/queue/index.ts';
import { publish } from '#lib/realtime/index.ts';
import { indexRows } from '#lib/search/index-rows.ts';

/**
 * 返信: writes the message (immutable from now on, its Message-ID fixed), the delivery with what to do then, the event.
 * A second click with the same clientId is the same reply. Anything added since the composer opened stops it: Conflict
 * `contentAdded` says what and by whom (二重返信防止). Nothing has been sent yet: the undo window runs until sendAfter.
 */
export async function replyToConversation(scope: Scope, id: string, input: ReplyInput): Promise<SentReply> {
  requireMay(scope, 'conversation.reply');
  const memberId = scope.actor.id;
  if (memberId === null) throw forbidden();
  checkReply(input);
  const c = await openCase(scope, id);
  const before = await repeatedReply(scope, id, memberId, input);
  if (before) return before;
  if (c.row.contentSeq > input.seenContentSeq) {
    throw conflict('contentAdded', await whatWasAdded(scope, id, input.seenContentSeq));
  }
  await stopIfAnsweredElsewhere(scope, id, input);
  const mailbox = await mailboxIdentity(scope, c.row.mailboxId);
  if (!mailbox.account) throw invalid('notSendable');
  if (input.text.replace(mailbox.signature, '').trim() === '') throw invalid('textRequired', {}, 'text');
  if (c.row.assigneeId === null) await take(scope, c, memberId);
  const reply = { messageId: newId(), deliveryId: newId(), contentSeq: addContent(c) };
  await writeMessage(scope, c, memberId, input, mailbox, reply);
  const sendAfter = await writeDelivery(scope, c, memberId, input, mailbox, reply);
  record(scope, c, 'reply.queued', {
    message_id: reply.messageId,
    delivery_id: reply.deliveryId,
    kind: 'reply',
    human: true,
    send_after: sendAfter.toISOString(),
    scheduled: false,
    template_ids: [],
    article_ids: [],
    then_status: input.thenStatus,
  });
  if (c.row.lastMessageAt < scope.now) c.row.lastMessageAt = scope.now;
  c.row.lastSnippet = snippet(input.text);
  c.row.messageCount += 1;
  await scope.db.draft.deleteMany({ where: { tenantId: scope.tenantId, memberId, conversationId: id } });
  await writeCases(scope, [c]);
  await tellOthers(scope, id);
  const delayMs = Math.max(0, sendAfter.getTime() - Date.now());
  scope.afterCommit(() =>
    enqueue('mail.deliver', { tenantId: scope.tenantId, deliveryId: reply.deliveryId }, { delayMs }),
  );
  return { deliveryId: reply.deliveryId, sendAfter: sendAfter.toISOString() };
}

// Whoever reads the same mail in another 窓口 sees the answer at once, before writing one.
async function tellOthers(scope: Scope, id: string): Promise<void> {
  const ids = await sameMailConversations(scope, id);
  if (ids.length === 0) return;
  const others = await scope.db.conversation.findMany({
    where: { tenantId: scope.tenantId, id: { in: ids } },
    select: { id: true, mailboxId: true, version: true },
  });
  for (const other of others) scope.afterCommit(() => publish(scope.tenantId, { type: 'conversation', ...other }));
}

// The same mail in two 窓口 is answered once, unless somebody knows of the other answer and wants this one too.
async function stopIfAnsweredElsewhere(scope: Scope, id: string, input: ReplyInput): Promise<void> {
  await lockSameMail(scope, id);
  const answer = await answeredElsewhere(scope, id, await visibleMailboxIds(scope));
  if (!answer || answer.id === input.knownElsewhere) return;
  const { who, mailbox, number } = answer;
  throw conflict('answeredElsewhere', { id: answer.id, who, mailbox, number: number ?? 0 });
}

type NewReply = { messageId: string; deliveryId: string; contentSeq: number };

async function writeMessage(
  scope: Scope,
  { row }: Case,
  memberId: string,
  input: ReplyInput,
  mailbox: MailboxIdentity,
  reply: NewReply,
): Promise<void> {
  const { tenantId, db } = scope;
  const address = mailbox.account?.address ?? '';
  const thread = await threadHeaders(scope, row.id);
  const messageIdHeader = newMessageId({
    tenantId,
    mailboxId: row.mailboxId,
    key: derivedKey('message-id'),
    messageId: reply.messageId,
    domain: address.split('@')[1] ?? 'localhost',
  });
  await db.message.create({
    data: {
      tenantId,
      id: reply.messageId,
      conversationId: row.id,
      mailboxId: row.mailboxId,
      accountId: mailbox.account?.id ?? null,
      direction: 'out',
      class: 'human',
      classRule: 'own-reply',
      fromName: mailbox.fromName || mailbox.name,
      fromAddress: address,
      subject: input.subject.trim(),
      text: input.text,
      snippet: snippet(input.text),
      messageIdHeader,
      charset: input.charset ?? 'utf-8',
      ...thread,
      occurredAt: scope.now,
      authorId: memberId,
      contentSeq: reply.contentSeq,
    },
    select: { id: true },
  });
  const recipients = [
    ...(await replyTo(scope, row, mailbox)).map((a) => ({ role: 'reply_to', ...a })),
    ...input.to.map((a) => ({ role: 'to', ...a })),
    ...input.cc.map((a) => ({ role: 'cc', ...a })),
  ];
  await db.messageAddress.createMany({
    data: recipients.map(({ role, name, address }, position) => ({
      tenantId,
      messageId: reply.messageId,
      role,
      position,
      name,
      address,
    })),
  });
  await db.mailReference.create({
    data: {
      tenantId,
      mailboxId: row.mailboxId,
      mailId: messageIdHeader,
      conversationId: row.id,
      messageId: reply.messageId,
    },
    select: { mailId: true },
  });
  const text = `${input.subject}\n${input.text}`;
  await indexRows(scope, [
    { kind: 'message', refId: reply.messageId, conversationId: row.id, mailboxId: row.mailboxId, at: scope.now, text },
  ]);
}

// Where the account's server knows plus-addresses, answers come back by one signed for this case: surer than any header.
async function replyTo(
  scope: Scope,
  row: Case['row'],
  { account, fromName, name }: MailboxIdentity,
): Promise<Address[]> {
  if (!account) return [];
  const key = { tenantId_id: { tenantId: scope.tenantId, id: account.id } };
  const settings = await scope.db.mailAccount.findUnique({ where: key, select: { plusAddress: true } });
  if (!settings?.plusAddress) return [];
  const token = caseToken({ tenantId: scope.tenantId, mailboxId: row.mailboxId }, row.number);
  const address = plusAddress(account.address, token);
  return address ? [{ name: fromName || name, address }] : [];
}

// send_after is machine time, by the database's clock (domain.md 5.5).
async function writeDelivery(
  scope: Scope,
  { row }: Case,
  memberId: string,
  input: ReplyInput,
  mailbox: MailboxIdentity,
  reply: NewReply,
): Promise<Date> {
  const { tenantId, db } = scope;
  const accountId = mailbox.account?.id ?? null;
  const holdUntil = input.thenStatus === 'hold' && input.holdUntil ? new Date(input.holdUntil) : null;
  const rows = await db.$queryRaw<{ sendAfter: Date }[]>`
    INSERT INTO delivery (tenant_id, id, client_id, conversation_id, message_id, mailbox_id, account_id, member_id,
      then_status, then_hold_until, send_after, next_attempt_at, created_at)
    SELECT ${tenantId}::uuid, ${reply.deliveryId}::uuid, ${input.clientId}::uuid, ${row.id}::uuid, ${reply.messageId}::uuid,
      ${row.mailboxId}::uuid, ${accountId}::uuid, ${memberId}::uuid, ${input.thenStatus}, ${holdUntil}::timestamptz,
      undo.until, undo.until, clock_timestamp()
    FROM (SELECT clock_timestamp() + make_interval(secs => coalesce((SELECT undo_seconds FROM tenant_setting
      WHERE tenant_id = ${tenantId}::uuid), 10)) AS until) undo
    ON CONFLICT (tenant_id, client_id) DO NOTHING
    RETURNING send_after AS "sendAfter"`;
  // The same id at the same moment in another case, which our lock of this one doesn't hold back.
  const [written] = rows;
  if (!written) throw conflict('alreadySent');
  const customers = await customerAddresses(scope, row.id, row.customerId);
  const recipients = [...input.to.map((a) => ({ kind: 'to', ...a })), ...input.cc.map((a) => ({ kind: 'cc', ...a }))];
  await db.deliveryRecipient.createMany({
    data: recipients.map(({ kind, name, address }, position) => ({
      ...{ tenantId, deliveryId: reply.deliveryId, position, kind, name, address },
      customer: customers.has(address.toLowerCase()),
    })),
  });
  return written.sendAfter;
}
