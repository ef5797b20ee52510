import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { endConversation } from '#lib/conversations/end.ts';
import { readConversation } from '#lib/conversations/read.ts';
import { ownSink } from '#tests/support/mail.ts';
import { bounceMail, mailId, rawMail } from '#tests/support/raw-mail.ts';
import { deliver, delivery, reply, sentAs, setDelivery } from '#tests/support/sending.ts';
import { type Company, company, minutes } from '#tests/support/tenant.ts';

/** Which delivery a bounce belongs to, whom it concerns, and when it brings a case back. */
let sink: Awaited<ReturnType<typeof ownSink>>;
beforeAll(async () => {
  sink = await ownSink({ password: 'pw' });
});
afterAll(() => sink.stop());
beforeEach(() => {
  sink.clearFaults();
  sink.clear();
});

const TARO = { name: '', address: 'taro@example.com' };
const BOSS = { name: '', address: 'boss@example.net' };

/** A case of taro@example.com answered to the given people, its answer accepted; by default it is then 対応終了. */
async function answered(wanted: Parameters<typeof reply>[2] = {}) {
  const c = await company({ smtpPort: sink.smtpPort });
  const asked = mailId();
  const { conversationId: id } = await c.arrive({ id: asked });
  const { deliveryId } = await reply(c, id, wanted);
  await deliver(c, deliveryId);
  return { c, id, asked, deliveryId, returned: await sentAs(c, deliveryId) };
}

const recipientsOf = async (c: Company, id: string) =>
  (await delivery(c, id)).deliveryRecipientByDelivery.map(({ address, state, reason }) => [address, state, reason]);

/** A mail system's plain words, without anything of the mail they are about. */
const plainBounce = (c: Company, recipient: string, headers: Record<string, string> = {}) =>
  rawMail({
    ...{ from: 'MAILER-DAEMON@mx.example.net', to: c.address(), subject: 'Mail System Error - Returned Mail' },
    ...{ headers: { 'Return-Path': '<>', ...headers } },
    text: `The user(s) account is disabled.\n\n<${recipient}>\n`,
  });

describe('whom a bounce concerns', () => {
  it('is each recipient with the reason of its own', async () => {
    const { c, id, deliveryId, returned } = await answered({ cc: [BOSS] });
    const fields = [
      'Final-Recipient: rfc822; taro@example.com\nAction: failed\nStatus: 5.2.0\nDiagnostic-Code: smtp; 550 Unknown user',
      'Final-Recipient: rfc822; boss@example.net\nAction: failed\nStatus: 5.1.2\nDiagnostic-Code: smtp; Host not found',
    ];
    const text = [
      '--b\nContent-Type: text/plain\n\nIt could not be delivered.',
      `--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx\n\n${fields.join('\n\n')}`,
      `--b\nContent-Type: text/rfc822-headers\n\nMessage-ID: ${returned}\n\n--b--\n`,
    ].join('\n\n');
    const type = 'multipart/report; report-type=delivery-status; boundary=b';
    await c.arrive(
      rawMail({ from: 'MAILER-DAEMON@mx.example', to: c.address(), headers: { 'Content-Type': type }, text }),
    );
    expect(await recipientsOf(c, deliveryId)).toEqual([
      ['taro@example.com', 'refused', 'filtered'],
      ['boss@example.net', 'refused', 'hostunknown'],
    ]);
    const { items } = await c.as('aoki', (s) => readConversation(s, id));
    const sent = items.find((item) => item.kind === 'mail' && item.delivery !== null);
    expect(sent).toMatchObject({ delivery: { recipients: [{ reason: 'filtered' }, { reason: 'hostunknown' }] } });
    expect(items.find((item) => item.kind === 'event' && item.sentence === 'deliveryBounced')).toMatchObject({
      params: { reason: 'filtered' },
    });
  });

  it('is the address we wrote to, also where another stands behind it', async () => {
    const { c, deliveryId, returned } = await answered();
    const report = bounceMail({ to: c.address(), recipient: 'taro@backend.example', returned }).toString();
    const forwarded = report.replace(
      'Final-Recipient:',
      'Original-Recipient: rfc822;taro@example.com\r\nFinal-Recipient:',
    );
    await c.arrive(Buffer.from(forwarded));
    expect(await recipientsOf(c, deliveryId)).toEqual([['taro@example.com', 'refused', 'userunknown']]);
  });

  it('is nobody where it names only people we never wrote to', async () => {
    const { c, id, deliveryId, returned } = await answered();
    const before = await delivery(c, deliveryId);
    await c.arrive(bounceMail({ to: c.address(), recipient: 'stranger@example.org', returned }));
    expect(await delivery(c, deliveryId)).toEqual(before);
    expect(await c.conversation(id)).toMatchObject({ status: 'done', warning: null });
    expect(await c.eventTypes(id)).not.toContain('delivery.bounced');
  });

  it('settles what nobody knew when it is of a copy alone: the mail had left us', async () => {
    const c = await company({ smtpPort: sink.smtpPort });
    const { conversationId: id } = await c.arrive({});
    const { deliveryId } = await reply(c, id, { cc: [BOSS], thenStatus: 'doing' });
    sink.fault({ mode: 'drop-after-dot', times: 1 });
    await deliver(c, deliveryId);
    await c.arrive(bounceMail({ to: c.address(), recipient: BOSS.address, returned: await sentAs(c, deliveryId) }));
    expect((await delivery(c, deliveryId)).state).toBe('sent');
    expect(await c.conversation(id)).toMatchObject({ status: 'doing', warning: 'failed', waitingSince: null });
  });
});

