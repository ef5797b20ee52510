import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { endConversation } from '#lib/conversations/end.ts';
import { deliveriesToFile } from '#lib/db/system.ts';
import { newId } from '#lib/ids.ts';
import { cancelDelivery } from '#lib/outbox/cancel.ts';
import { saveDraft } from '#lib/outbox/draft.ts';
import { ownSink } from '#tests/support/mail.ts';
import { deliver, delivery, reply, setDelivery } from '#tests/support/sending.ts';
import { type Company, company, minutes, NOW, owner, refusal } from '#tests/support/tenant.ts';

/** What is done a second time: the same click, a mail to the one recipient who wasn't taken yet, an account set right. */
let sink: Awaited<ReturnType<typeof ownSink>>;
beforeAll(async () => {
  sink = await ownSink({ password: 'pw' });
});
afterAll(() => sink.stop());
beforeEach(() => {
  sink.clearFaults();
  sink.clear();
});

const TEAM = { aoki: {}, baba: {} };
const [TARO, BOSS, WIFE] = ['taro@example.com', 'boss@example.net', 'wife@example.net'];
const address = (of: string) => ({ name: '', address: of });
async function asked() {
  const c = await company({ members: TEAM, smtpPort: sink.smtpPort });
  const { conversationId: id } = await c.arrive({});
  return { c, id };
}

const later = (c: Company, deliveryId: string) => setDelivery(c, deliveryId, { nextAttemptAt: new Date(0) });
const recipients = async (c: Company, deliveryId: string) =>
  (await delivery(c, deliveryId)).deliveryRecipientByDelivery.map(({ state }) => state);
const acceptances = async (c: Company, id: string) =>
  (await c.events(id)).filter(({ type }) => type === 'delivery.accepted').map(({ data }) => data);
const toFile = async (c: Company) =>
  (await deliveriesToFile(100_000)).filter((ref) => ref.tenantId === c.tenantId).length;
/** To whom each mail at the sink went. */
const arrived = () => sink.mails().map(({ to }) => to.join(' '));

describe('the same clientId', () => {
  const first = async () => {
    const { c, id } = await asked();
    const input = { clientId: newId(), seenContentSeq: 1, text: '一度目の本文' };
    const sent = await reply(c, id, input);
    return { c, id, input, sent };
  };

  it('with the same words is the same mail, before and after it was sent', async () => {
    const { c, id, input, sent } = await first();
    expect(await reply(c, id, input)).toEqual(sent);
    await deliver(c, sent.deliveryId);
    expect(await reply(c, id, input)).toEqual(sent);
    expect(await owner.delivery.count({ where: { tenantId: c.tenantId } })).toBe(1);
  });

  it.each([
    ['another text', { text: '二度目の本文' }],
    ['another subject', { subject: 'Re: y' }],
    ['another recipient', { to: [address(BOSS)] }],
    ['one recipient more', { to: [address(TARO), address(BOSS)] }],
    ['a copy more', { cc: [address(BOSS)] }],
    ['another writer', { who: 'baba' }],
  ])('with %s is refused, and neither is lost', async (_what, changed) => {
    const { c, id, input, sent } = await first();
    const who = 'who' in changed ? changed.who : 'aoki';
    const draft = { clientId: newId(), to: [], cc: [], subject: 'x', text: '書きかけ', seenContentSeq: 1, version: 0 };
    await c.as(who, (s) => saveDraft(s, id, draft));
    const before = await c.conversation(id);
    expect(await refusal(reply(c, id, { ...input, ...changed }))).toBe('Conflict: alreadySent');
    expect(await c.conversation(id)).toEqual(before);
    expect(await owner.draft.findFirst({ where: { tenantId: c.tenantId } })).toMatchObject({ text: '書きかけ' });
    expect((await delivery(c, sent.deliveryId)).message.text).toBe('一度目の本文');
    expect(await owner.delivery.count({ where: { tenantId: c.tenantId } })).toBe(1);
  });

  it('in another case is refused', async () => {
    const { c, input } = await first();
    const { conversationId: other } = await c.arrive({ from: 'jiro@example.com' });
    expect(await refusal(reply(c, other, input))).toBe('Conflict: alreadySent');
    expect(await c.conversation(other)).toMatchObject({ status: 'new', messageCount: 1, assigneeId: null });
  });

  it('in two cases at once goes out once, and the other is told so', async () => {
    for (let round = 0; round < 5; round += 1) {
      const { c, id } = await asked();
      const { conversationId: other } = await c.arrive({ from: 'jiro@example.com' });
      const input = { clientId: newId(), seenContentSeq: 1 };
      const said = await Promise.all([id, other].map((one) => refusal(reply(c, one, input))));
      expect(said.sort()).toEqual(['Conflict: alreadySent', 'done']);
    }
  });

  it('in another company is its own', async () => {
    const { input } = await first();
    const other = await asked();
    expect(await refusal(reply(other.c, other.id, input))).toBe('done');
  });
});

