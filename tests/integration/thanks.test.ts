import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { countConversations } from '#lib/conversations/counts.ts';
import { endConversation } from '#lib/conversations/end.ts';
import { holdConversation } from '#lib/conversations/hold.ts';
import { listConversations } from '#lib/conversations/list.ts';
import { readConversation } from '#lib/conversations/read.ts';
import { takeUpThanks } from '#lib/conversations/reclassify.ts';
import { resumeConversation } from '#lib/conversations/resume.ts';
import { confirmThanks } from '#lib/conversations/thanks.ts';
import { undoReclassify } from '#lib/conversations/undo-reclassify.ts';
import { ownSink } from '#tests/support/mail.ts';
import { mailId } from '#tests/support/raw-mail.ts';
import { deliver, delivery, reply } from '#tests/support/sending.ts';
import { type Company, company, days, minutes, NOW, owner, refusal } from '#tests/support/tenant.ts';

const THANKS = 'ありがとうございました。無事に届きました。';

/** A case that is ended (or held) five minutes after its first mail, and the thanks that come half an hour later. */
async function thanked(how: 'done' | 'hold' = 'done', wanted: Parameters<typeof company>[0] = {}) {
  const c = await company(wanted);
  const asked = mailId();
  const { conversationId: id } = await c.arrive({ id: asked });
  const at = minutes(5);
  if (how === 'done') await c.as('aoki', (s) => endConversation(s, id, { noAnswer: false }), at);
  else await c.as('aoki', (s) => holdConversation(s, id, { for: 'customer', until: null }), at);
  const { messageId } = await c.arrive({ inReplyTo: asked, text: THANKS }, { at: minutes(30) });
  return { c, id, asked, messageId };
}

const viewOf = async (c: Company) => {
  const { rows } = await c.as('aoki', (s) => listConversations(s, { view: 'thanks' }));
  const { views } = await c.as('aoki', (s) => countConversations(s));
  return { ids: rows.map((row) => row.id), marked: rows.every((row) => row.thanks), count: views.thanks };
};
const message = (c: Company, id: string) =>
  owner.message.findUniqueOrThrow({ where: { tenantId_id: { tenantId: c.tenantId, id } } });
const waits = (c: Company) =>
  owner.inboundWait.findMany({ where: { tenantId: c.tenantId }, orderBy: { contentSeq: 'asc' } });

describe('thanks', () => {
  it.each(['done', 'hold'] as const)('leave a case in %s as it is, unread in their view', async (how) => {
    const { c, id, messageId } = await thanked(how);
    expect(await c.conversation(id)).toMatchObject({
      ...{ status: how, thanksAt: minutes(30), lastMessageAt: minutes(30), messageCount: 2 },
      lastSnippet: THANKS,
    });
    expect(await message(c, messageId)).toMatchObject({ class: 'thanks', classRule: 'thanks', kpiInbound: false });
    expect((await c.events(id)).at(-1)).toMatchObject({
      ...{ type: 'message.received', status: how },
      data: { class: 'thanks', class_rule: 'thanks', kpi_inbound: false },
    });
    expect(await waits(c)).toHaveLength(1);
    expect(await viewOf(c)).toEqual({ ids: [id], marked: true, count: 1 });
    expect((await c.as('aoki', (s) => listConversations(s, { view: 'thanks' }))).rows[0]?.unread).toBe(true);
    expect((await c.as('aoki', (s) => readConversation(s, id))).thanks).toBe(true);
  });

  it('are a mail like any other in a new case, in 新着, in 対応中, and after the reopen window', async () => {
    const c = await company();
    const asked = mailId();
    const first = await c.arrive({ id: asked, text: THANKS });
    expect(await c.conversation(first.conversationId)).toMatchObject({
      status: 'new',
      waitingSince: NOW,
      thanksAt: null,
    });
    const second = await c.arrive({ inReplyTo: asked, text: THANKS }, { at: minutes(10) });
    expect(second.conversationId).toBe(first.conversationId);
    await c.as('aoki', (s) => resumeConversation(s, first.conversationId), minutes(20));
    const third = await c.arrive({ inReplyTo: asked, text: THANKS }, { at: minutes(30) });
    for (const { messageId } of [first, second, third]) {
      expect(await message(c, messageId)).toMatchObject({ class: 'human', classRule: 'thanks', kpiInbound: true });
    }
    await c.as('aoki', (s) => endConversation(s, first.conversationId, { noAnswer: false }), minutes(40));
    const late = await c.arrive({ inReplyTo: asked, text: THANKS }, { at: days(40) });
    expect(late.conversationId).not.toBe(first.conversationId);
    expect(await c.conversation(late.conversationId)).toMatchObject({ status: 'new', thanksAt: null });
    expect(await viewOf(c)).toMatchObject({ ids: [], count: 0 });
  });

  it('are what an answer written to them refers to', async () => {
    const { c, id, messageId } = await thanked();
    const { deliveryId } = await reply(c, id, { at: minutes(40), thenStatus: 'done' });
    const { message: sent } = await delivery(c, deliveryId);
    expect(sent.inReplyTo).toEqual([(await message(c, messageId)).messageIdHeader]);
  });

  it('that ask for something wake the case', async () => {
    const { c, id, asked } = await thanked();
    await c.arrive({ inReplyTo: asked, text: 'ありがとうございます。領収書をお願いします。' }, { at: minutes(40) });
    expect(await c.conversation(id)).toMatchObject({ status: 'doing', waitingSince: minutes(40), thanksAt: null });
    expect((await viewOf(c)).count).toBe(0);
  });
});

