import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { cancelDelivery } from '#lib/outbox/cancel.ts';
import { ownSink } from '#tests/support/mail.ts';
import { bounceMail, mailId, rawMail } from '#tests/support/raw-mail.ts';
import { deliver, delivery, reply, sentAs, setDelivery } from '#tests/support/sending.ts';
import { type Company, company, minutes, NOW, owner, refusal } from '#tests/support/tenant.ts';

/** What overtakes: a copy or a bounce is here before the server's answer, the sweeper before the worker, a second click before the first. */
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
const BOSS = 'boss@example.net';

/** A question and its answer, not yet sent; to the customer and, in Cc, their boss if wanted. */
async function answering(cc: string[] = []) {
  const c = await company({ smtpPort: sink.smtpPort });
  const { conversationId: id } = await c.arrive({ id: mailId() });
  const { deliveryId } = await reply(c, id, { cc: cc.map(address) });
  return { c, id, deliveryId, messageId: await sentAs(c, deliveryId) };
}

/** The same, its body on the way: the server has it, its answer hasn't come. */
async function sending() {
  const made = await answering();
  const handedOver = new Date(Date.now() - 5000);
  await setDelivery(made.c, made.deliveryId, {
    ...{ state: 'sending', leaseToken: made.deliveryId, leaseUntil: new Date(Date.now() + 60_000), attempts: 1 },
    ...{ dateHeader: minutes(6), dataStartedAt: handedOver },
  });
  return { ...made, handedOver };
}

/** The worker is dead, and the sweeper comes by. */
async function sweep(c: Company, deliveryId: string): Promise<void> {
  await setDelivery(c, deliveryId, { leaseUntil: new Date(0) });
  await deliver(c, deliveryId);
}

const copy = (c: Company, messageId: string) =>
  rawMail({ from: c.address(), to: 'taro@example.com', id: messageId, subject: 'Re: x', text: 'お待ちください。' });
const bounceOf = (c: Company, returned: string, recipient: string | string[] = 'taro@example.com') =>
  bounceMail({ to: c.address(), recipient, returned });
const types = async (c: Company, id: string, n: number) => (await c.eventTypes(id)).slice(-n);

describe('a copy in Sent that is here before the server’s answer', () => {
  it('waits, and proves the mail sent once its worker turns out dead', async () => {
    const { c, id, deliveryId, messageId, handedOver } = await sending();
    const stored = await c.store(copy(c, messageId), { folder: 'sent' });
    expect(await c.receive()).toBe(0);
    expect(await c.outcome(stored)).toMatchObject({ state: 'pending' });
    await sweep(c, deliveryId);
    expect(await delivery(c, deliveryId)).toMatchObject({ state: 'uncertain' });
    expect(await c.conversation(id)).toMatchObject({ status: 'doing', warning: 'uncertain' });
    expect(await c.receive()).toBe(1);
    expect(await c.outcome(stored)).toMatchObject({ state: 'ignored', reason: 'own-copy' });
    expect(await delivery(c, deliveryId)).toMatchObject({ state: 'sent', acceptedAt: handedOver, filed: 'done' });
    expect(await c.conversation(id)).toMatchObject({ status: 'done', warning: null, waitingSince: null });
    const [resolved, accepted] = (await c.events(id)).slice(-3);
    expect(resolved).toMatchObject({ type: 'delivery.resolved', data: { as: 'sent', by: 'proof' } });
    expect(accepted).toMatchObject({ type: 'delivery.accepted', occurredAt: handedOver, data: { accepted: 1 } });
    expect(await types(c, id, 1)).toEqual(['status.changed']);
  });

  it('is no proof of anything when the answer comes after all', async () => {
    const { c, id, deliveryId } = await answering();
    sink.fault({ mode: 'slow', ms: 1500, times: 1 });
    const delivering = deliver(c, deliveryId);
    await vi.waitFor(() => expect(sink.mails()).toHaveLength(1), 5000);
    const stored = await c.store(sink.mails()[0]?.raw ?? Buffer.alloc(0), { folder: 'sent' });
    expect(await c.receive()).toBe(0);
    expect(await c.outcome(stored)).toMatchObject({ state: 'pending' });
    await delivering;
    expect(await c.receive()).toBe(1);
    expect(await c.outcome(stored)).toMatchObject({ state: 'ignored', reason: 'own-copy' });
    expect(await delivery(c, deliveryId)).toMatchObject({ state: 'sent', filed: 'done' });
    expect(await types(c, id, 2)).toEqual(['delivery.accepted', 'status.changed']);
  });

  it('holds up no other mail', async () => {
    const { c, messageId } = await sending();
    await c.store(copy(c, messageId), { folder: 'sent' });
    await c.store(bounceOf(c, messageId));
    const other = await c.store({ from: 'jiro@example.com' });
    expect(await c.receive()).toBe(1);
    expect((await c.outcome(other)).state).toBe('done');
  });
});

