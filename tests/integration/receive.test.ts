import { describe, expect, it } from 'vitest';
import { assignConversation } from '#lib/conversations/assign.ts';
import { claimConversation } from '#lib/conversations/claim.ts';
import { endConversation } from '#lib/conversations/end.ts';
import { holdConversation } from '#lib/conversations/hold.ts';
import { readConversation } from '#lib/conversations/read.ts';
import { newId } from '#lib/ids.ts';
import { replyToConversation } from '#lib/outbox/reply.ts';
import { mailId, rawMail } from '#tests/support/raw-mail.ts';
import { type Company, company, days, minutes, NOW, owner } from '#tests/support/tenant.ts';

const messages = ({ tenantId }: Company, conversationId?: string) =>
  owner.message.findMany({
    where: { tenantId, ...(conversationId ? { conversationId } : {}) },
    orderBy: { contentSeq: 'asc' },
  });
const cases = ({ tenantId }: Company) =>
  owner.conversation.findMany({ where: { tenantId }, orderBy: { number: 'asc' } });
const links = ({ tenantId }: Company) => owner.conversationLink.findMany({ where: { tenantId } });

/** Answers a case from the screen; returns the Message-ID under which it leaves. */
async function answer(c: Company, id: string, at = minutes(5)): Promise<string> {
  const { contentSeq } = await c.conversation(id);
  const { deliveryId } = await c.as(
    'aoki',
    (s) =>
      replyToConversation(s, id, {
        ...{
          clientId: newId(),
          to: [{ name: '', address: 'taro@example.com' }],
          cc: [],
          subject: 'Re: x',
          text: 'はい',
        },
        ...{ seenContentSeq: contentSeq, thenStatus: 'doing' },
      }),
    at,
  );
  const delivery = await owner.delivery.findFirstOrThrow({ where: { id: deliveryId }, include: { message: true } });
  return delivery.message.messageIdHeader ?? '';
}

describe('a customer’s first mail', () => {
  it('opens a case with everything the screen needs, and its two events', async () => {
    const c = await company();
    const got = await c.arrive(
      { from: '山田 太郎 <Taro@Example.com>', text: '届きません。\n\n> 引用' },
      { at: minutes(-30) },
    );
    expect(got).toMatchObject({ state: 'done', reason: null });
    const conversation = await c.conversation(got.conversationId);
    expect(conversation).toMatchObject({
      ...{ number: 1, status: 'new', place: 'normal', assigneeId: null, notice: false, warning: null, channel: 'mail' },
      ...{ subject: '注文した商品が届きません', title: '注文した商品が届きません', lastSnippet: '届きません。' },
      ...{ waitingSince: minutes(-30), firstMessageAt: minutes(-30), lastMessageAt: minutes(-30), messageCount: 1 },
      ...{ version: 1, contentSeq: 1, eventSeq: 2, doneKind: null, endedAt: null, hasAttachment: false },
    });
    const customer = await owner.customer.findUniqueOrThrow({
      where: { tenantId_id: { tenantId: c.tenantId, id: conversation.customerId ?? '' } },
      include: { customerAddressByCustomer: true },
    });
    expect(customer.name).toBe('山田 太郎');
    expect(customer.customerAddressByCustomer).toMatchObject([
      { address: 'taro@example.com', written: 'Taro@Example.com' },
    ]);
    const events = await c.events(got.conversationId);
    const envelope = { actorKind: 'customer', actorId: null, status: 'new', occurredAt: minutes(-30), imported: false };
    expect(events).toMatchObject([
      {
        ...envelope,
        type: 'conversation.opened',
        data: {
          origin: 'inbound',
          channel: 'mail',
          number: 1,
          first_message_id: got.messageId,
          customer_id: customer.id,
          kpi_inbound: true,
        },
      },
      {
        ...envelope,
        type: 'message.received',
        data: { message_id: got.messageId, class: 'human', kpi_inbound: true, thread_reason: 'none', thread_rank: 9 },
      },
    ]);
  });

  it('is found by search, normalised and without its quote', async () => {
    const c = await company();
    const { messageId } = await c.arrive({ subject: 'ｶﾀﾛｸﾞ請求', text: 'ＡＢＣ１２３を希望\n\n> 古い引用文' });
    const [row] = await c.bySystem(
      (s) => s.db.$queryRaw<{ text: string; grams: string[] }[]>`
      SELECT text, grams FROM search_row WHERE ref_id = ${messageId}::uuid`,
    );
    expect(row?.text).toContain('abc123');
    expect(row?.grams).toEqual(expect.arrayContaining(['希望', 'ab', '12']));
    expect(row?.text).not.toContain('引用文');
    expect(row?.text).toMatch(/カタログ|かたろぐ/);
  });

  it('from the future happened now, and one imported is marked as such', async () => {
    const c = await company();
    const id = await c.store({}, { at: days(2), imported: true });
    await c.receive('shop', NOW);
    const { conversationId } = await c.outcome(id);
    expect((await c.conversation(conversationId)).waitingSince).toEqual(NOW);
    expect((await c.events(conversationId)).map((event) => event.imported)).toEqual([true, true]);
  });

  it('with NUL, half characters and controls is text like any other', async () => {
    const c = await company();
    const raw = Buffer.concat([
      rawMail({ to: c.address(), subject: 'x\u0000y', text: 'a\u0000b' }),
      Buffer.from([0xed, 0xa0, 0x80, 0xff, 0xfe, 0x00, 0x1b, 0x41]),
    ]);
    const jsonEscape = await c.arrive({ subject: '\\u0000 \\ud800', text: '\\u0000', headers: { 'X-A': '\\u0000' } });
    expect([(await c.arrive(raw)).state, jsonEscape.state]).toEqual(['done', 'done']);
    const surrogate = `=?UTF-16BE?B?${Buffer.from([0xd8, 0x00, 0x00, 0x41]).toString('base64')}?=`;
    expect((await c.arrive({ subject: surrogate, from: `${surrogate} <s@example.com>` })).state).toBe('done');
    const second = await c.arrive({ subject: `${'a'.repeat(1999)}😀`, text: `${'い'.repeat(119)}😀😀` });
    expect(second.state).toBe('done');
  });
});

