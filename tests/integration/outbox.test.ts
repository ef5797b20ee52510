import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { addComment } from '#lib/conversations/comment.ts';
import { endConversation } from '#lib/conversations/end.ts';
import { readConversation } from '#lib/conversations/read.ts';
import { resumeConversation } from '#lib/conversations/resume.ts';
import type { ReplyInput } from '#lib/conversations/shapes.ts';
import { deliveriesDue } from '#lib/db/system.ts';
import { newId } from '#lib/ids.ts';
import { parseMail } from '#lib/mail/parse.ts';
import { cancelDelivery } from '#lib/outbox/cancel.ts';
import { deliverMail } from '#lib/outbox/deliver.ts';
import { saveDraft } from '#lib/outbox/draft.ts';
import { outgoingMail } from '#lib/outbox/outgoing.ts';
import { resolveUncertain } from '#lib/outbox/resolve.ts';
import { ownSink } from '#tests/support/mail.ts';
import { bounceMail, mailId } from '#tests/support/raw-mail.ts';
import { deliver, delivery, reply, sentAs, setDelivery } from '#tests/support/sending.ts';
import { type Company, company, days, minutes, NOW, owner, refusal } from '#tests/support/tenant.ts';

let sink: Awaited<ReturnType<typeof ownSink>>;
beforeAll(async () => {
  sink = await ownSink({ password: 'pw' });
});
afterAll(() => sink.stop());
beforeEach(() => {
  sink.clearFaults();
  sink.clear();
});

const TEAM = { aoki: {}, baba: {}, chief: { roles: ['supervisor' as const] } };
/** A company that can send, and a customer's question in it. */
async function asked(wanted: Parameters<typeof company>[0] = {}) {
  const c = await company({ members: TEAM, smtpPort: sink.smtpPort, ...wanted });
  const question = mailId();
  const { conversationId: id } = await c.arrive({ id: question, references: '<older@example.com>' });
  return { c, id, question };
}
const due = (c: Company, deliveryId: string) => setDelivery(c, deliveryId, { nextAttemptAt: new Date(0) });
const dueIds = async (c: Company) =>
  (await deliveriesDue(100_000)).filter((ref) => ref.tenantId === c.tenantId).map((ref) => ref.id);
const lastEvent = async (c: Company, id: string) => (await c.events(id)).at(-1);

