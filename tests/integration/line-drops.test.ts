import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { fixedClock } from '#lib/clock.ts';
import type { ReplyInput } from '#lib/conversations/shapes.ts';
import { newId } from '#lib/ids.ts';
import { closeIdleLines } from '#lib/mail/smtp/submit.ts';
import { claimDelivery } from '#lib/outbox/claim.ts';
import { deliverMail } from '#lib/outbox/deliver.ts';
import { resolveUncertain } from '#lib/outbox/resolve.ts';
import { settleDelivery } from '#lib/outbox/settle.ts';
import { bounceMail } from '#tests/support/raw-mail.ts';
import { type Deed, type Place, type Script, type ScriptedSmtp, scriptedSmtp } from '#tests/support/scripted-smtp.ts';
import { delivery, reply, sentAs, setDelivery } from '#tests/support/sending.ts';
import { type Company, company, minutes, owner } from '#tests/support/tenant.ts';

/*
 * The line drops: at every place of the dialogue and in every way, an answer written by an agent is sent by the worker's own
 * verb, and what the server has taken into its hands is counted there. After the fault the worker comes again and again.
 */
let server: ScriptedSmtp;
beforeAll(async () => {
  server = await scriptedSmtp();
});
afterAll(async () => {
  closeIdleLines();
  await server.close();
});
beforeEach(() => {
  closeIdleLines();
  server.play({});
  server.taken.length = 0;
});

const TO = ['taro@example.com', 'jiro@example.com'].map((address) => ({ name: '', address }));

async function queued(input: Partial<ReplyInput> = {}) {
  const c = await company({ smtpPort: server.port });
  const { conversationId: id } = await c.arrive({});
  const { deliveryId } = await reply(c, id, input);
  return { c, id, deliveryId };
}
/** The worker has the delivery once more, as if its time had come. */
async function work(c: Company, deliveryId: string, silenceMs = 20_000): Promise<void> {
  await owner.delivery.updateMany({
    where: { tenantId: c.tenantId, id: deliveryId, state: { in: ['queued', 'retry'] } },
    data: { nextAttemptAt: new Date(0) },
  });
  await deliverMail(c.tenantId, deliveryId, { clock: fixedClock(minutes(6)), silenceMs });
}
async function faulty(script: Script, input: Partial<ReplyInput> = {}) {
  const world = await queued(input);
  server.play(script);
  await work(world.c, world.deliveryId, 500);
  server.play({});
  return { ...world, row: await delivery(world.c, world.deliveryId) };
}
const recipients = async (c: Company, id: string) =>
  (await delivery(c, id)).deliveryRecipientByDelivery.map(({ address, state, code, words }) => ({
    ...{ address, state, code, words },
  }));

const BEFORE: Place[] = ['connect', 'greeting', 'ehlo', 'auth', 'mail', 'rcpt', 'data'];
const LONG = '長い返信です。\n'.repeat(400_000);

describe('the line drops before the final dot', () => {
  it.each([...BEFORE, 'body'] as Place[])('at %s: tried again, and then delivered exactly once', async (place) => {
    const text = place === 'body' ? LONG : 'お待ちください。';
    const { c, id, deliveryId, row } = await faulty({ [place]: { drop: true } }, { text });
    expect(row.state).toBe('retry');
    expect(server.taken).toHaveLength(0);
    expect(await c.conversation(id)).toMatchObject({ warning: null });
    for (let n = 0; n < 3; n += 1) await work(c, deliveryId);
    expect((await delivery(c, deliveryId)).state).toBe('sent');
    expect(server.taken).toHaveLength(1);
  });

  it.each(BEFORE.slice(1))('silence at %s: tried again, and then delivered exactly once', async (place) => {
    const { c, deliveryId, row } = await faulty({ [place]: { hang: true } });
    expect(row.state).toBe('retry');
    for (let n = 0; n < 2; n += 1) await work(c, deliveryId);
    expect((await delivery(c, deliveryId)).state).toBe('sent');
    expect(server.taken).toHaveLength(1);
  });

  it.each(
    BEFORE.slice(1).flatMap((place): [Place, number, string][] => [
      [place, 421, 'retry'],
      [place, 451, 'retry'],
      [place, 554, ['mail', 'rcpt', 'data'].includes(place) ? 'failed' : 'retry'],
    ]),
  )('%s is answered with %i: %s, with the server’s words, and nothing delivered', async (place, code, state) => {
    const { c, row, id } = await faulty({ [place]: { say: `${code} 4.3.0 in these words` } });
    expect(row).toMatchObject({ state, lastCode: code, lastWords: expect.stringContaining('in these words') });
    expect(await c.conversation(id)).toMatchObject({ warning: state === 'failed' ? 'failed' : null, status: 'doing' });
    expect(server.taken).toHaveLength(0);
  });
});

