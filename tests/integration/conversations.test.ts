import { describe, expect, it } from 'vitest';
import { assignConversation } from '#lib/conversations/assign.ts';
import { claimConversation } from '#lib/conversations/claim.ts';
import { addComment } from '#lib/conversations/comment.ts';
import { endConversation } from '#lib/conversations/end.ts';
import { holdConversation, releaseHold } from '#lib/conversations/hold.ts';
import { readConversation } from '#lib/conversations/read.ts';
import { markRead } from '#lib/conversations/read-mark.ts';
import { resumeConversation } from '#lib/conversations/resume.ts';
import { holdsOver } from '#lib/db/system.ts';
import { newId } from '#lib/ids.ts';
import { discardDraft, saveDraft } from '#lib/outbox/draft.ts';
import { replyToConversation } from '#lib/outbox/reply.ts';
import { type Company, company, minutes, NOW, owner, refusal } from '#tests/support/tenant.ts';

const TEAM = { aoki: {}, baba: {}, chief: { roles: ['supervisor' as const] } };

/** A company and its one new case. */
async function newCase(members: Parameters<typeof company>[0] = { members: TEAM }) {
  const c = await company(members);
  const { conversationId: id } = await c.arrive({});
  return { c, id };
}

/** The events above a seq, without ids and times. */
async function eventsAfter(c: Company, id: string, seq: number) {
  const events = (await c.events(id)).filter((event) => event.seq > seq);
  return events.map(({ seq, type, actorKind, actorId, status, doneKind, assigneeId, place, data }) => ({
    ...{ seq, type, actor: actorKind === 'person' ? actorId : actorKind, status, doneKind, assigneeId, place, data },
  }));
}
const changed = (from: string, to: string, more: object = {}) => ({
  ...{ from, to, done_kind: null, trigger: 'hand' },
  ...more,
});

describe('claiming', () => {
  it('takes the case, starts the work and writes both events with the envelope after each', async () => {
    const { c, id } = await newCase();
    const aoki = c.member();
    await c.as('aoki', (s) => claimConversation(s, id), minutes(5));
    expect(await c.conversation(id)).toMatchObject({ status: 'doing', assigneeId: aoki, version: 2, contentSeq: 1 });
    const after = { actor: aoki, doneKind: null, assigneeId: aoki, place: 'normal' };
    expect(await eventsAfter(c, id, 2)).toEqual([
      { ...after, seq: 3, type: 'assigned', status: 'new', data: { from: null, to: aoki, how: 'claim' } },
      { ...after, seq: 4, type: 'status.changed', status: 'doing', data: changed('new', 'doing') },
    ]);
    const [, , assigned] = await c.events(id);
    expect(assigned).toMatchObject({ occurredAt: minutes(5), v: 1, mailboxId: c.mailbox(), imported: false });
    expect(Math.abs((assigned?.recordedAt.getTime() ?? 0) - Date.now())).toBeLessThan(60_000);
  });

  it('again by the same person changes nothing', async () => {
    const { c, id } = await newCase();
    await c.as('aoki', (s) => claimConversation(s, id));
    const before = await c.conversation(id);
    await c.as('aoki', (s) => claimConversation(s, id));
    expect(await c.conversation(id)).toEqual(before);
  });

  it('what a colleague has tells the name of the winner and changes nothing', async () => {
    const { c, id } = await newCase();
    await c.as('aoki', (s) => claimConversation(s, id));
    const before = await c.conversation(id);
    await expect(c.as('baba', (s) => claimConversation(s, id))).rejects.toMatchObject({
      ...{ code: 'Conflict', reason: 'claimLost', params: { winner: 'aoki' } },
    });
    expect(await c.conversation(id)).toEqual(before);
  });

  it('at once by two has exactly one winner, every time', async () => {
    const { c } = await newCase();
    for (let round = 0; round < 10; round += 1) {
      const { conversationId: id } = await c.arrive({ from: `x${round}@example.com` });
      const tries = await Promise.all(
        ['aoki', 'baba'].map(async (who) => ({
          who,
          said: await refusal(c.as(who, (s) => claimConversation(s, id))),
        })),
      );
      const winners = tries.filter(({ said }) => said === 'done');
      expect(tries.map(({ said }) => said).sort()).toEqual(['Conflict: claimLost', 'done']);
      expect((await c.conversation(id)).assigneeId).toBe(c.member(winners[0]?.who));
      expect(await c.eventTypes(id)).toEqual([
        ...['conversation.opened', 'message.received', 'assigned', 'status.changed'],
      ]);
    }
  });
});