describe('a reply', () => {
  it('is a message, a delivery and an event, and nothing has left yet', async () => {
    const { c, id } = await asked({ undoSeconds: 30 });
    const clientId = newId();
    const { deliveryId, sendAfter } = await reply(c, id, { clientId, text: 'お待ちください。\n店' });
    expect(new Date(sendAfter).getTime() - Date.now()).toBeGreaterThan(20_000);
    const row = await delivery(c, deliveryId);
    expect(row).toMatchObject({
      ...{ state: 'queued', clientId, memberId: c.member(), thenStatus: 'done', attempts: 0, human: true },
      ...{
        dateHeader: null,
        message: { direction: 'out', authorId: c.member(), text: 'お待ちください。\n店', contentSeq: 2 },
      },
      deliveryRecipientByDelivery: [{ kind: 'to', address: 'taro@example.com', customer: true, state: 'pending' }],
    });
    expect(await c.eventTypes(id)).toEqual([
      ...['conversation.opened', 'message.received', 'assigned', 'status.changed', 'reply.queued'],
    ]);
    expect(await lastEvent(c, id)).toMatchObject({
      ...{ actorKind: 'person', actorId: c.member(), status: 'doing' },
      data: { delivery_id: deliveryId, message_id: row.messageId, kind: 'reply', human: true, then_status: 'done' },
    });
    expect(await c.conversation(id)).toMatchObject({
      ...{ status: 'doing', assigneeId: c.member(), waitingSince: NOW, messageCount: 2, contentSeq: 2 },
      ...{ lastMessageAt: minutes(5), lastSnippet: 'お待ちください。 店' },
    });
    expect(await dueIds(c)).toEqual([]);
    await deliver(c, deliveryId);
    expect(sink.mails()).toEqual([]);
  });

  it('clicked twice, or five times at once, is one', async () => {
    const { c, id } = await asked();
    const clientId = newId();
    const seen = { clientId, seenContentSeq: 1 };
    const sent = await Promise.all(Array.from({ length: 5 }, () => reply(c, id, seen)));
    expect(new Set(sent.map((one) => one.deliveryId)).size).toBe(1);
    expect(await reply(c, id, seen)).toEqual(sent[0]);
    expect(await owner.delivery.count({ where: { tenantId: c.tenantId } })).toBe(1);
    expect(await owner.message.count({ where: { tenantId: c.tenantId, direction: 'out' } })).toBe(1);
  });

  it('is stopped by what was added since, and says what and by whom', async () => {
    const { c, id, question } = await asked();
    await c.as('baba', (s) => addComment(s, id, { clientId: newId(), text: '私が返します' }));
    await c.arrive({ inReplyTo: question, text: '急ぎです' });
    const before = await c.conversation(id);
    await expect(reply(c, id, { seenContentSeq: 1 })).rejects.toMatchObject({
      ...{
        code: 'Conflict',
        reason: 'contentAdded',
        params: { count: 2, who: expect.stringMatching(/^(baba、Yamada Taro|Yamada Taro、baba)$/) },
      },
    });
    expect(await c.conversation(id)).toEqual(before);
    expect(await owner.delivery.count({ where: { tenantId: c.tenantId } })).toBe(0);
    await reply(c, id, { seenContentSeq: 3 });
  });

  it('is stopped by a colleague’s reply, of which two at once exactly one goes', async () => {
    const { c, id } = await asked();
    const both = await Promise.all(['aoki', 'baba'].map((who) => refusal(reply(c, id, { who, seenContentSeq: 1 }))));
    expect(both.sort()).toEqual(['Conflict: contentAdded', 'done']);
  });

  it('is not stopped by a change that nobody need read', async () => {
    const { c, id } = await asked();
    await c.as('aoki', (s) => resumeConversation(s, id));
    expect(await refusal(reply(c, id, { seenContentSeq: 1 }))).toBe('done');
  });

  it.each<[Partial<ReplyInput>, string, string]>([
    [{ text: ' \n　' }, 'textRequired', 'text'],
    [{ to: [] }, 'recipientRequired', 'to'],
    [{ to: [{ name: '', address: 'taro' }] }, 'addressInvalid', 'to'],
    [{ cc: [{ name: '', address: 'a@b@c.jp' }] }, 'addressInvalid', 'cc'],
    [
      { to: Array.from({ length: 101 }, (_, n) => ({ name: '', address: `a${n}@example.com` })) },
      'tooManyRecipients',
      'to',
    ],
    [{ subject: '' }, 'subjectRequired', 'subject'],
    [{ subject: 'a\r\nBcc: x@example.com' }, 'invalidValue', 'subject'],
    [{ holdUntil: 'soon', thenStatus: 'hold' }, 'invalidValue', 'holdUntil'],
  ])('that is %j is refused at the field', async (input, reason, field) => {
    const { c, id } = await asked();
    await expect(reply(c, id, input)).rejects.toMatchObject({ code: 'Invalid', reason, field });
    expect(await c.conversation(id)).toMatchObject({ version: 1 });
  });

  it('in a 窓口 without a way out is refused', async () => {
    const { c, id } = await asked();
    await owner.mailAccount.updateMany({ where: { tenantId: c.tenantId }, data: { state: 'paused' } });
    expect(await refusal(reply(c, id))).toBe('Invalid: notSendable');
  });

  it('ends its writer’s draft and nobody else’s', async () => {
    const { c, id } = await asked();
    const draft = { clientId: newId(), to: [], cc: [], subject: 'x', text: 'x', seenContentSeq: 1, version: 0 };
    for (const who of ['aoki', 'baba']) await c.as(who, (s) => saveDraft(s, id, { ...draft, clientId: newId() }));
    await reply(c, id);
    const left = await owner.draft.findMany({ where: { tenantId: c.tenantId } });
    expect(left.map((one) => one.memberId)).toEqual([c.member('baba')]);
  });
});