describe('a bounce that is here before the server’s answer', () => {
  it('waits, and then voids the answer nobody was sure of', async () => {
    const { c, id, deliveryId, messageId, handedOver } = await sending();
    const stored = await c.store(bounceOf(c, messageId));
    expect(await c.receive()).toBe(0);
    expect(await owner.conversation.count({ where: { tenantId: c.tenantId } })).toBe(1);
    await sweep(c, deliveryId);
    expect(await c.receive()).toBe(1);
    expect(await c.outcome(stored)).toMatchObject({ state: 'done', conversationId: id });
    expect(await delivery(c, deliveryId)).toMatchObject({
      ...{ state: 'failed', acceptedAt: handedOver, deliveryRecipientByDelivery: [{ state: 'refused' }] },
    });
    expect(await c.conversation(id)).toMatchObject({ status: 'doing', warning: 'failed', waitingSince: NOW });
  });

  it('waits, and then voids the answer that was accepted', async () => {
    const { c, id, deliveryId, messageId } = await answering();
    sink.fault({ mode: 'slow', ms: 1500, times: 1 });
    const delivering = deliver(c, deliveryId);
    await vi.waitFor(() => expect(sink.mails()).toHaveLength(1), 5000);
    const stored = await c.store(bounceOf(c, messageId));
    expect(await c.receive()).toBe(0);
    await delivering;
    expect(await c.conversation(id)).toMatchObject({ status: 'done', waitingSince: null });
    await c.receive();
    expect(await c.outcome(stored)).toMatchObject({ state: 'done', conversationId: id });
    expect(await c.conversation(id)).toMatchObject({ status: 'doing', warning: 'failed', waitingSince: NOW });
    expect((await c.events(id)).find(({ type }) => type === 'delivery.bounced')).toMatchObject({
      data: { voids_answer: true },
    });
  });
});

