import { describe, expect, it } from 'vitest';
import { addComment } from '#lib/conversations/comment.ts';
import { endConversation } from '#lib/conversations/end.ts';
import { type Reclassified, reclassifyMessage } from '#lib/conversations/reclassify.ts';
import { undoReclassify } from '#lib/conversations/undo-reclassify.ts';
import { newId } from '#lib/ids.ts';
import { mailId } from '#tests/support/raw-mail.ts';
import { type Company, company, minutes, NOW, owner, refusal } from '#tests/support/tenant.ts';

const AUTO = { headers: { 'Auto-Submitted': 'auto-replied' }, text: '受け付けました。' };

const treat = (c: Company, id: string, as: Reclassified, at = minutes(60), who = 'aoki') =>
  c.as(who, (s) => reclassifyMessage(s, id, { as }), at);
const waitOf = (c: Company, messageId: string) =>
  owner.inboundWait.findUnique({ where: { tenantId_messageId: { tenantId: c.tenantId, messageId } } });
const state = async (c: Company, id: string) => {
  const { version: _v, eventSeq: _e, ...rest } = await c.conversation(id);
  return rest;
};

/** An ended case that an automatic or a human mail came to. */
async function ended(mail: object) {
  const c = await company();
  const asked = mailId();
  const { conversationId: id } = await c.arrive({ id: asked });
  await c.as('aoki', (s) => endConversation(s, id, { noAnswer: false }), minutes(5));
  const { messageId } = await c.arrive({ inReplyTo: asked, ...mail }, { at: minutes(30) });
  return { c, id, asked, messageId };
}

describe('an automatic mail treated as a customer’s', () => {
  it('makes a customer’s case of the notice it opened', async () => {
    const c = await company();
    const { conversationId: id, messageId } = await c.arrive(AUTO);
    expect(await c.conversation(id)).toMatchObject({ status: 'new', notice: true, waitingSince: null });
    const before = await state(c, id);
    await treat(c, messageId, 'human');
    expect(await c.conversation(id)).toMatchObject({ status: 'new', notice: false, waitingSince: NOW });
    expect(await waitOf(c, messageId)).toMatchObject({ answeredBy: null, closedBy: null });
    await c.as('aoki', (s) => undoReclassify(s, messageId), minutes(61));
    expect(await state(c, id)).toEqual(before);
    expect(await waitOf(c, messageId)).toBeNull();
  });

  it('wakes the ended case it came to, as it would have', async () => {
    const { c, id, messageId } = await ended(AUTO);
    expect((await c.conversation(id)).status).toBe('done');
    await treat(c, messageId, 'human');
    expect(await c.conversation(id)).toMatchObject({ status: 'doing', waitingSince: minutes(30) });
    expect((await c.events(id)).slice(-2)).toMatchObject([
      { type: 'message.reclassified', data: { from: 'auto', to: 'human' } },
      { type: 'status.changed', data: { trigger: 'inbound' } },
    ]);
  });

  it('wakes nothing where the case was worked on and ended after it', async () => {
    const c = await company();
    const asked = mailId();
    const { conversationId: id } = await c.arrive({ id: asked });
    const { messageId } = await c.arrive({ inReplyTo: asked, ...AUTO }, { at: minutes(1) });
    await c.as('aoki', (s) => endConversation(s, id, { noAnswer: false }), minutes(5));
    const end = (await c.events(id)).at(-1);
    await treat(c, messageId, 'human');
    expect(await c.conversation(id)).toMatchObject({ status: 'done', waitingSince: null });
    expect(await waitOf(c, messageId)).toMatchObject({ answeredBy: null, closedBy: end?.id });
  });
});

describe('a customer’s mail treated as automatic', () => {
  it('ends no case that it opened: a notice waits for nobody', async () => {
    const c = await company();
    const { conversationId: id, messageId } = await c.arrive({});
    await treat(c, messageId, 'auto');
    expect(await c.conversation(id)).toMatchObject({ status: 'new', notice: true, waitingSince: null });
    expect(await waitOf(c, messageId)).toBeNull();
    await c.as('aoki', (s) => undoReclassify(s, messageId), minutes(61));
    expect(await c.conversation(id)).toMatchObject({ status: 'new', notice: false, waitingSince: NOW });
  });

  it('lets the case that it alone woke sleep on, and back again', async () => {
    const { c, id, messageId } = await ended({ text: '別件です。お返事ください。' });
    const woken = await state(c, id);
    expect(woken).toMatchObject({ status: 'doing', waitingSince: minutes(30) });
    await treat(c, messageId, 'auto');
    expect(await c.conversation(id)).toMatchObject({
      ...{ status: 'done', doneKind: 'answered', endedAt: minutes(5), waitingSince: null },
    });
    await c.as('aoki', (s) => undoReclassify(s, messageId), minutes(61));
    expect(await state(c, id)).toEqual(woken);
  });

  it('leaves the case open where somebody has done something since', async () => {
    const { c, id, messageId } = await ended({ text: '別件です。お返事ください。' });
    await c.as('aoki', (s) => addComment(s, id, { clientId: newId(), text: '見ます' }), minutes(40));
    await treat(c, messageId, 'auto');
    expect(await c.conversation(id)).toMatchObject({ status: 'doing', waitingSince: null });
  });
});

describe('saying what a mail is', () => {
  it('that it is already changes nothing', async () => {
    const c = await company();
    const { conversationId: id, messageId } = await c.arrive({});
    const before = await c.conversation(id);
    await treat(c, messageId, 'human');
    expect(await c.conversation(id)).toEqual(before);
  });

  it('shows afterwards that a person said so', async () => {
    const c = await company();
    const { messageId } = await c.arrive(AUTO);
    await treat(c, messageId, 'human');
    const where = { tenantId_id: { tenantId: c.tenantId, id: messageId } };
    expect(await owner.message.findUniqueOrThrow({ where })).toMatchObject({ class: 'human', classRule: 'by-hand' });
    await c.as('aoki', (s) => undoReclassify(s, messageId));
    expect(await owner.message.findUniqueOrThrow({ where })).toMatchObject({
      class: 'auto',
      classRule: 'auto-replied',
    });
  });

  it('can be taken back by the same person alone, and only until something else happens', async () => {
    const c = await company({ members: { aoki: {}, sato: {} } });
    const { conversationId: id, messageId } = await c.arrive(AUTO);
    await treat(c, messageId, 'human');
    expect(await refusal(c.as('sato', (s) => undoReclassify(s, messageId)))).toMatch(/changedSince/);
    await c.as('sato', (s) => addComment(s, id, { clientId: newId(), text: '見ます' }));
    expect(await refusal(c.as('aoki', (s) => undoReclassify(s, messageId)))).toMatch(/changedSince/);
  });

  it('is for those who may work, in the 窓口 they see', async () => {
    const members = { aoki: {}, viewer: { roles: ['viewer' as const] }, stranger: { sees: ['billing'] } };
    const c = await company({ members, mailboxes: ['shop', 'billing'] });
    const { messageId } = await c.arrive(AUTO);
    expect(await refusal(treat(c, messageId, 'human', NOW, 'viewer'))).toMatch(/^Forbidden/);
    expect(await refusal(treat(c, messageId, 'human', NOW, 'stranger'))).toMatch(/^NotFound/);
    const other = await company();
    expect(await refusal(treat(other, messageId, 'human'))).toMatch(/^NotFound/);
  });
});