describe('the line drops after the final dot', () => {
  const WAYS: [string, Deed, number][] = [
    ['cut, the server has it', { drop: true, keeps: true }, 1],
    ['cut, the server lost it', { drop: true }, 0],
    ['silence, the server has it', { hang: true, keeps: true }, 1],
    ['half a yes', { half: '250 o', drop: true, keeps: true }, 1],
  ];

  it.each(WAYS)('%s: uncertain, and the worker never sends it again', async (_how, deed, taken) => {
    const { c, id, deliveryId, row } = await faulty({ dot: deed });
    expect(row.state).toBe('uncertain');
    expect(await c.conversation(id)).toMatchObject({ status: 'doing', warning: 'uncertain' });
    for (let n = 0; n < 5; n += 1) await work(c, deliveryId);
    expect((await delivery(c, deliveryId)).state).toBe('uncertain');
    expect(server.taken).toHaveLength(taken);
  });

  it.each([
    [421, 'retry'],
    [451, 'retry'],
    [554, 'failed'],
  ])('but an answer of %i is one: %s', async (code, state) => {
    const { row } = await faulty({ dot: { say: `${code} no` } });
    expect(row).toMatchObject({ state, lastCode: code });
    expect(server.taken).toHaveLength(0);
  });

  it.each([{ drop: true }, { hang: true }, { say: '500 what' }])(
    '%j at QUIT is no matter: sent, once',
    async (deed) => {
      const { row } = await faulty({ quit: deed });
      closeIdleLines();
      expect(row.state).toBe('sent');
      expect(server.taken).toHaveLength(1);
    },
  );

  it('「届いていた」 settles it without sending', async () => {
    const { c, id, deliveryId } = await faulty({ dot: { drop: true, keeps: true } });
    await c.as('aoki', (scope) => resolveUncertain(scope, deliveryId, { answer: 'arrived' }));
    expect(await delivery(c, deliveryId)).toMatchObject({ state: 'sent' });
    expect(await c.conversation(id)).toMatchObject({ status: 'done', warning: null });
    expect(server.taken).toHaveLength(1);
  });

  it('「もう一度送る」 sends the same bytes once more, only then', async () => {
    const { c, deliveryId } = await faulty({ dot: { drop: true, keeps: true } });
    await c.as('aoki', (scope) => resolveUncertain(scope, deliveryId, { answer: 'resend' }));
    for (let n = 0; n < 2; n += 1) await work(c, deliveryId);
    expect(await delivery(c, deliveryId)).toMatchObject({ state: 'sent' });
    expect(server.taken.map(({ raw }) => raw)).toEqual([server.taken[0]?.raw, server.taken[0]?.raw]);
  });

  it('our copy in the provider’s Sent proves it', async () => {
    const { c, id, deliveryId } = await faulty({ dot: { drop: true, keeps: true } });
    const raw = Buffer.from(server.taken[0]?.raw ?? '', 'latin1');
    await c.arrive(raw, { folder: 'sent' });
    expect(await delivery(c, deliveryId)).toMatchObject({ state: 'sent' });
    expect(await c.conversation(id)).toMatchObject({ warning: null });
    expect(server.taken).toHaveLength(1);
  });

  it('a bounce of it proves that it left, and that it did not arrive', async () => {
    const { c, id, deliveryId } = await faulty({ dot: { drop: true, keeps: true } });
    const returned = await sentAs(c, deliveryId);
    await c.arrive(bounceMail({ to: c.address(), recipient: 'taro@example.com', returned }));
    expect(await delivery(c, deliveryId)).toMatchObject({ state: 'failed' });
    expect(await c.conversation(id)).toMatchObject({ status: 'doing', warning: 'failed' });
    for (let n = 0; n < 2; n += 1) await work(c, deliveryId);
    expect(server.taken).toHaveLength(1);
  });
});