describe('accepted by the server', () => {
  it('it reaches the customer with what a mail needs, and answers the wait', async () => {
    const { c, id, question } = await asked();
    const { deliveryId } = await reply(c, id, { cc: [{ name: '上司', address: 'boss@example.com' }] });
    await deliver(c, deliveryId, minutes(7));
    const [mail] = sink.mails();
    expect(mail).toMatchObject({ from: c.address(), to: ['taro@example.com', 'boss@example.com'] });
    const parsed = await parseMail(mail?.raw ?? Buffer.alloc(0));
    expect(parsed).toMatchObject({
      ...{ text: expect.stringContaining('お待ちください。'), inReplyTo: [question], date: minutes(7) },
      ...{ messageId: await sentAs(c, deliveryId), references: ['<older@example.com>', question] },
      ...{ from: { address: c.address() }, cc: [{ name: '上司', address: 'boss@example.com' }] },
    });
    expect(await delivery(c, deliveryId)).toMatchObject({
      ...{ state: 'sent', acceptedAt: minutes(7), attempts: 1, leaseToken: null, filed: 'pending' },
      deliveryRecipientByDelivery: [{ state: 'accepted' }, { state: 'accepted' }],
    });
    expect(await c.conversation(id)).toMatchObject({
      status: 'done',
      doneKind: 'answered',
      endedAt: minutes(7),
      waitingSince: null,
      warning: null,
    });
    const [accepted, ended] = (await c.events(id)).slice(-2);
    expect(accepted).toMatchObject({
      ...{ type: 'delivery.accepted', actorKind: 'system', occurredAt: minutes(7), status: 'doing' },
      data: { delivery_id: deliveryId, human: true, to_customer: true, accepted: 2, rejected: 0 },
    });
    expect(ended).toMatchObject({
      ...{
        type: 'status.changed',
        actorKind: 'system',
        actorId: null,
        causeId: accepted?.id,
        status: 'done',
        doneKind: 'answered',
      },
      data: { from: 'doing', to: 'done', done_kind: 'answered', trigger: 'send' },
    });
  });

  it('and asked again, or by five workers at once, it is sent once', async () => {
    const { c, id } = await asked();
    const { deliveryId } = await reply(c, id);
    await Promise.all(Array.from({ length: 5 }, () => deliver(c, deliveryId)));
    await deliver(c, deliveryId);
    expect(sink.mails()).toHaveLength(1);
    expect((await delivery(c, deliveryId)).attempts).toBe(1);
  });

  it('the case goes on as the sender chose: 対応中 writes no change, 保留 holds until then', async () => {
    const { c, id } = await asked();
    const first = await reply(c, id, { thenStatus: 'doing' });
    await deliver(c, first.deliveryId);
    expect(await c.conversation(id)).toMatchObject({ status: 'doing', waitingSince: null });
    expect((await lastEvent(c, id))?.type).toBe('delivery.accepted');
    const second = await reply(c, id, { thenStatus: 'hold', holdUntil: days(2).toISOString() });
    await deliver(c, second.deliveryId);
    expect(await c.conversation(id)).toMatchObject({ status: 'hold', holdFor: 'customer', holdUntil: days(2) });
    const third = await reply(c, id, { thenStatus: 'hold' });
    await deliver(c, third.deliveryId);
    expect(await lastEvent(c, id)).toMatchObject({ data: { from: 'hold', to: 'hold', until: null, trigger: 'send' } });
  });

  it('a mail that came between click and acceptance keeps waiting, and the case is not ended over it', async () => {
    const { c, id, question } = await asked();
    const { deliveryId } = await reply(c, id, { thenStatus: 'done' });
    await c.arrive({ inReplyTo: question, text: '住所も変わりました' }, { at: minutes(5.5) });
    await deliver(c, deliveryId, minutes(6));
    expect(await c.conversation(id)).toMatchObject({ status: 'doing', waitingSince: minutes(5.5) });
    const waits = await owner.inboundWait.findMany({ where: { tenantId: c.tenantId }, orderBy: { contentSeq: 'asc' } });
    expect(waits.map((wait) => wait.answeredBy)).toEqual([deliveryId, null]);
  });

  it('an ended case stays ended without counting as ended anew', async () => {
    const { c, id } = await asked();
    await c.as('aoki', (s) => endConversation(s, id, { noAnswer: true }));
    const { deliveryId } = await reply(c, id, { thenStatus: 'done' });
    await deliver(c, deliveryId);
    expect((await c.events(id)).filter((event) => event.type === 'status.changed')).toHaveLength(1);
  });

  it('the customer’s answer to it finds the case', async () => {
    const { c, id } = await asked();
    const { deliveryId } = await reply(c, id);
    await deliver(c, deliveryId);
    const answer = await c.arrive({ inReplyTo: await sentAs(c, deliveryId) }, { at: minutes(30) });
    expect(answer.conversationId).toBe(id);
    expect(await c.conversation(id)).toMatchObject({
      status: 'doing',
      waitingSince: minutes(30),
      assigneeId: c.member(),
    });
  });
});

