import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { endConversation } from '#lib/conversations/end.ts';
import { ownSink } from '#tests/support/mail.ts';
import { bounceMail, mailId, rawMail } from '#tests/support/raw-mail.ts';
import { deliver, delivery, reply, sentAs } from '#tests/support/sending.ts';
import { type Company, company, minutes, NOW, owner, refusal } from '#tests/support/tenant.ts';

/** Mail that we sent ourselves, as it comes back: copies, answers found in Sent, bounces. */
let sink: Awaited<ReturnType<typeof ownSink>>;
beforeAll(async () => {
  sink = await ownSink({ password: 'pw' });
});
afterAll(() => sink.stop());
beforeEach(() => {
  sink.clearFaults();
  sink.clear();
});

/** A case that was answered, and its answer accepted. */
async function answered(thenStatus: 'done' | 'doing' = 'done', wanted: Parameters<typeof company>[0] = {}) {
  const c = await company({ ...wanted, smtpPort: sink.smtpPort });
  const asked = mailId();
  const { conversationId: id } = await c.arrive({ id: asked });
  const { deliveryId } = await reply(c, id, { thenStatus });
  await deliver(c, deliveryId);
  expect((await delivery(c, deliveryId)).state).toBe('sent');
  return { c, id, asked, deliveryId, messageId: await sentAs(c, deliveryId) };
}

/** A case whose answer nobody knows the fate of. */
async function uncertain() {
  const c = await company({ smtpPort: sink.smtpPort });
  const asked = mailId();
  const { conversationId: id } = await c.arrive({ id: asked });
  const { deliveryId } = await reply(c, id);
  sink.fault({ mode: 'drop-after-dot', times: 1 });
  await deliver(c, deliveryId);
  expect((await delivery(c, deliveryId)).state).toBe('uncertain');
  return {
    c,
    id,
    asked,
    deliveryId,
    messageId: await sentAs(c, deliveryId),
    raw: sink.mails()[0]?.raw ?? Buffer.alloc(0),
  };
}

const lastEvents = async (c: Company, id: string, n: number) =>
  (await c.events(id)).slice(-n).map(({ type, actorKind, status, data }) => ({ type, actorKind, status, data }));

