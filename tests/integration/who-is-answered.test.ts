import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readConversation } from '#lib/conversations/read.ts';
import { parseMail } from '#lib/mail/parse.ts';
import { cancelDelivery } from '#lib/outbox/cancel.ts';
import { ownSink } from '#tests/support/mail.ts';
import { bounceMail, mailId } from '#tests/support/raw-mail.ts';
import { deliver, delivery, reply, sentAs, setDelivery } from '#tests/support/sending.ts';
import { type Company, company, days, minutes, NOW, owner } from '#tests/support/tenant.ts';

/** Whom an answer is for: the customer, not the machine that wrote last; and what is no answer because it isn't for them. */
let sink: Awaited<ReturnType<typeof ownSink>>;
beforeAll(async () => {
  sink = await ownSink({ password: 'pw' });
});
afterAll(() => sink.stop());
beforeEach(() => {
  sink.clearFaults();
  sink.clear();
});

const address = (of: string) => ({ name: '', address: of });
const SUPPLIER = 'orders@supplier.example.net';

async function asked(mail: Parameters<Company['arrive']>[0] = {}) {
  const c = await company({ smtpPort: sink.smtpPort });
  const question = mailId();
  const { conversationId: id } = await c.arrive(Buffer.isBuffer(mail) ? mail : { id: question, ...mail });
  return { c, id, question };
}
const defaults = async (c: Company, id: string) => (await c.as('aoki', (s) => readConversation(s, id))).replyDefaults;
/** What the mail answers, by the headers of the one that would leave now. */
async function answers(c: Company, id: string): Promise<string[]> {
  const { deliveryId } = await reply(c, id, { thenStatus: 'doing' });
  await deliver(c, deliveryId);
  return (await parseMail(sink.mails().at(-1)?.raw ?? Buffer.alloc(0))).inReplyTo;
}

describe('the reply begins with the customer', () => {
  it('after a bounce of our answer', async () => {
    const { c, id, question } = await asked();
    const { deliveryId } = await reply(c, id);
    await deliver(c, deliveryId);
    const returned = await sentAs(c, deliveryId);
    await c.arrive(bounceMail({ to: c.address(), recipient: 'taro@example.com', returned }), { at: minutes(20) });
    expect(await defaults(c, id)).toMatchObject({
      ...{ to: [{ name: 'Yamada Taro', address: 'taro@example.com' }], cc: [] },
      subject: expect.not.stringContaining('Undelivered'),
    });
    expect(await answers(c, id)).toEqual([question]);
  });

  it.each([
    ['an out-of-office note', { 'Auto-Submitted': 'auto-replied' }, '自動返信: 不在です'],
    ['a notice', { 'Auto-Submitted': 'auto-generated' }, '発送のお知らせ'],
  ])('after %s in the same case', async (_what, headers, subject) => {
    const { c, id, question } = await asked();
    const machine = { from: 'noreply@robot.example.net', subject, headers, inReplyTo: question, text: '自動送信です' };
    await owner.customerAddress.create({
      data: {
        ...{ tenantId: c.tenantId, address: 'noreply@robot.example.net', written: 'noreply@robot.example.net' },
        customerId: (await c.conversation(id)).customerId ?? '',
      },
    });
    const got = await c.arrive(machine, { at: minutes(20) });
    expect(got.conversationId).toBe(id);
    expect((await defaults(c, id)).to).toEqual([{ name: 'Yamada Taro', address: 'taro@example.com' }]);
    expect(await answers(c, id)).toEqual([question]);
  });

  it('after our mail to a supplier, and with their Reply-To', async () => {
    const { c, id, question } = await asked({ replyTo: '個人 <private@example.org>' });
    const { deliveryId } = await reply(c, id, { to: [address(SUPPLIER)], thenStatus: 'doing' });
    await deliver(c, deliveryId);
    expect((await defaults(c, id)).to).toEqual([{ name: '個人', address: 'private@example.org' }]);
    expect(await answers(c, id)).toEqual([question]);
  });

  it('and with nobody where only a bounce stands', async () => {
    const { c, id } = await asked(
      bounceMail({ to: 'shop@example.jp', recipient: 'x@example.com', returned: '<somebody@elsewhere.example>' }),
    );
    expect(await c.conversation(id)).toMatchObject({ notice: true });
    expect((await defaults(c, id)).to).toEqual([]);
    expect(await answers(c, id)).toEqual([]);
  });

  it('and what a notice’s answer refers to is never a mail that was taken back', async () => {
    const notice = {
      from: 'noreply@pay.example.jp',
      subject: '入金のお知らせ',
      headers: { 'Auto-Submitted': 'auto-generated' },
    };
    const { c, id, question } = await asked(notice);
    expect(await c.conversation(id)).toMatchObject({ notice: true });
    const { deliveryId } = await reply(c, id, { to: [address(SUPPLIER)] });
    await c.as('aoki', (s) => cancelDelivery(s, deliveryId));
    expect(await answers(c, id)).toEqual([question]);
  });
});