describe('assigning', () => {
  it('gives a case to a colleague by hand, which starts the work', async () => {
    const { c, id } = await newCase();
    await c.as('aoki', (s) => assignConversation(s, id, { memberId: c.member('baba') }));
    expect(await c.conversation(id)).toMatchObject({ status: 'doing', assigneeId: c.member('baba') });
    expect((await eventsAfter(c, id, 2))[0]).toMatchObject({
      ...{ actor: c.member('aoki'), data: { from: null, to: c.member('baba'), how: 'hand' } },
    });
  });

  it('gives one’s own away or back, but a colleague’s only as a supervisor', async () => {
    const { c, id } = await newCase();
    const give = (who: string, to: string | null) =>
      refusal(c.as(who, (s) => assignConversation(s, id, { memberId: to === null ? null : c.member(to) })));
    expect(await give('aoki', 'aoki')).toBe('done');
    expect(await give('aoki', 'baba')).toBe('done');
    expect(await give('aoki', 'aoki')).toBe('Forbidden: notAllowed');
    expect(await give('aoki', null)).toBe('Forbidden: notAllowed');
    expect(await give('chief', 'aoki')).toBe('done');
    expect(await give('aoki', null)).toBe('done');
    expect(await c.conversation(id)).toMatchObject({ status: 'doing', assigneeId: null });
  });

  it('to whom it belongs already writes nothing', async () => {
    const { c, id } = await newCase();
    await c.as('chief', (s) => assignConversation(s, id, { memberId: null }));
    expect((await c.conversation(id)).version).toBe(1);
  });

  it('to somebody who has left is refused', async () => {
    const { c, id } = await newCase();
    const key = { tenantId: c.tenantId, id: c.member('baba') };
    await owner.membership.update({ where: { tenantId_id: key }, data: { state: 'ended' } });
    const give = c.as('chief', (s) => assignConversation(s, id, { memberId: key.id }));
    expect(await refusal(give)).toBe('Invalid: memberCannotWorkHere');
  });
});

describe('holding', () => {
  it('remembers for whom and until when, and goes on by itself on that day', async () => {
    const { c, id } = await newCase();
    const until = minutes(60);
    await c.as('aoki', (s) => claimConversation(s, id));
    await c.as('aoki', (s) => holdConversation(s, id, { for: 'inside', until }));
    expect(await c.conversation(id)).toMatchObject({ status: 'hold', holdFor: 'inside', holdUntil: until });
    expect((await eventsAfter(c, id, 4))[0]).toMatchObject({
      data: changed('doing', 'hold', { hold_for: 'inside', until: until.toISOString() }),
    });
    const mine = { tenantId: c.tenantId, id };
    expect(await holdsOver(minutes(59), 1000)).not.toContainEqual(mine);
    await c.bySystem((s) => releaseHold(s, id), minutes(59));
    expect((await c.conversation(id)).status).toBe('hold');
    expect(await holdsOver(minutes(60), 1000)).toContainEqual(mine);
    await c.bySystem((s) => releaseHold(s, id), minutes(60));
    const kept = { status: 'doing', assigneeId: c.member(), holdUntil: null, holdFor: null, waitingSince: NOW };
    expect(await c.conversation(id)).toMatchObject(kept);
    expect((await eventsAfter(c, id, 5))[0]).toMatchObject({
      ...{ actor: 'system', data: changed('hold', 'doing', { trigger: 'timer' }) },
    });
    await c.bySystem((s) => releaseHold(s, id), minutes(61));
    expect(await c.events(id)).toHaveLength(6);
  });

  it('again starts a new hold, and without a date it lasts', async () => {
    const { c, id } = await newCase();
    await c.as('aoki', (s) => holdConversation(s, id, { for: 'customer', until: minutes(60) }));
    await c.as('aoki', (s) => holdConversation(s, id, { for: 'customer', until: null }));
    expect((await eventsAfter(c, id, 2)).map((event) => event.data)).toMatchObject([
      { from: 'new', to: 'hold' },
      { from: 'hold', to: 'hold', until: null },
    ]);
    await c.bySystem((s) => releaseHold(s, id), minutes(600));
    expect((await c.conversation(id)).status).toBe('hold');
  });

  it('until a moment that is over, or of an ended case, is refused', async () => {
    const { c, id } = await newCase();
    const hold = (until: Date | null) =>
      refusal(c.as('aoki', (s) => holdConversation(s, id, { for: 'customer', until })));
    expect(await hold(NOW)).toBe('Invalid: untilPast');
    await c.as('aoki', (s) => endConversation(s, id, { noAnswer: true }));
    expect(await hold(null)).toBe('Conflict: alreadyEnded');
  });
});