describe('the server refuses', () => {
  it('for now: it is tried again after 1, 5, 15 minutes with the same bytes, and the case stays as it was', async () => {
    const { c, id } = await asked();
    const { deliveryId } = await reply(c, id);
    sink.fault({ mode: 'data-452', times: 3 });
    const events = await c.eventTypes(id);
    const bytes: string[] = [];
    for (const [n, wait] of [60, 300, 900].entries()) {
      await deliver(c, deliveryId, minutes(10 + n));
      const row = await delivery(c, deliveryId);
      expect(row).toMatchObject({
        state: 'retry',
        attempts: n + 1,
        lastCode: 452,
        leaseToken: null,
      });
      expect(row.lastWords).toContain('452');
      const seconds = (row.nextAttemptAt.getTime() - Date.now()) / 1000;
      expect(seconds).toBeGreaterThan(wait - 20);
      expect(seconds).toBeLessThan(wait * 1.1 + 5);
      const { messageId, dateHeader } = row;
      const mail = await c.bySystem((s) =>
        outgoingMail(s, { id: deliveryId, messageId, kind: 'reply', dateHeader: dateHeader ?? NOW }),
      );
      bytes.push((await mail.compose()).toString('latin1'));
      await deliver(c, deliveryId);
      expect((await delivery(c, deliveryId)).attempts).toBe(n + 1);
      await due(c, deliveryId);
    }
    expect(await c.conversation(id)).toMatchObject({ status: 'doing', waitingSince: NOW, warning: null });
    expect(await c.eventTypes(id)).toEqual(events);
    expect(await dueIds(c)).toEqual([deliveryId]);
    await deliver(c, deliveryId, minutes(20));
    expect((await c.conversation(id)).status).toBe('done');
    const [mail] = sink.mails();
    expect(new Set([...bytes, mail?.raw.toString('latin1')]).size).toBe(1);
    expect((await parseMail(mail?.raw ?? Buffer.alloc(0))).date).toEqual(minutes(10));
  });

  it('for good: failed with its words, 対応中 with a warning, and something to read', async () => {
    const { c, id } = await asked();
    const { deliveryId } = await reply(c, id);
    sink.fault({ mode: 'data-554' });
    await deliver(c, deliveryId);
    const row = await delivery(c, deliveryId);
    expect(row).toMatchObject({ state: 'failed', lastCode: 554 });
    expect(row.lastWords).toContain('554');
    expect(await c.conversation(id)).toMatchObject({
      status: 'doing',
      warning: 'failed',
      waitingSince: NOW,
      contentSeq: 3,
    });
    expect(await lastEvent(c, id)).toMatchObject({
      ...{ type: 'delivery.failed', data: { reason: '554', hard: true, recipient_count: 1, voids_answer: false } },
    });
    const { items } = await c.as('aoki', (s) => readConversation(s, id));
    expect(items.filter((item) => item.kind === 'mail').at(-1)).toMatchObject({
      delivery: { state: 'failed', words: row.lastWords },
    });
    await due(c, deliveryId);
    await deliver(c, deliveryId);
    expect(sink.mails()).toEqual([]);
  });

  it('for good, of a case that was ended meanwhile by the sender’s colleague: back to 対応中', async () => {
    const { c, id } = await asked();
    const { deliveryId } = await reply(c, id);
    await owner.conversation.update({
      where: { tenantId_id: { tenantId: c.tenantId, id } },
      data: { status: 'hold', holdFor: 'customer' },
    });
    sink.fault({ mode: 'rcpt-550' });
    await deliver(c, deliveryId);
    expect(await c.conversation(id)).toMatchObject({ status: 'doing', warning: 'failed' });
    expect(await lastEvent(c, id)).toMatchObject({ data: { from: 'hold', to: 'doing', trigger: 'bounce' } });
  });

  it('only one of two: the others have it, and the case is marked', async () => {
    const { c, id } = await asked();
    const { deliveryId } = await reply(c, id, { cc: [{ name: '', address: 'gone@example.net' }] });
    sink.fault({ mode: 'rcpt-550', recipient: 'gone@example.net' });
    await deliver(c, deliveryId);
    expect(await delivery(c, deliveryId)).toMatchObject({
      ...{ state: 'sent', deliveryRecipientByDelivery: [{ state: 'accepted' }, { state: 'refused', code: 550 }] },
    });
    expect(await c.conversation(id)).toMatchObject({ warning: 'failed', waitingSince: null });
    const accepted = (await c.events(id)).find((event) => event.type === 'delivery.accepted');
    expect(accepted).toMatchObject({ data: { to_customer: true, accepted: 1, rejected: 1 } });
  });

  it('only the customer: the customer was not answered, and somebody must look', async () => {
    const { c, id } = await asked();
    const { deliveryId } = await reply(c, id, { cc: [{ name: '', address: 'boss@example.net' }] });
    sink.fault({ mode: 'rcpt-550', recipient: 'taro@example.com' });
    await deliver(c, deliveryId);
    expect(sink.mails()[0]?.to).toEqual(['boss@example.net']);
    expect(await c.conversation(id)).toMatchObject({ status: 'doing', warning: 'failed', waitingSince: NOW });
    expect((await c.events(id)).find((event) => event.type === 'delivery.accepted')).toMatchObject({
      data: { to_customer: false },
    });
  });

  it('our password: tried again, for somebody will set it right', async () => {
    const { c, id } = await asked();
    const { deliveryId } = await reply(c, id);
    sink.fault({ mode: 'auth-535', times: 1 });
    await deliver(c, deliveryId);
    expect(await delivery(c, deliveryId)).toMatchObject({ state: 'retry', lastCode: 535 });
    await due(c, deliveryId);
    await deliver(c, deliveryId);
    expect((await delivery(c, deliveryId)).state).toBe('sent');
  });

  it('until two days are over: then it has failed', async () => {
    const { c, id } = await asked();
    const { deliveryId } = await reply(c, id);
    await setDelivery(c, deliveryId, { attempts: 10 });
    sink.fault({ mode: 'rcpt-450' });
    await deliver(c, deliveryId);
    expect(await delivery(c, deliveryId)).toMatchObject({ state: 'failed' });
    expect(await lastEvent(c, id)).toMatchObject({ type: 'delivery.failed', data: { hard: false } });
    expect((await c.conversation(id)).warning).toBe('failed');
  });

  it.each(['drop-rcpt', 'drop-data'] as const)('by %s before the body: tried again', async (mode) => {
    const { c, id } = await asked();
    const { deliveryId } = await reply(c, id);
    sink.fault({ mode, times: 1 });
    await deliver(c, deliveryId);
    expect((await delivery(c, deliveryId)).state).toBe('retry');
    await due(c, deliveryId);
    await deliver(c, deliveryId);
    expect(sink.mails()).toHaveLength(1);
  });
});