describe('one of two recipients refused for now', () => {
  it('is tried again alone: everybody gets one mail', async () => {
    const { c, id } = await asked();
    const { deliveryId } = await reply(c, id, { cc: [address(BOSS)] });
    sink.fault({ mode: 'rcpt-450', recipient: BOSS, times: 1 });
    await deliver(c, deliveryId, minutes(6));
    expect(await recipients(c, deliveryId)).toEqual(['accepted', 'pending']);
    const row = await delivery(c, deliveryId);
    expect(row).toMatchObject({ state: 'retry', attempts: 1, acceptedAt: minutes(6), leaseToken: null });
    expect(row.deliveryRecipientByDelivery[1]).toMatchObject({ code: 450 });
    expect(Math.abs(row.nextAttemptAt.getTime() - Date.now() - 60_000)).toBeLessThan(20_000);
    // The customer has the answer: what was chosen follows at once.
    expect(await c.conversation(id)).toMatchObject({ status: 'done', waitingSince: null, warning: null });
    expect(await toFile(c)).toBe(0);
    expect(await refusal(c.as('aoki', (s) => cancelDelivery(s, deliveryId)))).toBe('Conflict: cancelTooLate');
    await deliver(c, deliveryId, minutes(7));
    expect(arrived()).toEqual([TARO]);
    await later(c, deliveryId);
    await deliver(c, deliveryId, minutes(8));
    expect(arrived()).toEqual([TARO, BOSS]);
    const [one, two] = sink.mails();
    expect(two?.raw.toString('latin1')).toBe(one?.raw.toString('latin1'));
    expect(await delivery(c, deliveryId)).toMatchObject({ state: 'sent', attempts: 2, acceptedAt: minutes(6) });
    expect(await recipients(c, deliveryId)).toEqual(['accepted', 'accepted']);
    expect(await acceptances(c, id)).toMatchObject([
      { to_customer: true, accepted: 1, rejected: 0 },
      { to_customer: false, accepted: 1, rejected: 0 },
    ]);
    expect((await c.eventTypes(id)).slice(-3)).toEqual(['delivery.accepted', 'status.changed', 'delivery.accepted']);
    expect(await toFile(c)).toBe(1);
  });

  it('who is the customer: the answer counts when it reaches them', async () => {
    const { c, id } = await asked();
    const { deliveryId } = await reply(c, id, { cc: [address(BOSS)] });
    sink.fault({ mode: 'rcpt-450', recipient: TARO, times: 1 });
    await deliver(c, deliveryId, minutes(6));
    expect(await c.conversation(id)).toMatchObject({ status: 'doing', waitingSince: NOW, warning: null });
    expect(await refusal(c.as('aoki', (s) => endConversation(s, id, { noAnswer: true })))).toBe(
      'Conflict: endWhileSending',
    );
    await later(c, deliveryId);
    await deliver(c, deliveryId, minutes(8));
    expect(arrived()).toEqual([BOSS, TARO]);
    expect(await acceptances(c, id)).toMatchObject([
      { to_customer: false, accepted: 1, rejected: 0 },
      { to_customer: true, accepted: 1, rejected: 0 },
    ]);
    expect(await c.conversation(id)).toMatchObject({ status: 'done', endedAt: minutes(8), waitingSince: null });
    const waits = await owner.inboundWait.findMany({ where: { tenantId: c.tenantId } });
    expect(waits).toMatchObject([{ answeredBy: deliveryId }]);
  });

  it.each([
    ['a copy', BOSS, { waitingSince: null }],
    ['the customer', TARO, { waitingSince: NOW }],
  ])('to the end of the schedule, %s is refused, and somebody must look', async (_who, gone, waits) => {
    const { c, id } = await asked();
    const { deliveryId } = await reply(c, id, { cc: [address(BOSS)] });
    sink.fault({ mode: 'rcpt-450', recipient: gone });
    await deliver(c, deliveryId);
    await setDelivery(c, deliveryId, { attempts: 10, nextAttemptAt: new Date(0) });
    await deliver(c, deliveryId, minutes(60));
    const states = gone === BOSS ? ['accepted', 'refused'] : ['refused', 'accepted'];
    expect(await recipients(c, deliveryId)).toEqual(states);
    expect(await delivery(c, deliveryId)).toMatchObject({ state: 'sent', lastCode: 450 });
    expect(await c.conversation(id)).toMatchObject({ status: 'doing', warning: 'failed', ...waits });
    const failed = (await c.events(id)).find(({ type }) => type === 'delivery.failed');
    expect(failed).toMatchObject({ data: { recipient_count: 1, hard: false, voids_answer: false } });
    expect(sink.mails()).toHaveLength(1);
    expect(await toFile(c)).toBe(1);
  });

  it('at the last try of the schedule is refused at once', async () => {
    const { c, id } = await asked();
    const { deliveryId } = await reply(c, id, { cc: [address(BOSS)] });
    await setDelivery(c, deliveryId, { attempts: 10 });
    sink.fault({ mode: 'rcpt-450', recipient: BOSS });
    await deliver(c, deliveryId);
    expect(await delivery(c, deliveryId)).toMatchObject({ state: 'sent' });
    expect(await recipients(c, deliveryId)).toEqual(['accepted', 'refused']);
    expect(await c.conversation(id)).toMatchObject({ warning: 'failed', waitingSince: null });
  });

  it('does not let the other be forgotten who was refused for good', async () => {
    const { c, id } = await asked();
    const { deliveryId } = await reply(c, id, { cc: [address(BOSS), address(WIFE)] });
    sink.fault({ mode: 'rcpt-550', recipient: BOSS });
    sink.fault({ mode: 'rcpt-450', recipient: WIFE, times: 1 });
    await deliver(c, deliveryId);
    expect(await recipients(c, deliveryId)).toEqual(['accepted', 'refused', 'pending']);
    expect((await c.conversation(id)).warning).toBe('failed');
    await later(c, deliveryId);
    await deliver(c, deliveryId);
    expect(await recipients(c, deliveryId)).toEqual(['accepted', 'refused', 'accepted']);
    expect(arrived()).toEqual([TARO, WIFE]);
    expect((await c.conversation(id)).warning).toBe('failed');
  });

  it('whose second try ends unknown: only that one is', async () => {
    const { c, id } = await asked();
    const { deliveryId } = await reply(c, id, { cc: [address(BOSS)] });
    sink.fault({ mode: 'rcpt-450', recipient: BOSS, times: 1 });
    await deliver(c, deliveryId);
    await later(c, deliveryId);
    sink.fault({ mode: 'drop-after-dot', times: 1 });
    await deliver(c, deliveryId);
    expect(await delivery(c, deliveryId)).toMatchObject({ state: 'uncertain' });
    expect((await c.events(id)).find(({ type }) => type === 'delivery.uncertain')).toMatchObject({
      data: { recipient_count: 1 },
    });
    expect(await c.conversation(id)).toMatchObject({ status: 'doing', warning: 'uncertain', waitingSince: null });
  });
});