describe('ending', () => {
  it.each([
    [false, 'answered'],
    [true, 'none'],
  ])('with noAnswer %s is %s, and closes the wait', async (noAnswer, kind) => {
    const { c, id } = await newCase();
    expect((await c.conversation(id)).waitingSince).toEqual(NOW);
    await c.as('aoki', (s) => endConversation(s, id, { noAnswer }), minutes(5));
    expect(await c.conversation(id)).toMatchObject({
      ...{ status: 'done', doneKind: kind, endedAt: minutes(5), waitingSince: null, assigneeId: null },
    });
    const [event] = await eventsAfter(c, id, 2);
    expect(event).toMatchObject({ doneKind: kind, data: changed('new', 'done', { done_kind: kind }) });
    await c.as('aoki', (s) => endConversation(s, id, { noAnswer: !noAnswer }));
    expect(await c.conversation(id)).toMatchObject({ doneKind: kind, version: 2 });
  });

  it.each(['queued', 'sending', 'retry', 'uncertain'])('is refused while a mail is %s', async (state) => {
    const { c, id } = await newCase();
    await c.as('aoki', (s) =>
      replyToConversation(s, id, {
        ...{ clientId: newId(), to: [{ name: '', address: 'taro@example.com' }], cc: [], subject: 'Re: x', text: 'x' },
        ...{ seenContentSeq: 1, thenStatus: 'doing' },
      }),
    );
    await owner.delivery.updateMany({ where: { tenantId: c.tenantId }, data: { state } });
    const end = (who: string) => refusal(c.as(who, (s) => endConversation(s, id, { noAnswer: false })));
    expect(await end('aoki')).toBe('Conflict: endWhileSending');
    await owner.delivery.updateMany({ where: { tenantId: c.tenantId }, data: { state: 'failed' } });
    expect(await end('chief')).toBe('done');
  });
});

describe('resuming', () => {
  it('an ended case restores the wait that the end had closed', async () => {
    const { c, id } = await newCase();
    await c.as('aoki', (s) => endConversation(s, id, { noAnswer: true }), minutes(5));
    await c.as('baba', (s) => resumeConversation(s, id), minutes(10));
    expect(await c.conversation(id)).toMatchObject({
      ...{ status: 'doing', doneKind: null, endedAt: null, waitingSince: NOW },
    });
    expect((await eventsAfter(c, id, 3))[0]).toMatchObject({
      ...{ actor: c.member('baba'), doneKind: null, data: changed('done', 'doing') },
    });
  });

  it('restores only what the last end had closed', async () => {
    const { c, id } = await newCase();
    await c.as('aoki', (s) => endConversation(s, id, { noAnswer: true }), minutes(5));
    const { messageIdHeader } = await owner.message.findFirstOrThrow({ where: { tenantId: c.tenantId } });
    await c.arrive({ inReplyTo: messageIdHeader ?? '', text: 'もう一度' }, { at: minutes(20) });
    expect(await c.conversation(id)).toMatchObject({ status: 'doing', waitingSince: minutes(20) });
    await c.as('aoki', (s) => endConversation(s, id, { noAnswer: true }), minutes(25));
    await c.as('aoki', (s) => resumeConversation(s, id), minutes(30));
    expect((await c.conversation(id)).waitingSince).toEqual(minutes(20));
  });

  it.each(['new', 'hold'])('a %s case brings it to 対応中', async (from) => {
    const { c, id } = await newCase();
    if (from === 'hold') await c.as('aoki', (s) => holdConversation(s, id, { for: 'customer', until: null }));
    await c.as('aoki', (s) => resumeConversation(s, id));
    expect(await c.conversation(id)).toMatchObject({ status: 'doing', holdFor: null, waitingSince: NOW });
    const { version } = await c.conversation(id);
    await c.as('aoki', (s) => resumeConversation(s, id));
    expect((await c.conversation(id)).version).toBe(version);
  });
});