describe('nobody knows whether it arrived', () => {
  const uncertain = async () => {
    const { c, id, question } = await asked();
    const { deliveryId } = await reply(c, id);
    sink.fault({ mode: 'drop-after-dot', times: 1 });
    await deliver(c, deliveryId);
    return { c, id, question, deliveryId };
  };

  it('and nothing sends it again by itself; the case says so and cannot be ended', async () => {
    const { c, id, deliveryId } = await uncertain();
    expect(await delivery(c, deliveryId)).toMatchObject({ state: 'uncertain', leaseToken: null });
    expect(await c.conversation(id)).toMatchObject({ status: 'doing', warning: 'uncertain', waitingSince: NOW });
    expect((await c.eventTypes(id)).at(-1)).toBe('delivery.uncertain');
    await due(c, deliveryId);
    expect(await dueIds(c)).toEqual([]);
    for (let n = 0; n < 3; n += 1) await deliver(c, deliveryId);
    expect(sink.mails()).toHaveLength(1);
    expect(await refusal(c.as('aoki', (s) => endConversation(s, id, { noAnswer: true })))).toBe(
      'Conflict: endWhileSending',
    );
    expect(await refusal(c.as('aoki', (s) => cancelDelivery(s, deliveryId)))).toBe('Conflict: cancelTooLate');
  });

  it('「届いていた」 accepts it at the moment of the hand-over, once', async () => {
    const { c, id, deliveryId } = await uncertain();
    const { dataStartedAt } = await delivery(c, deliveryId);
    const arrived = (who: string) =>
      refusal(c.as(who, (s) => resolveUncertain(s, deliveryId, { answer: 'arrived' }), minutes(90)));
    expect(await arrived('baba')).toBe('Forbidden: notAllowed');
    expect((await Promise.all([arrived('aoki'), arrived('chief')])).sort()).toEqual([
      'Conflict: alreadyResolved',
      'done',
    ]);
    expect(await c.conversation(id)).toMatchObject({ status: 'done', warning: null, waitingSince: null });
    const [resolved, accepted, ended] = (await c.events(id)).slice(-3);
    expect(resolved).toMatchObject({
      type: 'delivery.resolved',
      actorKind: 'person',
      data: { as: 'sent', by: 'hand' },
    });
    expect(accepted).toMatchObject({
      type: 'delivery.accepted',
      occurredAt: dataStartedAt,
      data: { to_customer: true },
    });
    expect(ended).toMatchObject({ data: { to: 'done', trigger: 'send' }, causeId: accepted?.id });
    expect(sink.mails()).toHaveLength(1);
  });

  it('「もう一度送る」 sends the very same mail once more', async () => {
    const { c, id, deliveryId } = await uncertain();
    await c.as('aoki', (s) => resolveUncertain(s, deliveryId, { answer: 'resend' }));
    expect(await c.conversation(id)).toMatchObject({ warning: null, status: 'doing' });
    expect(await dueIds(c)).toEqual([deliveryId]);
    await deliver(c, deliveryId, minutes(60));
    const [first, second] = sink.mails();
    expect(second?.raw.toString('latin1')).toBe(first?.raw.toString('latin1'));
    expect((await c.conversation(id)).status).toBe('done');
  });

  it('and another answer accepted meanwhile does not hide it', async () => {
    const { c, id, deliveryId } = await uncertain();
    const second = await reply(c, id, { thenStatus: 'doing' });
    await deliver(c, second.deliveryId);
    expect(await c.conversation(id)).toMatchObject({ warning: 'uncertain', waitingSince: null });
    const third = await reply(c, id, { thenStatus: 'doing' });
    await setDelivery(c, third.deliveryId, { nextAttemptAt: days(1000) });
    await c.as('aoki', (s) => cancelDelivery(s, third.deliveryId));
    expect((await c.conversation(id)).warning).toBe('uncertain');
    await c.as('aoki', (s) => resolveUncertain(s, deliveryId, { answer: 'arrived' }));
    expect((await c.conversation(id)).warning).toBeNull();
  });

  it('as its worker died after the body had begun; one that died before is sent by the next', async () => {
    const { c, id } = await asked();
    const { deliveryId } = await reply(c, id);
    const dead = { state: 'sending', leaseToken: newId(), attempts: 1, dateHeader: minutes(5) };
    await setDelivery(c, deliveryId, { ...dead, leaseUntil: new Date(Date.now() + 60_000) });
    await deliver(c, deliveryId);
    expect(sink.mails()).toEqual([]);
    await setDelivery(c, deliveryId, { ...dead, leaseUntil: new Date(0), dataStartedAt: new Date() });
    expect(await dueIds(c)).toEqual([deliveryId]);
    await deliver(c, deliveryId);
    expect((await delivery(c, deliveryId)).state).toBe('uncertain');
    expect(sink.mails()).toEqual([]);
    await setDelivery(c, deliveryId, { ...dead, leaseUntil: new Date(0), dataStartedAt: null });
    await deliver(c, deliveryId);
    expect((await delivery(c, deliveryId)).state).toBe('sent');
    expect(sink.mails()).toHaveLength(1);
  });
});