describe('numbers', () => {
  it('are unique and increasing while two 窓口 receive at once', async () => {
    const c = await company({ mailboxes: ['shop', 'billing'] });
    for (let n = 0; n < 30; n += 1) {
      await c.store({ from: `a${n}@example.com` });
      await c.store({ from: `b${n}@example.com` }, { mailbox: 'billing' });
    }
    await Promise.all([c.receive('shop'), c.receive('billing')]);
    const found = await cases(c);
    expect(found.map((one) => one.number)).toEqual(Array.from({ length: 60 }, (_, n) => n + 1));
    const opened = await owner.conversationEvent.findMany({
      where: { tenantId: c.tenantId, type: 'conversation.opened' },
    });
    const said = new Map(opened.map((event) => [event.conversationId, (event.data as { number: number }).number]));
    for (const one of found) expect(said.get(one.id)).toBe(one.number);
    expect((await c.arrive({})).conversationId).not.toBe('');
    expect((await cases(c)).at(-1)?.number).toBe(61);
  });

  it('follow the order in which the mails lie at the server', async () => {
    const c = await company();
    for (const subject of ['1', '2', '3']) await c.store({ subject, from: `${subject}@example.com` });
    await c.receive();
    expect((await cases(c)).map((one) => [one.number, one.subject])).toEqual([
      [1, '1'],
      [2, '2'],
      [3, '3'],
    ]);
  });

  it('and the customer are one when two 窓口 receive the same person’s first mails at once', async () => {
    const c = await company({ mailboxes: ['shop', 'billing'] });
    for (let round = 0; round < 5; round += 1) {
      const from = `new${round}@example.com`;
      await c.store({ from });
      await c.store({ from }, { mailbox: 'billing' });
      await Promise.all([c.receive('shop'), c.receive('billing')]);
    }
    expect(await owner.customer.count({ where: { tenantId: c.tenantId } })).toBe(5);
  });
});