describe('one of two recipients', () => {
  it('refused for good while the line drops after the dot stays refused, whatever comes after', async () => {
    const script = { rcpt2: { say: '550 5.1.1 unknown' }, dot: { drop: true, keeps: true } };
    const { c, id, deliveryId, row } = await faulty(script, { to: TO });
    expect(row.state).toBe('uncertain');
    expect((await recipients(c, deliveryId))[1]).toMatchObject({ code: 550, words: '550 5.1.1 unknown' });
    await c.as('aoki', (scope) => resolveUncertain(scope, deliveryId, { answer: 'arrived' }));
    expect((await recipients(c, deliveryId)).map((r) => r.state)).toEqual(['accepted', 'refused']);
    expect(await c.conversation(id)).toMatchObject({ warning: 'failed' });
    expect(server.taken.map((mail) => mail.to)).toEqual([['taro@example.com']]);
  });

  it('put off for now while the line drops after the dot gets it later, alone, once the rest is known to have arrived', async () => {
    const script = { rcpt2: { say: '450 4.2.0 greylisted' }, dot: { drop: true, keeps: true } };
    const { c, deliveryId } = await faulty(script, { to: TO });
    await c.as('aoki', (scope) => resolveUncertain(scope, deliveryId, { answer: 'arrived' }));
    expect((await delivery(c, deliveryId)).state).toBe('retry');
    await work(c, deliveryId);
    expect((await recipients(c, deliveryId)).map((r) => r.state)).toEqual(['accepted', 'accepted']);
    expect(server.taken.map((mail) => mail.to)).toEqual([['taro@example.com'], ['jiro@example.com']]);
  });

  it('refused for good and taken off when the mail is sent once more', async () => {
    const script = { rcpt2: { say: '550 5.1.1 unknown' }, dot: { drop: true } };
    const { c, deliveryId } = await faulty(script, { to: TO });
    await c.as('aoki', (scope) => resolveUncertain(scope, deliveryId, { answer: 'resend' }));
    await work(c, deliveryId);
    expect((await recipients(c, deliveryId)).map((r) => r.state)).toEqual(['accepted', 'refused']);
    expect(server.taken.map((mail) => mail.to)).toEqual([['taro@example.com']]);
  });

  it('put off while the other has it gets it alone, under the same Message-ID', async () => {
    const { c, deliveryId, row } = await faulty({ rcpt2: { say: '450 4.2.0 greylisted' } }, { to: TO });
    expect(row.state).toBe('retry');
    await work(c, deliveryId);
    expect((await delivery(c, deliveryId)).state).toBe('sent');
    expect(server.taken.map((mail) => mail.to)).toEqual([['taro@example.com'], ['jiro@example.com']]);
    expect(new Set(server.taken.map(({ raw }) => raw)).size).toBe(1);
  });

  it('refused for good while the other is put off is told of at once, and only the other is tried again', async () => {
    const script = { rcpt: { say: '550 5.1.1 unknown' }, rcpt2: { say: '450 4.2.0 greylisted' } };
    const { c, id, deliveryId, row } = await faulty(script, { to: TO });
    expect(row.state).toBe('retry');
    expect(await recipients(c, deliveryId)).toEqual([
      { address: 'taro@example.com', state: 'refused', code: 550, words: '550 5.1.1 unknown' },
      { address: 'jiro@example.com', state: 'pending', code: 450, words: '450 4.2.0 greylisted' },
    ]);
    expect(await c.conversation(id)).toMatchObject({ warning: 'failed', status: 'doing' });
    await work(c, deliveryId);
    expect(server.taken.map((mail) => mail.to)).toEqual([['jiro@example.com']]);
    expect(await c.conversation(id)).toMatchObject({ warning: 'failed' });
  });

  it('both refused for good, each keeps the words said to it', async () => {
    const script = { rcpt: { say: '550 5.1.1 unknown' }, rcpt2: { say: '552 5.2.2 full' } };
    const { c, deliveryId, row } = await faulty(script, { to: TO });
    expect(row.state).toBe('failed');
    expect((await recipients(c, deliveryId)).map((r) => r.words)).toEqual(['550 5.1.1 unknown', '552 5.2.2 full']);
  });
});