describe('a mail to a supplier only', () => {
  it.each(['done', 'hold', 'doing'] as const)('answers no customer, whatever was chosen (%s)', async (thenStatus) => {
    const { c, id } = await asked();
    const { deliveryId } = await reply(c, id, { to: [address(SUPPLIER)], thenStatus });
    await deliver(c, deliveryId);
    expect((await delivery(c, deliveryId)).state).toBe('sent');
    expect(await c.conversation(id)).toMatchObject({ status: 'doing', waitingSince: NOW, warning: null });
    expect((await c.events(id)).find(({ type }) => type === 'delivery.accepted')).toMatchObject({
      data: { to_customer: false, accepted: 1 },
    });
    expect(await owner.inboundWait.count({ where: { tenantId: c.tenantId, answeredBy: null } })).toBe(1);
  });

  it('with the customer in Cc is their answer', async () => {
    const { c, id } = await asked();
    const { deliveryId } = await reply(c, id, { to: [address(SUPPLIER)], cc: [address('TARO@example.com')] });
    await deliver(c, deliveryId);
    expect(await c.conversation(id)).toMatchObject({ status: 'done', waitingSince: null });
  });

  it('that bounces takes nothing from the customer’s answer', async () => {
    const { c, id } = await asked();
    const answer = await reply(c, id, { thenStatus: 'doing' });
    await deliver(c, answer.deliveryId);
    const asking = await reply(c, id, { to: [address(SUPPLIER)], thenStatus: 'doing' });
    await deliver(c, asking.deliveryId);
    const returned = await sentAs(c, asking.deliveryId);
    await c.arrive(bounceMail({ to: c.address(), recipient: SUPPLIER, returned }));
    expect(await c.conversation(id)).toMatchObject({ warning: 'failed', waitingSince: null });
    expect((await c.events(id)).find(({ type }) => type === 'delivery.bounced')).toMatchObject({
      data: { voids_answer: false },
    });
  });

  it('ends no case while nobody knows whether another mail arrived', async () => {
    const { c, id } = await asked();
    const first = await reply(c, id, { thenStatus: 'doing' });
    await deliver(c, first.deliveryId);
    const second = await reply(c, id, { thenStatus: 'doing' });
    sink.fault({ mode: 'drop-after-dot', times: 1 });
    await deliver(c, second.deliveryId);
    expect(await c.conversation(id)).toMatchObject({ warning: 'uncertain', waitingSince: null });
    const third = await reply(c, id, { to: [address(SUPPLIER)], thenStatus: 'done' });
    await deliver(c, third.deliveryId);
    expect(await c.conversation(id)).toMatchObject({ status: 'doing', warning: 'uncertain' });
  });
});

describe('where no customer waits', () => {
  const notice = {
    ...{ from: 'noreply@pay.example.jp', subject: '入金のお知らせ', text: '入金がありました。' },
    headers: { 'Auto-Submitted': 'auto-generated' },
  };

  it.each([
    ['done', { status: 'done', doneKind: 'answered' }],
    ['hold', { status: 'hold', holdUntil: days(2) }],
    ['doing', { status: 'doing' }],
  ] as const)('a mail about a notice goes on as chosen: %s', async (thenStatus, wanted) => {
    const { c, id } = await asked(notice);
    const { deliveryId } = await reply(c, id, {
      ...{ to: [address(SUPPLIER)], thenStatus, holdUntil: days(2).toISOString() },
    });
    await deliver(c, deliveryId);
    expect(await c.conversation(id)).toMatchObject({ ...wanted, waitingSince: null, warning: null });
    expect((await c.events(id)).find(({ type }) => type === 'delivery.accepted')).toMatchObject({
      data: { to_customer: false },
    });
  });

  it('a notice without any customer ends as chosen too', async () => {
    const { c, id } = await asked(notice);
    await owner.conversation.update({
      where: { tenantId_id: { tenantId: c.tenantId, id } },
      data: { customerId: null },
    });
    const { deliveryId } = await reply(c, id, { to: [address('noreply@pay.example.jp')] });
    await deliver(c, deliveryId);
    expect((await delivery(c, deliveryId)).deliveryRecipientByDelivery).toMatchObject([{ customer: false }]);
    expect(await c.conversation(id)).toMatchObject({ status: 'done', waitingSince: null });
  });

  it('the second try for a supplier changes nothing that happened since', async () => {
    const { c, id } = await asked(notice);
    const { deliveryId } = await reply(c, id, { to: [address(SUPPLIER), address('other@example.net')] });
    sink.fault({ mode: 'rcpt-450', recipient: SUPPLIER, times: 1 });
    await deliver(c, deliveryId);
    expect((await c.conversation(id)).status).toBe('done');
    await owner.conversation.update({
      where: { tenantId_id: { tenantId: c.tenantId, id } },
      data: { status: 'doing', doneKind: null, endedAt: null },
    });
    await setDelivery(c, deliveryId, { nextAttemptAt: new Date(0) });
    await deliver(c, deliveryId);
    expect((await delivery(c, deliveryId)).state).toBe('sent');
    expect((await c.conversation(id)).status).toBe('doing');
  });
});