describe('a server’s answer that comes after the sweeper', () => {
  /** The sweeper takes the worker for dead while the server still thinks. */
  async function overtaken(made: Awaited<ReturnType<typeof answering>>) {
    const { c, id, deliveryId } = made;
    const delivering = deliver(c, deliveryId);
    await vi.waitFor(() => expect(sink.mails()).toHaveLength(1), 5000);
    await sweep(c, deliveryId);
    expect(await delivery(c, deliveryId)).toMatchObject({ state: 'uncertain' });
    const { dataStartedAt } = await delivery(c, deliveryId);
    expect(await types(c, id, 1)).toEqual(['delivery.uncertain']);
    await delivering;
    return dataStartedAt;
  }

  it('settles the uncertain mail as sent, at the hand-over', async () => {
    const made = await answering();
    sink.fault({ mode: 'slow', ms: 1500, times: 1 });
    const handedOver = await overtaken(made);
    const { c, id, deliveryId } = made;
    expect(await delivery(c, deliveryId)).toMatchObject({ state: 'sent', acceptedAt: handedOver });
    expect(await c.conversation(id)).toMatchObject({ status: 'done', warning: null, waitingSince: null });
    expect(await types(c, id, 4)).toEqual([
      ...['delivery.uncertain', 'delivery.resolved', 'delivery.accepted', 'status.changed'],
    ]);
    expect((await c.events(id)).find(({ type }) => type === 'delivery.accepted')?.occurredAt).toEqual(handedOver);
    expect(sink.mails()).toHaveLength(1);
  });

  it('is believed in all it says: whom the server refused didn’t get the mail', async () => {
    const made = await answering([BOSS]);
    sink.fault({ mode: 'rcpt-550', recipient: 'taro@example.com' });
    sink.fault({ mode: 'slow', ms: 1500, times: 1 });
    await overtaken(made);
    const { c, id, deliveryId } = made;
    expect(await delivery(c, deliveryId)).toMatchObject({
      state: 'sent',
      deliveryRecipientByDelivery: [{ state: 'refused', code: 550 }, { state: 'accepted' }],
    });
    expect(await c.conversation(id)).toMatchObject({ status: 'doing', warning: 'failed', waitingSince: NOW });
    expect((await c.events(id)).find(({ type }) => type === 'delivery.accepted')).toMatchObject({
      data: { to_customer: false, accepted: 1, rejected: 1 },
    });
  });

  it('of another try than the uncertain one proves nothing', async () => {
    const { c, deliveryId } = await answering();
    sink.fault({ mode: 'slow', ms: 1500, times: 1 });
    const delivering = deliver(c, deliveryId);
    await vi.waitFor(() => expect(sink.mails()).toHaveLength(1), 5000);
    await sweep(c, deliveryId);
    // Somebody had it sent once more, and that try ended unknown too.
    await setDelivery(c, deliveryId, { attempts: 2 });
    await delivering;
    expect(await delivery(c, deliveryId)).toMatchObject({ state: 'uncertain', attempts: 2 });
  });
});

describe('a report of two recipients', () => {
  it('of which the customer is the second voids the answer and marks both', async () => {
    const { c, id, deliveryId, messageId } = await answering([BOSS]);
    await deliver(c, deliveryId);
    expect(await c.conversation(id)).toMatchObject({ status: 'done', waitingSince: null });
    await c.arrive(bounceOf(c, messageId, [BOSS, 'taro@example.com']));
    expect(await delivery(c, deliveryId)).toMatchObject({
      ...{ state: 'failed', deliveryRecipientByDelivery: [{ state: 'refused' }, { state: 'refused' }] },
    });
    expect(await c.conversation(id)).toMatchObject({ status: 'doing', warning: 'failed', waitingSince: NOW });
    expect((await c.events(id)).find(({ type }) => type === 'delivery.bounced')).toMatchObject({
      data: { recipient_count: 2, voids_answer: true },
    });
  });
});

describe('編集に戻す of a mail that was uncertain and came back', () => {
  const bounced = async () => {
    const made = await sending();
    await sweep(made.c, made.deliveryId);
    await made.c.arrive(bounceOf(made.c, made.messageId));
    return made;
  };
  const back = ({ c, deliveryId }: Awaited<ReturnType<typeof bounced>>) =>
    c.as('aoki', (s) => cancelDelivery(s, deliveryId));

  it('gives the text, and leaves the mail in the history', async () => {
    const made = await bounced();
    const { c, id, deliveryId } = made;
    expect((await back(made))?.text).toBe('お待ちください。');
    expect(await delivery(c, deliveryId)).toMatchObject({ state: 'failed' });
    expect(await c.eventTypes(id)).not.toContain('delivery.cancelled');
    expect((await c.conversation(id)).messageCount).toBe(2);
  });

  it('twice gives it once, also over what was written on', async () => {
    const made = await bounced();
    expect((await back(made))?.text).toBe('お待ちください。');
    expect((await back(made))?.text).toBe('お待ちください。');
    const { c } = made;
    await owner.draft.updateMany({
      where: { tenantId: c.tenantId },
      data: { text: 'お待ちください。\n追って連絡します。' },
    });
    expect((await back(made))?.text).toBe('お待ちください。\n追って連絡します。');
  });

  it('is too late while its fate is unknown', async () => {
    const made = await sending();
    expect(await refusal(back(made))).toBe('Conflict: cancelTooLate');
    await sweep(made.c, made.deliveryId);
    expect(await refusal(back(made))).toBe('Conflict: cancelTooLate');
  });
});