describe('a bounce', () => {
  it('of our answer makes it as if never sent: 対応中, a warning, and the customer waits from the beginning', async () => {
    const { c, id, deliveryId, messageId } = await answered();
    expect(await c.conversation(id)).toMatchObject({ status: 'done', waitingSince: null });
    const report = bounceMail({ to: c.address(), recipient: 'taro@example.com', returned: messageId });
    expect(await c.arrive(report, { at: minutes(8) })).toMatchObject({ state: 'done', conversationId: id });
    expect(await c.conversation(id)).toMatchObject({
      ...{ status: 'doing', warning: 'failed', waitingSince: NOW, doneKind: null, endedAt: null },
    });
    const failed = await delivery(c, deliveryId);
    expect(failed).toMatchObject({ state: 'failed', lastWords: 'smtp; 550 5.1.1 User unknown' });
    const words = 'smtp; 550 5.1.1 User unknown';
    expect(failed.deliveryRecipientByDelivery).toMatchObject([{ state: 'refused', reason: 'userunknown', words }]);
    expect(await lastEvents(c, id, 3)).toEqual([
      expect.objectContaining({
        type: 'message.received',
        data: expect.objectContaining({ class: 'bounce', kpi_inbound: false }),
      }),
      {
        type: 'delivery.bounced',
        actorKind: 'system',
        status: 'done',
        data: { delivery_id: deliveryId, reason: 'userunknown', hard: true, recipient_count: 1, voids_answer: true },
      },
      {
        type: 'status.changed',
        actorKind: 'system',
        status: 'doing',
        data: { from: 'done', to: 'doing', done_kind: null, trigger: 'bounce' },
      },
    ]);
  });

  it('is known by our second header where the provider wrote an id of its own', async () => {
    const { c, id, messageId } = await answered();
    const report = bounceMail({
      ...{ to: c.address(), recipient: 'taro@example.com', returned: '<rewritten@relay.example.jp>' },
      madoguchiId: messageId,
    });
    expect(await c.arrive(report)).toMatchObject({ conversationId: id });
    expect((await c.conversation(id)).warning).toBe('failed');
  });

  it('of a copy only warns: the customer has the answer', async () => {
    const c = await company({ smtpPort: sink.smtpPort });
    const { conversationId: id } = await c.arrive({});
    const { deliveryId } = await reply(c, id, { cc: [{ name: '', address: 'boss@example.net' }] });
    await deliver(c, deliveryId);
    const report = { to: c.address(), recipient: 'boss@example.net', returned: await sentAs(c, deliveryId) };
    await c.arrive(bounceMail(report));
    expect(await c.conversation(id)).toMatchObject({ warning: 'failed', waitingSince: null });
    expect(await delivery(c, deliveryId)).toMatchObject({
      ...{ state: 'sent', deliveryRecipientByDelivery: [{ state: 'accepted' }, { state: 'refused' }] },
    });
  });

  it('that is forged touches nothing and stands as a notice', async () => {
    const { c, id, messageId } = await answered('done', { mailboxes: ['shop', 'billing'] });
    const before = await c.conversation(id);
    const forged = [
      messageId.replace(/\.[0-9a-f]{32}@/, `.${'a'.repeat(32)}@`),
      '<11111111-1111-7111-8111-111111111111.00000000000000000000000000000000@shop.example.jp>',
      mailId(),
    ];
    for (const returned of forged) {
      const got = await c.arrive(bounceMail({ to: c.address(), recipient: 'taro@example.com', returned }));
      expect(got.conversationId).not.toBe(id);
      expect(await c.conversation(got.conversationId)).toMatchObject({ status: 'new', notice: true });
    }
    // The right id at the wrong 窓口, and in another company.
    const elsewhere = { to: c.address(), recipient: 'taro@example.com', returned: messageId };
    await c.arrive(bounceMail(elsewhere), { mailbox: 'billing' });
    await (await company()).arrive(bounceMail(elsewhere));
    expect(await c.conversation(id)).toEqual(before);
  });

  it('that comes twice changes nothing more', async () => {
    const { c, id, messageId } = await answered();
    const report = bounceMail({ to: c.address(), recipient: 'taro@example.com', returned: messageId });
    await c.arrive(report);
    const before = await c.conversation(id);
    expect((await c.arrive(report)).state).toBe('duplicate');
    expect(await c.conversation(id)).toEqual(before);
  });

  it('leaves the wait to the answer that was given after it', async () => {
    const { c, id, messageId } = await answered('doing');
    const second = await reply(c, id, { thenStatus: 'doing', at: minutes(10) });
    await deliver(c, second.deliveryId, minutes(11));
    await c.arrive(bounceMail({ to: c.address(), recipient: 'taro@example.com', returned: messageId }));
    expect(await c.conversation(id)).toMatchObject({ status: 'doing', warning: 'failed', waitingSince: null });
    const waits = await owner.inboundWait.findMany({ where: { tenantId: c.tenantId } });
    expect(waits).toMatchObject([{ answeredBy: second.deliveryId, closedBy: null }]);
    const again = bounceMail({
      to: c.address(),
      recipient: 'taro@example.com',
      returned: await sentAs(c, second.deliveryId),
    });
    await c.arrive(again);
    expect((await c.conversation(id)).waitingSince).toEqual(NOW);
  });

  it('of an answer to an earlier question leaves the customer’s next one waiting', async () => {
    const { c, id, asked, messageId } = await answered('doing');
    await c.store({ inReplyTo: asked, text: 'まだですか' }, { at: minutes(20) });
    await c.store(bounceMail({ to: c.address(), recipient: 'taro@example.com', returned: messageId }), {
      at: minutes(21),
    });
    await c.receive();
    expect(await c.conversation(id)).toMatchObject({ status: 'doing', warning: 'failed', waitingSince: NOW });
  });

  it('leaves closed what an end closed that nobody took back', async () => {
    const { c, id, asked, messageId } = await answered('done');
    await c.arrive({ inReplyTo: asked, text: '別の質問です' }, { at: minutes(20) });
    await c.arrive(bounceMail({ to: c.address(), recipient: 'taro@example.com', returned: messageId }));
    expect(await c.conversation(id)).toMatchObject({ status: 'doing', warning: 'failed', waitingSince: minutes(20) });
  });

  it('of an answer to nobody’s question keeps the wait that began in the same batch', async () => {
    const { c, id, asked, messageId } = await answered();
    await c.as('aoki', (s) => endConversation(s, id, { noAnswer: false }));
    await owner.inboundWait.deleteMany({ where: { tenantId: c.tenantId } });
    await c.store({ inReplyTo: asked, text: '新しい質問です' }, { at: minutes(20) });
    await c.store(bounceMail({ to: c.address(), recipient: 'taro@example.com', returned: messageId }), {
      at: minutes(21),
    });
    await c.receive();
    expect((await c.conversation(id)).waitingSince).toEqual(minutes(20));
  });
});