describe('取り消す', () => {
  it('gives the text back to its writer’s draft, and the case as if nothing had been written', async () => {
    const { c, id } = await asked({ undoSeconds: 60 });
    const before = await c.conversation(id);
    const cc = [{ name: '上司', address: 'boss@example.com' }];
    const { deliveryId } = await reply(c, id, { text: '書いた本文', cc });
    const draft = await c.as('aoki', (s) => cancelDelivery(s, deliveryId));
    expect(draft).toMatchObject({
      text: '書いた本文',
      cc,
      subject: 'Re: x',
      to: [{ address: 'taro@example.com' }],
      seenContentSeq: 2,
    });
    expect(await c.conversation(id)).toMatchObject({
      ...{ messageCount: 1, lastSnippet: before.lastSnippet, lastMessageAt: before.lastMessageAt, waitingSince: NOW },
    });
    expect(await lastEvent(c, id)).toMatchObject({
      type: 'delivery.cancelled',
      data: { delivery_id: deliveryId, why: 'undo' },
    });
    const { items } = await c.as('aoki', (s) => readConversation(s, id));
    expect(items.filter((item) => item.kind === 'mail')).toHaveLength(1);
    expect(await refusal(c.as('aoki', (s) => cancelDelivery(s, deliveryId)))).toBe('Conflict: alreadyCancelled');
    await due(c, deliveryId);
    await deliver(c, deliveryId);
    expect(sink.mails()).toEqual([]);
    expect(await refusal(reply(c, id, { clientId: (await delivery(c, deliveryId)).clientId }))).toBe(
      'Conflict: alreadyCancelled',
    );
    await c.as('aoki', (s) => endConversation(s, id, { noAnswer: false }));
  });

  it('keeps what its writer has begun since', async () => {
    const { c, id } = await asked({ undoSeconds: 60 });
    const { deliveryId } = await reply(c, id, { text: '送った本文' });
    const draft = { clientId: newId(), to: [], cc: [], subject: 'x', text: '次の返信', seenContentSeq: 2, version: 0 };
    await c.as('aoki', (s) => saveDraft(s, id, draft));
    const back = await c.as('aoki', (s) => cancelDelivery(s, deliveryId));
    expect(back?.text).toBe('送った本文\n\n次の返信');
  });

  it('by a supervisor gives the text back to the writer', async () => {
    const { c, id } = await asked({ undoSeconds: 60 });
    const { deliveryId } = await reply(c, id, { text: '青木の本文' });
    expect(await refusal(c.as('baba', (s) => cancelDelivery(s, deliveryId)))).toBe('Forbidden: notAllowed');
    await c.as('chief', (s) => cancelDelivery(s, deliveryId));
    const drafts = await owner.draft.findMany({ where: { tenantId: c.tenantId } });
    expect(drafts).toMatchObject([{ memberId: c.member('aoki'), text: '青木の本文' }]);
  });

  it('between two tries recalls it, and after a failure clears the warning', async () => {
    const { c, id } = await asked();
    const { deliveryId } = await reply(c, id);
    sink.fault({ mode: 'data-452', times: 1 });
    await deliver(c, deliveryId);
    await c.as('aoki', (s) => cancelDelivery(s, deliveryId));
    expect(await lastEvent(c, id)).toMatchObject({ data: { why: 'recall' } });
    const second = await reply(c, id);
    sink.fault({ mode: 'data-554', times: 1 });
    await deliver(c, second.deliveryId);
    expect((await c.conversation(id)).warning).toBe('failed');
    await c.as('aoki', (s) => cancelDelivery(s, second.deliveryId));
    expect((await c.conversation(id)).warning).toBeNull();
  });

  it('of a mail that had left and came back gives the text, but does not unmake the mail', async () => {
    const { c, id } = await asked();
    const { deliveryId } = await reply(c, id, { text: '戻ってきた本文' });
    await deliver(c, deliveryId);
    await c.arrive(
      bounceMail({ to: c.address(), recipient: 'taro@example.com', returned: await sentAs(c, deliveryId) }),
    );
    const draft = await c.as('aoki', (s) => cancelDelivery(s, deliveryId));
    expect(draft?.text).toBe('戻ってきた本文');
    expect((await delivery(c, deliveryId)).state).toBe('failed');
    const { items } = await c.as('aoki', (s) => readConversation(s, id));
    expect(items.some((item) => item.kind === 'mail' && item.text === '戻ってきた本文')).toBe(true);
    expect(await c.eventTypes(id)).not.toContain('delivery.cancelled');
  });

  it('against the worker’s claim: one of both, never neither, never both, however often', async () => {
    const { c } = await asked();
    const outcomes = { sent: 0, cancelled: 0 };
    for (let round = 0; round < 40; round += 1) {
      const { conversationId: id } = await c.arrive({ from: `r${round}@example.com` });
      const to = [{ name: '', address: `r${round}@example.com` }];
      const { deliveryId } = await reply(c, id, { to });
      // The worker comes now sooner, now later.
      const head = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
      const [said] = await Promise.all([
        refusal(c.as('aoki', (s) => cancelDelivery(s, deliveryId))),
        head([0, 3, 8, 60][round % 4] ?? 0).then(() => deliverMail(c.tenantId, deliveryId)),
      ]);
      const { state } = await delivery(c, deliveryId);
      const arrived = sink.mails().filter((mail) => mail.to.includes(`r${round}@example.com`)).length;
      expect([said, state, arrived]).toEqual(
        said === 'done' ? ['done', 'cancelled', 0] : ['Conflict: cancelTooLate', 'sent', 1],
      );
      outcomes[said === 'done' ? 'cancelled' : 'sent'] += 1;
    }
    expect(outcomes.sent).toBeGreaterThan(0);
    expect(outcomes.cancelled).toBeGreaterThan(0);
  });
});