describe('an account', () => {
  it('whose server says slower rests with all its mails, and loses none', async () => {
    const { c, id, deliveryId } = await queued();
    const other = await reply(c, id, { who: 'aoki', text: '二通目です。' });
    server.play({ mail: { say: '454 Throttling failure: Maximum sending rate exceeded' } });
    await work(c, deliveryId);
    const waiting = await delivery(c, other.deliveryId);
    expect(waiting.state).toBe('queued');
    expect(waiting.nextAttemptAt.getTime()).toBeGreaterThan(Date.now() + 50_000);
    server.play({});
    for (const one of [deliveryId, other.deliveryId]) await work(c, one);
    expect(server.taken).toHaveLength(2);
  });

  it('at its daily limit fails no mail, though the server says 550', async () => {
    const { row } = await faulty({ mail: { say: '550 5.4.5 Daily user sending limit exceeded' } });
    expect(row.state).toBe('retry');
    expect(row.nextAttemptAt.getTime()).toBeGreaterThan(Date.now() + 3000_000);
  });

  it('sends no more a minute than it may', async () => {
    const { c, id, deliveryId } = await queued();
    await owner.mailAccount.updateMany({ where: { tenantId: c.tenantId }, data: { sendPerMinute: 1 } });
    const other = await reply(c, id, { text: '二通目です。' });
    await work(c, deliveryId);
    await work(c, other.deliveryId);
    expect(server.taken).toHaveLength(1);
    const waiting = await delivery(c, other.deliveryId);
    expect(waiting).toMatchObject({ state: 'queued', attempts: 0 });
    expect(waiting.nextAttemptAt.getTime()).toBeGreaterThan(Date.now() + 45_000);
    await setDelivery(c, deliveryId, { dataStartedAt: new Date(Date.now() - 61_000) });
    await work(c, other.deliveryId);
    expect(server.taken).toHaveLength(2);
  });

  it('has no more mails under way at once than it may', async () => {
    const { c, id, deliveryId } = await queued();
    await owner.mailAccount.updateMany({ where: { tenantId: c.tenantId }, data: { sendConnections: 1 } });
    const other = await reply(c, id, { text: '二通目です。' });
    server.play({ dot: { hang: true } });
    const first = work(c, deliveryId, 1500);
    await new Promise((resolve) => setTimeout(resolve, 200));
    await work(c, other.deliveryId);
    await first;
    expect(await delivery(c, other.deliveryId)).toMatchObject({ state: 'queued', attempts: 0 });
  });

  it('that was paused keeps its mail where everybody sees it', async () => {
    const { c, deliveryId } = await queued();
    await owner.mailAccount.updateMany({ where: { tenantId: c.tenantId }, data: { state: 'paused' } });
    await work(c, deliveryId);
    expect(await delivery(c, deliveryId)).toMatchObject({ state: 'retry', lastWords: 'own:sendingPaused' });
    expect(server.taken).toHaveLength(0);
    await owner.mailAccount.updateMany({ where: { tenantId: c.tenantId }, data: { state: 'active' } });
    await work(c, deliveryId);
    expect(server.taken).toHaveLength(1);
  });

  it('whose provider writes its own Message-ID is answered, and gets its bounces, under that one', async () => {
    const { c, id, deliveryId } = await queued();
    const smtpHost = 'email-smtp.ap-northeast-1.amazonaws.com';
    await owner.mailAccount.updateMany({ where: { tenantId: c.tenantId }, data: { smtpHost } });
    const token = newId();
    await c.bySystem((scope) => claimDelivery(scope, deliveryId, token));
    const given = '0100018b5c3c0a4f-1c2d3e4f-000000';
    const result = { kind: 'sent' as const, accepted: [], rejected: [], response: `250 Ok ${given}` };
    await c.bySystem((scope) => settleDelivery(scope, deliveryId, { token, attempts: 1 }, result));
    expect(await delivery(c, deliveryId)).toMatchObject({ state: 'sent', providerId: given });
    const mailId = `<${given}@ap-northeast-1.amazonses.com>`;
    expect((await c.arrive({ inReplyTo: mailId })).conversationId).toBe(id);
    const bounce = bounceMail({ to: c.address(), recipient: 'taro@example.com', returned: mailId });
    expect((await c.arrive(bounce)).conversationId).toBe(id);
    expect(await delivery(c, deliveryId)).toMatchObject({ state: 'failed' });
  });
});