describe('a reply', () => {
  it('to our own signed id joins its case', async () => {
    const c = await company();
    const first = await c.arrive({});
    const ours = await answer(c, first.conversationId);
    const reply = await c.arrive({ inReplyTo: ours, text: 'もう一つ質問です' }, { at: minutes(9) });
    expect(reply.conversationId).toBe(first.conversationId);
    const received = (await c.events(first.conversationId)).at(-1);
    expect(received).toMatchObject({ data: { thread_reason: 'own-id', thread_rank: 1 }, occurredAt: minutes(9) });
    expect(await c.conversation(first.conversationId)).toMatchObject({
      messageCount: 3,
      lastMessageAt: minutes(9),
      waitingSince: NOW,
    });
  });

  it('by any id that ever stood in the References of the 窓口 joins too', async () => {
    const c = await company();
    const [grandparent, parent] = [mailId(), mailId()];
    const first = await c.arrive({ references: `${grandparent} ${parent}` });
    const reply = await c.arrive({ references: grandparent, subject: '別件' });
    expect(reply.conversationId).toBe(first.conversationId);
    expect((await c.events(first.conversationId)).at(-1)).toMatchObject({
      data: { thread_reason: 'reference', thread_rank: 3 },
    });
  });

  it('finds its case within the same batch', async () => {
    const c = await company();
    const id = mailId();
    const stored = [await c.store({ id }), await c.store({ inReplyTo: id }), await c.store({ references: id })];
    await c.receive();
    const found = await Promise.all(stored.map((one) => c.outcome(one)));
    expect(new Set(found.map((one) => one.conversationId)).size).toBe(1);
    expect(await c.conversation(found[0]?.conversationId ?? '')).toMatchObject({
      version: 1,
      messageCount: 3,
      contentSeq: 3,
      eventSeq: 4,
    });
  });

  it('and its parent meet, whichever comes first', async () => {
    const c = await company();
    const parent = mailId();
    const child = await c.arrive({ inReplyTo: parent }, { at: minutes(10) });
    const late = await c.arrive({ id: parent }, { at: minutes(1) });
    expect(late.conversationId).toBe(child.conversationId);
    expect(await c.conversation(child.conversationId)).toMatchObject({
      ...{ messageCount: 2, waitingSince: minutes(1), firstMessageAt: minutes(1), lastMessageAt: minutes(10) },
    });
  });

  it('with the signed id of another company or another 窓口 proves nothing', async () => {
    const c = await company({ mailboxes: ['shop', 'billing'] });
    const other = await company();
    const theirs = await answer(other, (await other.arrive({})).conversationId);
    const ours = await answer(c, (await c.arrive({})).conversationId);
    for (const inReplyTo of [theirs, ours]) {
      const mail = await c.arrive({ inReplyTo }, { mailbox: 'billing' });
      expect((await c.events(mail.conversationId))[1]).toMatchObject({
        data: { thread_reason: 'none', thread_rank: 9 },
      });
    }
    const forged = ours.replace(/\.[0-9a-f]{32}@/, `.${'0'.repeat(32)}@`);
    const mail = await c.arrive({ inReplyTo: forged });
    expect((await c.events(mail.conversationId))[1]).toMatchObject({ data: { thread_reason: 'none' } });
  });

  it('of a stranger opens a case of its own, linked to the one it claims', async () => {
    const c = await company();
    const first = await c.arrive({});
    const ours = await answer(c, first.conversationId);
    const before = await c.conversation(first.conversationId);
    const stranger = await c.arrive({ from: 'stranger@example.net', inReplyTo: ours });
    expect(stranger.conversationId).not.toBe(first.conversationId);
    expect(await c.conversation(first.conversationId)).toEqual(before);
    expect(await links(c)).toMatchObject([
      { conversationId: stranger.conversationId, otherId: first.conversationId, kind: 'claimed' },
    ]);
    expect(await c.eventTypes(stranger.conversationId)).toEqual(['conversation.opened', 'message.received', 'linked']);
    const seen = await c.as('aoki', (s) => readConversation(s, first.conversationId));
    expect(seen.linked.map((one) => one.id)).toEqual([stranger.conversationId]);
  });

  it('of a stranger who writes again joins the case they have, not a third', async () => {
    const c = await company();
    const ours = await answer(c, (await c.arrive({})).conversationId);
    const own = mailId();
    const first = await c.arrive({ from: 'stranger@example.net', id: own, inReplyTo: ours });
    const again = { from: 'stranger@example.net', inReplyTo: ours, references: `${own} ${ours}` };
    expect((await c.arrive(again)).conversationId).toBe(first.conversationId);
    expect(await links(c)).toHaveLength(1);
  });

  it('of somebody who stood in Cc takes part', async () => {
    const c = await company();
    const id = mailId();
    const first = await c.arrive({ id, cc: 'Wife <Hanako@example.com>' });
    expect((await c.arrive({ from: 'hanako@EXAMPLE.com', inReplyTo: id })).conversationId).toBe(first.conversationId);
  });
});