describe('with the thanks somebody', () => {
  it('confirms that they are only thanks, and may put them back', async () => {
    const { c, id } = await thanked();
    await c.as('aoki', (s) => confirmThanks(s, id, { confirmed: true }));
    expect(await c.conversation(id)).toMatchObject({ status: 'done', thanksAt: null });
    expect(await viewOf(c)).toMatchObject({ ids: [], count: 0 });
    expect((await c.events(id)).at(-1)).toMatchObject({
      ...{ type: 'field.changed', actorId: c.member() },
      data: { field: 'thanks', from: 'unconfirmed', to: 'confirmed', source: 'hand' },
    });
    await c.as('aoki', (s) => confirmThanks(s, id, { confirmed: false }));
    expect((await c.conversation(id)).thanksAt).toEqual(minutes(30));
  });

  it.each(['done', 'hold'] as const)(
    'takes a case in %s up: it counts as the customer’s mail from its own moment',
    async (how) => {
      const { c, id, messageId } = await thanked(how);
      await c.as('aoki', (s) => takeUpThanks(s, id), minutes(60));
      expect(await c.conversation(id)).toMatchObject({
        status: 'doing',
        thanksAt: null,
        doneKind: null,
        holdFor: null,
      });
      // Held, the first question waits still; ended, it was closed.
      expect((await c.conversation(id)).waitingSince).toEqual(how === 'done' ? minutes(30) : NOW);
      expect(await message(c, messageId)).toMatchObject({ class: 'human', classRule: 'by-hand', kpiInbound: true });
      expect((await waits(c)).at(-1)).toMatchObject({
        messageId,
        occurredAt: minutes(30),
        answeredBy: null,
        closedBy: null,
      });
      expect((await c.events(id)).slice(-2)).toMatchObject([
        {
          type: 'message.reclassified',
          actorId: c.member(),
          data: { message_id: messageId, from: 'thanks', to: 'human' },
        },
        { type: 'status.changed', data: { from: how, to: 'doing', trigger: 'inbound' } },
      ]);
    },
  );

  it('takes it back: status, view and wait are as they were', async () => {
    const { c, id, messageId } = await thanked();
    const before = await c.conversation(id);
    await c.as('aoki', (s) => takeUpThanks(s, id), minutes(60));
    await c.as('aoki', (s) => undoReclassify(s, messageId), minutes(61));
    const { version: _v, eventSeq: _e, ...rest } = before;
    expect(await c.conversation(id)).toMatchObject(rest);
    expect(await message(c, messageId)).toMatchObject({ class: 'thanks', classRule: 'thanks', kpiInbound: false });
    expect(await waits(c)).toHaveLength(1);
    expect((await c.events(id)).slice(-2)).toMatchObject([
      { type: 'undone', actorId: c.member() },
      { type: 'status.changed', data: { from: 'doing', to: 'done', trigger: 'undo' } },
    ]);
    // The end that goes on is the first one: taking it back by hand lets its wait go on.
    await c.as('aoki', (s) => resumeConversation(s, id), minutes(62));
    expect(await c.conversation(id)).toMatchObject({ status: 'doing', waitingSince: NOW });
  });

  it('takes up and back all that stand there together', async () => {
    const { c, id, asked, messageId } = await thanked();
    const second = await c.arrive({ inReplyTo: asked, text: '助かりました。' }, { at: minutes(40) });
    await c.as('aoki', (s) => takeUpThanks(s, id), minutes(60));
    expect((await waits(c)).map((wait) => wait.messageId).slice(-2)).toEqual([messageId, second.messageId]);
    await c.as('aoki', (s) => undoReclassify(s, second.messageId), minutes(61));
    expect(await c.conversation(id)).toMatchObject({ status: 'done', thanksAt: minutes(30), waitingSince: null });
    for (const one of [messageId, second.messageId]) expect((await message(c, one)).class).toBe('thanks');
  });

  it('may do neither as a viewer, nor from a 窓口 that isn’t seen', async () => {
    const members = { aoki: {}, viewer: { roles: ['viewer' as const] }, stranger: { sees: ['billing'] } };
    const { c, id } = await thanked('done', { members, mailboxes: ['shop', 'billing'] });
    expect(await refusal(c.as('viewer', (s) => takeUpThanks(s, id)))).toMatch(/^Forbidden/);
    expect(await refusal(c.as('viewer', (s) => confirmThanks(s, id, { confirmed: true })))).toMatch(/^Forbidden/);
    expect(await refusal(c.as('stranger', (s) => confirmThanks(s, id, { confirmed: true })))).toMatch(/^NotFound/);
    expect((await c.as('stranger', (s) => countConversations(s))).views.thanks).toBe(0);
  });
});

describe('an answer to thanks', () => {
  let sink: Awaited<ReturnType<typeof ownSink>>;
  beforeAll(async () => {
    sink = await ownSink({ password: 'pw' });
  });
  afterAll(() => sink.stop());

  it('confirms those that were there when it was written, and no later ones', async () => {
    const { c, id, asked } = await thanked('done', { smtpPort: sink.smtpPort });
    const first = await reply(c, id, { at: minutes(40), thenStatus: 'done' });
    await deliver(c, first.deliveryId, minutes(41));
    expect(await c.conversation(id)).toMatchObject({ status: 'done', thanksAt: null });
    await c.arrive({ inReplyTo: asked, text: THANKS }, { at: minutes(50) });
    const second = await reply(c, id, { at: minutes(60), thenStatus: 'done' });
    await c.arrive({ inReplyTo: asked, text: '助かりました。' }, { at: minutes(61) });
    await deliver(c, second.deliveryId, minutes(62));
    expect(await c.conversation(id)).toMatchObject({ status: 'done', thanksAt: minutes(61) });
  });
});