describe('our own copy', () => {
  it('in Sent or in a folder of ours is no mail: it only notes that it is filed', async () => {
    const { c, id, deliveryId } = await answered();
    const raw = sink.mails()[0]?.raw ?? Buffer.alloc(0);
    const before = await c.conversation(id);
    expect(await c.arrive(raw, { folder: 'sent' })).toMatchObject({ state: 'ignored', reason: 'own-copy' });
    expect(await c.arrive(raw)).toMatchObject({ state: 'ignored', reason: 'own-copy' });
    expect(await c.conversation(id)).toEqual(before);
    expect((await delivery(c, deliveryId)).filed).toBe('done');
  });

  it('proves an uncertain mail delivered: sent, with what was to follow', async () => {
    const { c, id, deliveryId, raw } = await uncertain();
    expect(await c.conversation(id)).toMatchObject({ status: 'doing', warning: 'uncertain', waitingSince: NOW });
    await c.arrive(raw, { folder: 'sent' });
    expect(await c.conversation(id)).toMatchObject({ status: 'done', warning: null, waitingSince: null });
    expect(await delivery(c, deliveryId)).toMatchObject({ state: 'sent', filed: 'done' });
    const [resolved, accepted, ended] = (await c.events(id)).slice(-3);
    expect(resolved).toMatchObject({
      type: 'delivery.resolved',
      data: { as: 'sent', by: 'proof' },
      actorKind: 'system',
    });
    expect(accepted).toMatchObject({
      type: 'delivery.accepted',
      data: { to_customer: true, accepted: 1, rejected: 0 },
    });
    expect(ended).toMatchObject({
      type: 'status.changed',
      causeId: accepted?.id,
      data: { to: 'done', trigger: 'send' },
    });
  });

  it('and the customer’s next mail in one batch lose nothing of each other', async () => {
    const { c, id, asked, deliveryId, raw } = await uncertain();
    const stored = [
      await c.store({ inReplyTo: asked, text: 'その後いかがですか' }, { at: minutes(20) }),
      await c.store(raw, { folder: 'sent', at: minutes(21) }),
      await c.store({ inReplyTo: asked, text: '追伸です' }, { at: minutes(22) }),
    ];
    await c.receive();
    expect(await Promise.all(stored.map(async (one) => (await c.outcome(one)).state))).toEqual([
      'done',
      'ignored',
      'done',
    ]);
    expect((await delivery(c, deliveryId)).state).toBe('sent');
    expect(await c.conversation(id)).toMatchObject({ status: 'doing', waitingSince: minutes(20), messageCount: 4 });
    const events = await c.events(id);
    expect(events.map((event) => event.seq)).toEqual(events.map((_, n) => n + 1));
  });

  it('with a forged id of ours is a mail like any other', async () => {
    const { c, messageId } = await answered();
    const forged = messageId.replace(/\.[0-9a-f]{32}@/, `.${'0'.repeat(32)}@`);
    expect((await c.arrive({ id: forged, headers: { 'X-Madoguchi-Id': forged } })).state).toBe('done');
  });
});