describe('the same mail', () => {
  it('with the same id and content is written once, also within one batch', async () => {
    const c = await company();
    const raw = rawMail({ to: c.address() });
    const copy = Buffer.concat([Buffer.from('List-Id: <x.example.jp>\r\nReceived: by x\r\n'), raw]);
    const stored = [await c.store(raw), await c.store(copy)];
    await c.receive();
    stored.push(await c.store(raw));
    await c.receive();
    const found = await Promise.all(stored.map((one) => c.outcome(one)));
    expect(found.map((one) => one.state)).toEqual(['done', 'duplicate', 'duplicate']);
    expect(await messages(c)).toHaveLength(1);
  });

  it('id with another content are two mails of one case', async () => {
    const c = await company();
    const id = mailId();
    const first = await c.arrive({ id, text: '一通目' });
    const second = await c.arrive({ id, text: '二通目' });
    expect(second).toMatchObject({ state: 'done', conversationId: first.conversationId });
    expect(await messages(c)).toHaveLength(2);
  });

  it('without an id is known by content and date, and two alike on two days are two', async () => {
    const c = await company();
    const mail = { id: null, text: '同じ文面' };
    const other = { ...mail, date: 'Sat, 21 Nov 2026 10:00:00 +0900' };
    const states: string[] = [];
    for (const one of [mail, mail, other, other]) states.push((await c.arrive(one)).state);
    expect(states).toEqual(['done', 'duplicate', 'done', 'duplicate']);
    const undated = { id: null, date: null, text: '日付なし' };
    const again = { ...undated, headers: { Received: 'by another way' } };
    const ways: string[] = [];
    for (const one of [undated, undated, again]) ways.push((await c.arrive(one)).state);
    expect(ways).toEqual(['done', 'duplicate', 'done']);
  });

  it('in two 窓口 is two messages, linked and each said to the other', async () => {
    const c = await company({ mailboxes: ['shop', 'billing'] });
    const raw = rawMail({ to: `${c.address()}, ${c.address('billing')}` });
    const [a, b] = [await c.arrive(raw), await c.arrive(raw, { mailbox: 'billing' })];
    expect([a.state, b.state]).toEqual(['done', 'done']);
    expect(a.conversationId).not.toBe(b.conversationId);
    expect(await links(c)).toMatchObject([
      { conversationId: b.conversationId, otherId: a.conversationId, kind: 'same_mail' },
    ]);
    const seen = await c.as('aoki', (s) => readConversation(s, a.conversationId));
    expect(seen.linked).toMatchObject([{ id: b.conversationId, kind: 'same_mail' }]);
  });
});

describe('a mail to an ended case', () => {
  const ended = async (assigned: boolean) => {
    const c = await company({ members: { aoki: {}, chief: { roles: ['supervisor'] } } });
    const id = mailId();
    const { conversationId } = await c.arrive({ id });
    if (assigned) await c.as('aoki', (s) => claimConversation(s, conversationId));
    await c.as('aoki', (s) => endConversation(s, conversationId, { noAnswer: false }));
    return { c, id, conversationId };
  };

  it('within the window brings it back to 対応中 with its assignee', async () => {
    const { c, id, conversationId } = await ended(true);
    const reply = await c.arrive({ inReplyTo: id }, { at: days(30) });
    expect(reply.conversationId).toBe(conversationId);
    expect(await c.conversation(conversationId)).toMatchObject({
      ...{ status: 'doing', doneKind: null, endedAt: null, assigneeId: c.member(), waitingSince: days(30) },
    });
    expect((await c.events(conversationId)).at(-1)).toMatchObject({
      ...{ type: 'status.changed', actorKind: 'system', occurredAt: days(30), status: 'doing' },
      data: { from: 'done', to: 'doing', done_kind: null, trigger: 'inbound' },
    });
  });

  it('whose assignee has left, or sees the 窓口 no more, is nobody’s', async () => {
    for (const leave of ['left', 'moved']) {
      const { c, id, conversationId } = await ended(true);
      const member = { tenantId: c.tenantId, id: c.member() };
      if (leave === 'left') await owner.membership.update({ where: { tenantId_id: member }, data: { state: 'ended' } });
      else await owner.groupMember.deleteMany({ where: { tenantId: c.tenantId, membershipId: c.member() } });
      await c.arrive({ inReplyTo: id }, { at: minutes(9) });
      expect(await c.conversation(conversationId)).toMatchObject({ status: 'doing', assigneeId: null });
      expect((await c.events(conversationId)).at(-1)).toMatchObject({
        ...{ type: 'assigned', actorKind: 'system', data: { from: c.member(), to: null, how: 'absence' } },
      });
    }
  });

  it('after the window opens a new one, linked to it', async () => {
    const { c, id, conversationId } = await ended(true);
    const later = await c.arrive({ inReplyTo: id }, { at: new Date(days(30).getTime() + 1) });
    expect(later.conversationId).not.toBe(conversationId);
    expect((await c.conversation(conversationId)).status).toBe('done');
    expect(await c.conversation(later.conversationId)).toMatchObject({ status: 'new', number: 2, assigneeId: null });
    expect(await links(c)).toMatchObject([
      { conversationId: later.conversationId, otherId: conversationId, kind: 'earlier' },
    ]);
  });

  it('does not wake a case in 迷惑メール or ごみ箱: a new one, linked', async () => {
    for (const place of ['spam', 'trash']) {
      const c = await company();
      const id = mailId();
      const first = await c.arrive({ id });
      const key = { tenantId: c.tenantId, id: first.conversationId };
      await owner.conversation.update({ where: { tenantId_id: key }, data: { place } });
      const later = await c.arrive({ inReplyTo: id });
      expect(later.conversationId).not.toBe(first.conversationId);
      expect(await links(c)).toMatchObject([{ otherId: first.conversationId, kind: 'earlier' }]);
    }
  });
});