describe('an account that cannot be opened', () => {
  it('makes a try that failed, with words, and the next one succeeds when it is set right', async () => {
    vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    const { c, id } = await asked();
    const key = { tenantId_id: { tenantId: c.tenantId, id: c.accounts.shop ?? '' } };
    const { smtpSecret } = await owner.mailAccount.findUniqueOrThrow({ where: key });
    await owner.mailAccount.update({ where: key, data: { smtpSecret: 'sealed by a key that is lost' } });
    const { deliveryId } = await reply(c, id);
    await deliver(c, deliveryId);
    const row = await delivery(c, deliveryId);
    expect(row).toMatchObject({ state: 'retry', attempts: 1, leaseToken: null, lastWords: expect.stringMatching(/./) });
    expect(row.nextAttemptAt.getTime()).toBeGreaterThan(Date.now());
    await owner.mailAccount.update({ where: key, data: { smtpSecret } });
    await later(c, deliveryId);
    await deliver(c, deliveryId);
    expect(await delivery(c, deliveryId)).toMatchObject({ state: 'sent', attempts: 2 });
    vi.restoreAllMocks();
  });

  it('for two days fails, and somebody sees it', async () => {
    vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    const { c, id } = await asked();
    await owner.mailAccount.updateMany({ where: { tenantId: c.tenantId }, data: { smtpSecret: 'lost' } });
    const { deliveryId } = await reply(c, id);
    await setDelivery(c, deliveryId, { attempts: 10 });
    await deliver(c, deliveryId);
    expect(await delivery(c, deliveryId)).toMatchObject({ state: 'failed' });
    expect(await c.conversation(id)).toMatchObject({ status: 'doing', warning: 'failed', waitingSince: NOW });
    vi.restoreAllMocks();
  });
});