describe('a bounce that returns no id', () => {
  it('belongs to the one mail that went to that address lately', async () => {
    const { c, id, deliveryId } = await answered();
    const got = await c.arrive(plainBounce(c, TARO.address), { at: minutes(30) });
    expect(got.conversationId).toBe(id);
    expect(await recipientsOf(c, deliveryId)).toEqual([['taro@example.com', 'refused', 'suspended']]);
    expect(await c.conversation(id)).toMatchObject({ status: 'doing', warning: 'failed' });
  });

  it('is a notice where two mails went there, or none, or the last one long ago', async () => {
    const { c, id } = await answered({ thenStatus: 'doing' });
    expect((await c.arrive(plainBounce(c, 'stranger@example.org'))).conversationId).not.toBe(id);
    expect((await c.arrive(plainBounce(c, TARO.address), { at: minutes(60 * 24 * 9) })).conversationId).not.toBe(id);
    const second = await reply(c, id, { at: minutes(10) });
    await deliver(c, second.deliveryId, minutes(11));
    const got = await c.arrive(plainBounce(c, TARO.address), { at: minutes(30) });
    expect(got.conversationId).not.toBe(id);
    expect(await c.conversation(got.conversationId)).toMatchObject({ status: 'new', notice: true });
  });

  it('is somebody else’s where it answers an id that isn’t ours', async () => {
    const { c, id } = await answered();
    const got = await c.arrive(plainBounce(c, TARO.address, { 'In-Reply-To': mailId() }), { at: minutes(30) });
    expect(got.conversationId).not.toBe(id);
    expect((await c.conversation(id)).status).toBe('done');
  });
});

describe('a bounce brings a case back once', () => {
  it('and not again when another report of the same failure comes after somebody ended it', async () => {
    const { c, id, returned } = await answered();
    await c.arrive(bounceMail({ to: c.address(), recipient: TARO.address, returned }), { at: minutes(8) });
    await c.as('aoki', (s) => endConversation(s, id, { noAnswer: false }), minutes(20));
    const again = bounceMail({ to: c.address(), recipient: TARO.address, returned });
    expect((await c.arrive(again, { at: minutes(30) })).conversationId).toBe(id);
    expect(await c.conversation(id)).toMatchObject({ status: 'done', warning: null });
  });

  it('and not when the customer got a later answer, and the case was ended with it', async () => {
    const { c, id, returned } = await answered({ thenStatus: 'doing' });
    const second = await reply(c, id, { at: minutes(10), thenStatus: 'done' });
    await deliver(c, second.deliveryId, minutes(11));
    await c.arrive(bounceMail({ to: c.address(), recipient: TARO.address, returned }), { at: minutes(60) });
    expect(await c.conversation(id)).toMatchObject({ status: 'done', warning: null });
    expect((await c.events(id)).at(-1)).toMatchObject({ type: 'delivery.bounced', data: { voids_answer: true } });
  });

  it('and not when the customer has written since and the case was ended after that', async () => {
    const { c, id, asked, returned } = await answered();
    await c.arrive({ inReplyTo: asked, text: 'もう一つ質問です。' }, { at: minutes(20) });
    await c.as('aoki', (s) => endConversation(s, id, { noAnswer: true }), minutes(30));
    await c.arrive(bounceMail({ to: c.address(), recipient: TARO.address, returned }), { at: minutes(60) });
    expect(await c.conversation(id)).toMatchObject({ status: 'done', doneKind: 'none' });
  });

  it('and never for automatic mail: only its event', async () => {
    const { c, id, deliveryId, returned } = await answered({ thenStatus: 'doing' });
    await setDelivery(c, deliveryId, { human: false, kind: 'auto' });
    const before = await c.conversation(id);
    await c.arrive(bounceMail({ to: c.address(), recipient: TARO.address, returned }), { at: minutes(8) });
    expect(await c.conversation(id)).toMatchObject({
      ...{ status: 'doing', warning: null, waitingSince: null, contentSeq: before.contentSeq },
    });
    expect((await c.events(id)).at(-1)).toMatchObject({ type: 'delivery.bounced', data: { voids_answer: false } });
  });

  it('and never for a report that it is only late', async () => {
    const { c, id, returned } = await answered();
    const delayed = bounceMail({ to: c.address(), recipient: TARO.address, returned })
      .toString()
      .replace('Action: failed', 'Action: delayed')
      .replace('Status: 5.1.1', 'Status: 4.4.1');
    await c.arrive(Buffer.from(delayed), { at: minutes(8) });
    expect(await c.conversation(id)).toMatchObject({ status: 'done', warning: null });
    expect(await c.eventTypes(id)).not.toContain('delivery.bounced');
  });
});