describe('an answer by another program, found in Sent', () => {
  const outlook = (c: Company, more: object) =>
    rawMail({
      from: `店 <${c.address()}>`,
      to: 'taro@example.com',
      subject: 'Re: x',
      text: 'お待たせしました',
      ...more,
    });

  it('stops the wait and starts the work, by an unknown person', async () => {
    const c = await company();
    const asked = mailId();
    const { conversationId: id } = await c.arrive({ id: asked });
    const got = await c.arrive(outlook(c, { inReplyTo: asked }), { folder: 'sent', at: minutes(10) });
    expect(got).toMatchObject({ state: 'done', conversationId: id });
    expect(await c.conversation(id)).toMatchObject({
      status: 'doing',
      waitingSince: null,
      assigneeId: null,
      messageCount: 2,
    });
    expect((await c.events(id)).slice(2)).toMatchObject([
      { type: 'message.imported_sent', occurredAt: minutes(10), data: { message_id: got.messageId, member_id: null } },
      { type: 'status.changed', data: { from: 'new', to: 'doing' } },
    ]);
    expect(await c.arrive(outlook(c, { inReplyTo: asked, id: null }), { folder: 'sent' })).toMatchObject({
      state: 'done',
    });
  });

  it('that was received in the same batch as the question stops the wait as well', async () => {
    const c = await company();
    const asked = mailId();
    const question = await c.store({ id: asked });
    await c.store(outlook(c, { inReplyTo: asked }), { folder: 'sent', at: minutes(10) });
    await c.receive();
    const { conversationId: id } = await c.outcome(question);
    expect(await c.conversation(id)).toMatchObject({ status: 'doing', waitingSince: null, messageCount: 2 });
    expect(await owner.inboundWait.count({ where: { tenantId: c.tenantId, answeredBy: null } })).toBe(0);
  });

  it('does not answer what was asked after it, whenever it is recorded', async () => {
    const c = await company();
    const asked = mailId();
    const { conversationId: id } = await c.arrive({ id: asked });
    await c.arrive({ inReplyTo: asked, text: '追伸' }, { at: minutes(20) });
    await c.arrive(outlook(c, { inReplyTo: asked }), { folder: 'sent', at: minutes(10) });
    expect((await c.conversation(id)).waitingSince).toEqual(minutes(20));
  });

  it('answers a question that is recorded after it', async () => {
    const c = await company();
    const asked = mailId();
    const { conversationId: id } = await c.arrive({ id: asked });
    await c.arrive(outlook(c, { inReplyTo: asked }), { folder: 'sent', at: minutes(10) });
    await c.arrive({ inReplyTo: asked, text: '遅れて届いた追伸' }, { at: minutes(5) });
    expect((await c.conversation(id)).waitingSince).toBeNull();
    await c.arrive({ inReplyTo: asked, text: '新しい質問' }, { at: minutes(15) });
    expect((await c.conversation(id)).waitingSince).toEqual(minutes(15));
  });

  it('leaves a held or ended case as it is', async () => {
    const c = await company();
    const asked = mailId();
    const { conversationId: id } = await c.arrive({ id: asked });
    await c.as('aoki', (s) => endConversation(s, id, { noAnswer: true }));
    await c.arrive(outlook(c, { inReplyTo: asked }), { folder: 'sent', at: minutes(10) });
    expect((await c.conversation(id)).status).toBe('done');
  });

  it('that belongs to no case is left alone', async () => {
    const c = await company();
    const got = await c.arrive(outlook(c, {}), { folder: 'sent' });
    expect(got).toMatchObject({ state: 'ignored', reason: 'sent-without-conversation' });
    expect(await owner.conversation.count({ where: { tenantId: c.tenantId } })).toBe(0);
  });
});

it('an uncertain mail that comes back bounced is no longer uncertain', async () => {
  const { c, id, deliveryId, messageId } = await uncertain();
  await c.arrive(bounceMail({ to: c.address(), recipient: 'taro@example.com', returned: messageId }));
  expect(await delivery(c, deliveryId)).toMatchObject({ state: 'failed' });
  expect(await c.conversation(id)).toMatchObject({ status: 'doing', warning: 'failed', waitingSince: NOW });
  expect(await refusal(c.as('aoki', (s) => endConversation(s, id, { noAnswer: true })))).toBe('done');
});