describe('a draft', () => {
  const text = (clientId: string, version: number, seen = 1) => ({
    ...{ clientId, to: [], cc: [], subject: 'Re: x', text: `版 ${version}`, seenContentSeq: seen, version },
  });

  it('claims a new case nobody has, with its first save only', async () => {
    const { c, id } = await newCase();
    const clientId = newId();
    expect(await c.as('aoki', (s) => saveDraft(s, id, text(clientId, 0)))).toMatchObject({ version: 1 });
    expect(await c.conversation(id)).toMatchObject({ status: 'doing', assigneeId: c.member(), contentSeq: 1 });
    expect(await c.eventTypes(id)).toEqual([
      ...['conversation.opened', 'message.received', 'assigned', 'status.changed'],
    ]);
    const { version } = await c.conversation(id);
    expect(await c.as('aoki', (s) => saveDraft(s, id, text(clientId, 1)))).toMatchObject({ version: 2 });
    expect((await c.conversation(id)).version).toBe(version);
  });

  it('takes nothing from a colleague, and lies beside theirs', async () => {
    const { c, id } = await newCase();
    await c.as('aoki', (s) => saveDraft(s, id, text(newId(), 0)));
    await c.as('baba', (s) => saveDraft(s, id, text(newId(), 0)));
    expect((await c.conversation(id)).assigneeId).toBe(c.member('aoki'));
    expect(await owner.draft.count({ where: { tenantId: c.tenantId } })).toBe(2);
    await c.as('baba', (s) => discardDraft(s, id));
    const left = await owner.draft.findMany({ where: { tenantId: c.tenantId } });
    expect(left.map((draft) => draft.memberId)).toEqual([c.member('aoki')]);
  });

  it('saved elsewhere in between is not overwritten', async () => {
    const { c, id } = await newCase();
    const [here, there] = [newId(), newId()];
    const save = (clientId: string, version: number) => c.as('aoki', (s) => saveDraft(s, id, text(clientId, version)));
    await save(here, 0);
    // The first save again, as its answer got lost: the same device.
    await save(here, 0);
    await expect(save(there, 0)).rejects.toMatchObject({ reason: 'draftElsewhere', params: { version: 2 } });
    await save(there, 2);
    expect(await refusal(save(here, 2))).toBe('Conflict: draftElsewhere');
    const both = await Promise.all([refusal(save(here, 3)), refusal(save(there, 3))]);
    expect(both.sort()).toEqual(['Conflict: draftElsewhere', 'done']);
  });
});

describe('a comment', () => {
  it('is written once, moves content_seq and is found by search', async () => {
    const { c, id } = await newCase();
    const clientId = newId();
    const add = () => c.as('baba', (s) => addComment(s, id, { clientId, text: '在庫を確認します' }), minutes(3));
    await add();
    await add();
    expect(await c.conversation(id)).toMatchObject({ status: 'new', version: 2, contentSeq: 2, assigneeId: null });
    expect((await eventsAfter(c, id, 2)).map((event) => event.data)).toEqual([{ comment_id: clientId, mentions: [] }]);
    const found = await c.as(
      'aoki',
      (s) => s.db.$queryRaw<{ grams: string[] }[]>`
      SELECT grams FROM search_row WHERE kind = 'comment' AND ref_id = ${clientId}::uuid`,
    );
    expect(found[0]?.grams).toContain('在庫');
    const { items } = await c.as('aoki', (s) => readConversation(s, id));
    expect(items.filter((item) => item.kind === 'comment')).toEqual([
      {
        kind: 'comment',
        id: clientId,
        author: { id: c.member('baba'), name: 'baba' },
        text: '在庫を確認します',
        occurredAt: minutes(3).toISOString(),
      },
    ]);
  });

  it('without a word is refused', async () => {
    const { c, id } = await newCase();
    const empty = c.as('aoki', (s) => addComment(s, id, { clientId: newId(), text: ' 　\n' }));
    await expect(empty).rejects.toMatchObject({ code: 'Invalid', reason: 'textRequired', field: 'text' });
  });
});