describe('a mail to a held case', () => {
  it('brings it to 対応中 and drops the date; an automatic reply changes nothing', async () => {
    const c = await company();
    const id = mailId();
    const { conversationId } = await c.arrive({ id });
    await c.as('aoki', (s) => assignConversation(s, conversationId, { memberId: c.member() }));
    await c.as('aoki', (s) => holdConversation(s, conversationId, { for: 'customer', until: days(3) }));
    const before = await c.conversation(conversationId);
    const auto = {
      headers: { 'Auto-Submitted': 'auto-replied' },
      subject: '自動返信',
      inReplyTo: id,
      text: '不在です',
    };
    expect((await c.arrive(auto, { at: minutes(20) })).conversationId).toBe(conversationId);
    const kept = { status: 'hold', holdUntil: days(3), waitingSince: NOW, assigneeId: c.member() };
    expect(await c.conversation(conversationId)).toMatchObject({ ...kept, contentSeq: before.contentSeq + 1 });
    expect((await c.events(conversationId)).at(-1)).toMatchObject({
      ...{ type: 'message.received', status: 'hold', data: { class: 'auto', kpi_inbound: false } },
    });
    await c.arrive({ inReplyTo: id }, { at: minutes(30) });
    expect(await c.conversation(conversationId)).toMatchObject({ status: 'doing', holdUntil: null, waitingSince: NOW });
  });

  it('that came by machine opens no wait: an automatic reply to an ended case leaves it ended', async () => {
    const c = await company();
    const id = mailId();
    const { conversationId } = await c.arrive({ id });
    await c.as('aoki', (s) => endConversation(s, conversationId, { noAnswer: true }));
    await c.arrive({ headers: { 'Auto-Submitted': 'auto-replied' }, subject: '自動返信', inReplyTo: id });
    expect(await c.conversation(conversationId)).toMatchObject({ status: 'done', waitingSince: null });
  });
});

describe('a mail by machine', () => {
  it('that must be read opens a case marked as a notice, which waits for nothing', async () => {
    const c = await company();
    const notice = {
      from: 'noreply@pay.example.jp',
      subject: '入金のお知らせ',
      headers: { 'Auto-Submitted': 'auto-generated' },
    };
    const { conversationId } = await c.arrive({ ...notice, text: '入金がありました。' });
    expect(await c.conversation(conversationId)).toMatchObject({ status: 'new', notice: true, waitingSince: null });
    expect((await c.events(conversationId)).map((event) => event.data)).toMatchObject([
      { kpi_inbound: false },
      { class: 'notice', kpi_inbound: false },
    ]);
  });

  it('of the shop’s own form belongs to the customer in it, and an answer goes there', async () => {
    const c = await company();
    const text = '【お名前】鈴木 花子\n【お問い合わせ内容】\n色違いはありますか？';
    const form = await c.arrive({ from: c.address(), replyTo: '鈴木 花子 <hanako@example.jp>', text });
    const seen = await c.as('aoki', (s) => readConversation(s, form.conversationId));
    expect(seen.customer).toMatchObject({ name: '鈴木 花子', addresses: ['hanako@example.jp'] });
    expect(seen.replyDefaults.to).toEqual([{ name: '鈴木 花子', address: 'hanako@example.jp' }]);
    expect(seen).toMatchObject({ status: 'new', notice: false, waitingSince: NOW.toISOString() });
    expect((await c.events(form.conversationId))[1]).toMatchObject({
      data: { class: 'human', channel: 'form', kpi_inbound: true },
    });
    const second = await c.arrive({ from: c.address(), replyTo: 'jiro@example.jp', text });
    expect(second.conversationId).not.toBe(form.conversationId);
  });
});