it('a read mark never goes back nor beyond what is there', async () => {
  const { c, id } = await newCase();
  await c.as('baba', (s) => addComment(s, id, { clientId: newId(), text: 'x' }));
  const marks = async () =>
    (await owner.readMark.findMany({ where: { tenantId: c.tenantId } })).map((m) => m.contentSeq);
  for (const [seq, mark] of [
    [1, 1],
    [99, 2],
    [1, 2],
  ] as const) {
    await c.as('aoki', (s) => markRead(s, id, seq));
    expect(await marks()).toEqual([mark]);
  }
});

it('reading a case is written down once an hour and person', async () => {
  const { c, id } = await newCase();
  for (const who of ['aoki', 'aoki', 'baba']) await c.as(who, (s) => readConversation(s, id));
  const views = await owner.viewLog.findMany({ where: { tenantId: c.tenantId, conversationId: id } });
  expect(views.filter((view) => view.memberId === c.member('baba'))).toHaveLength(1);
  expect(new Set(views.map((view) => view.memberId)).size).toBe(2);
});

describe('the history', () => {
  it('is gapless in record order, with recorded_at never going back, and asks for the fold', async () => {
    const { c, id } = await newCase();
    await c.as('aoki', (s) => claimConversation(s, id));
    await c.as('aoki', (s) => addComment(s, id, { clientId: newId(), text: 'x' }), minutes(-60));
    await c.as('aoki', (s) => holdConversation(s, id, { for: 'customer', until: null }));
    await c.as('aoki', (s) => endConversation(s, id, { noAnswer: false }));
    await c.as('chief', (s) => resumeConversation(s, id));
    const events = await c.events(id);
    expect(events.map((event) => event.seq)).toEqual(events.map((_, index) => index + 1));
    const recorded = events.map((event) => event.recordedAt.getTime());
    expect(recorded).toEqual([...recorded].sort((a, b) => a - b));
    expect(await c.conversation(id)).toMatchObject({ eventSeq: events.length, version: 6 });
    const due = await owner.foldDue.findMany({ where: { tenantId: c.tenantId } });
    expect(due).toEqual([{ tenantId: c.tenantId, conversationId: id, eventSeq: events.length }]);
    const feed = await c.bySystem((s) => s.db.$queryRaw<{ id: string }[]>`SELECT event_id AS id FROM feed ORDER BY n`);
    expect(feed.map((row) => row.id)).toEqual(events.map((event) => event.id));
  });

  it('does not go back when the clock does', async () => {
    const { c, id } = await newCase();
    const later = new Date(Date.now() + 3_600_000);
    await owner.$executeRaw`UPDATE conversation_event SET recorded_at = ${later} WHERE conversation_id = ${id}::uuid AND seq = 2`;
    await c.as('aoki', (s) => claimConversation(s, id));
    expect((await c.events(id)).slice(2).map((event) => event.recordedAt)).toEqual([later, later]);
  });

  it('keeps its order under many hands at one case: 40 at once, none fails', async () => {
    const { c, id } = await newCase();
    const hands = Array.from({ length: 40 }, (_, n) =>
      refusal(c.as(n % 2 ? 'aoki' : 'baba', (s) => addComment(s, id, { clientId: newId(), text: `${n}` }))),
    );
    expect(new Set(await Promise.all(hands))).toEqual(new Set(['done']));
    expect(await c.conversation(id)).toMatchObject({ version: 41, contentSeq: 41, eventSeq: 42, messageCount: 1 });
    const events = await c.events(id);
    expect(events.map((event) => event.seq)).toEqual(Array.from({ length: 42 }, (_, n) => n + 1));
    const comments = await owner.comment.findMany({ where: { tenantId: c.tenantId }, orderBy: { contentSeq: 'asc' } });
    expect(comments.map((comment) => comment.contentSeq)).toEqual(Array.from({ length: 40 }, (_, n) => n + 2));
  });

  it('of 120 cases worked on at once loses none', async () => {
    const { c } = await newCase();
    for (let n = 0; n < 120; n += 1) await c.store({ from: `c${n}@example.com` });
    await c.receive();
    const cases = await owner.conversation.findMany({ where: { tenantId: c.tenantId, status: 'new' } });
    expect(cases).toHaveLength(121);
    const claims = await Promise.all(cases.map(({ id }) => refusal(c.as('aoki', (s) => claimConversation(s, id)))));
    expect(new Set(claims)).toEqual(new Set(['done']));
  });
});
