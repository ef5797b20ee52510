import { describe, expect, it } from 'vitest';
import { endConversation } from '#lib/conversations/end.ts';
import { newId } from '#lib/ids.ts';
import { parseMail } from '#lib/mail/parse.ts';
import { caseToken } from '#lib/outbox/case-token.ts';
import { outgoingMail } from '#lib/outbox/outgoing.ts';
import { mailId } from '#tests/support/raw-mail.ts';
import { delivery, reply, sentAs, setDelivery } from '#tests/support/sending.ts';
import { type Company, company, days, minutes, NOW, owner } from '#tests/support/tenant.ts';

/*
 * Where a mail belongs (architecture.md 4): six finders in the order of trust, each with the reason that is stored, and what
 * somebody can't get by forging any of them.
 */
const TARO = 'Taro <taro@example.com>';
const STRANGER = 'Somebody <stranger@example.net>';
const said = (c: Company, messageId: string) =>
  owner.message.findUniqueOrThrow({ where: { tenantId_id: { tenantId: c.tenantId, id: messageId } } });
const links = (c: Company) =>
  owner.conversationLink.findMany({
    where: { tenantId: c.tenantId },
    select: { conversationId: true, otherId: true, kind: true },
  });
const set = (c: Company, data: Parameters<typeof owner.mailbox.update>[0]['data'], key = 'shop') =>
  owner.mailbox.update({ where: { tenantId_id: { tenantId: c.tenantId, id: c.mailbox(key) } }, data });

/** A customer's question and our answer to it. */
async function answered(wanted: Parameters<typeof company>[0] = {}) {
  const c = await company(wanted);
  const question = mailId();
  const { conversationId: id } = await c.arrive({ from: TARO, id: question });
  const { deliveryId } = await reply(c, id);
  return { c, id, question, ours: await sentAs(c, deliveryId), deliveryId };
}

describe('the finders, in the order of trust', () => {
  it('our own id is the first, also behind a foreign one and in another spelling', async () => {
    const { c, id, ours } = await answered();
    const other = await c.arrive({ from: TARO, id: '<other@example.com>', subject: '別件' });
    for (const inReplyTo of [ours, ours.toUpperCase(), `(an answer to) ${ours} (Taro)`, ours.replace('@', '\r\n @ ')]) {
      const references = `<other@example.com>`;
      const found = await c.arrive({ from: TARO, inReplyTo, references });
      expect(found.conversationId).toBe(id);
      expect(await said(c, found.messageId)).toMatchObject({ threadReason: 'own-id', threadRank: 1 });
    }
    const foreignFirst = await c.arrive({ from: TARO, inReplyTo: '<other@example.com>', references: ours });
    expect(foreignFirst.conversationId).toBe(id);
    expect(other.conversationId).not.toBe(id);
  });

  it('the address signed for the case is the second, where the account has it on', async () => {
    const { c, id } = await answered();
    await owner.mailAccount.updateMany({ where: { tenantId: c.tenantId }, data: { plusAddress: true } });
    const { deliveryId } = await reply(c, id, { text: 'もう一度' });
    const { messageId } = await delivery(c, deliveryId);
    const which = { id: deliveryId, messageId, kind: 'reply' as const, dateHeader: NOW };
    const sent = await parseMail(await (await c.bySystem((scope) => outgoingMail(scope, which))).compose());
    const [replyTo] = sent.replyTo;
    expect(replyTo?.address).toMatch(/^shop\+c\d+-[a-z2-7]{16}@/);
    const found = await c.arrive({ from: TARO, to: replyTo?.address.toUpperCase() ?? '', subject: '新しい件名' });
    expect(found.conversationId).toBe(id);
    expect(await said(c, found.messageId)).toMatchObject({ threadReason: 'plus-address', threadRank: 2 });
    const delivered = { 'Delivered-To': replyTo?.address ?? '' };
    expect((await c.arrive({ from: TARO, headers: delivered })).conversationId).toBe(id);
  });

  it('any id ever referred to here is the third', async () => {
    const { c, id, question } = await answered();
    const found = await c.arrive({ from: TARO, inReplyTo: question });
    expect(found.conversationId).toBe(id);
    expect(await said(c, found.messageId)).toMatchObject({ threadReason: 'reference', threadRank: 3 });
  });

  it('a case number in the subject, or an order number in words, with the same sender is the fourth', async () => {
    const { c, id } = await answered();
    const { number } = await c.conversation(id);
    const byNumber = await c.arrive({ from: TARO, subject: `Re: お問い合わせ ［＃${number}］` });
    expect(byNumber.conversationId).toBe(id);
    expect(await said(c, byNumber.messageId)).toMatchObject({ threadReason: 'case-number', threadRank: 4 });
    const first = await c.arrive({ from: 'hana@example.com', text: 'ご注文番号：Ａ－２０２６１１ が届きません' });
    const later = await c.arrive({ from: 'hana@example.com', subject: '件名', text: '注文番号 a-202611 の件です' });
    expect(later.conversationId).toBe(first.conversationId);
    expect(await said(c, later.messageId)).toMatchObject({ threadReason: 'order', threadRank: 4 });
    const other = await c.arrive({ from: 'ken@example.com', text: '注文番号：A-202611 について' });
    expect(other.conversationId).not.toBe(first.conversationId);
    expect(await links(c)).toEqual([]);
  });

  it('subject and sender is the last, only where the 窓口 wants it, and only for what says it answers', async () => {
    const c = await company();
    const first = await c.arrive({ from: TARO, subject: '在庫の件' });
    expect((await c.arrive({ from: TARO, subject: 'Re: 在庫の件' })).conversationId).not.toBe(first.conversationId);
    await set(c, { threadBySubject: true });
    const begun = await c.arrive({ from: TARO, subject: '納期の件' });
    const again = await c.arrive({ from: TARO, subject: 'ＲＥ２：納期の件' }, { at: days(3) });
    expect(again.conversationId).toBe(begun.conversationId);
    expect(await said(c, again.messageId)).toMatchObject({ threadReason: 'subject', threadRank: 5 });
    expect((await c.arrive({ from: TARO, subject: '納期の件' })).conversationId).not.toBe(begun.conversationId);
    const other = await c.arrive({ from: STRANGER, subject: 'Re: 納期の件' });
    expect(other.conversationId).not.toBe(begun.conversationId);
    const late = await c.arrive({ from: TARO, subject: 'Re: 納期の件' }, { at: days(30) });
    expect(late.conversationId).not.toBe(begun.conversationId);
  });

  it('an old phone’s short answer without a subject finds its sender’s case, where the 窓口 wants it', async () => {
    const c = await company();
    await set(c, { threadBySubject: true });
    const phone = 'a..b@docomo.ne.jp';
    const first = await c.arrive({ from: phone, subject: '届きません' });
    expect((await c.arrive({ from: phone, subject: 'Re:', text: 'はい' })).conversationId).toBe(first.conversationId);
    expect((await c.arrive({ from: phone, subject: '', text: 'まだです' })).conversationId).toBe(first.conversationId);
    expect((await c.arrive({ from: TARO, subject: '', text: 'まだです' })).conversationId).not.toBe(
      first.conversationId,
    );
  });
});

describe('who takes no part', () => {
  it.each(['own id', 'reference', 'case number', 'plus address'])(
    'and claims a case by %s gets one of their own, linked, and the next mail stays there',
    async (by) => {
      const { c, id, ours, question } = await answered();
      const { number } = await c.conversation(id);
      const token = caseToken({ tenantId: c.tenantId, mailboxId: c.mailbox() }, number);
      const claims = {
        'own id': { inReplyTo: ours },
        reference: { inReplyTo: question },
        'case number': { subject: `Re: [#${number}]` },
        'plus address': { to: c.address().replace('@', `+${token}@`) },
      }[by];
      const claimed = await c.arrive({ from: STRANGER, ...claims });
      expect(claimed.conversationId).not.toBe(id);
      expect(await links(c)).toEqual([{ conversationId: claimed.conversationId, otherId: id, kind: 'claimed' }]);
      const again = await c.arrive({ from: STRANGER, ...claims });
      expect(again.conversationId).toBe(claimed.conversationId);
      expect(await links(c)).toHaveLength(1);
      expect(await c.conversation(id)).toMatchObject({ messageCount: 2, waitingSince: NOW });
    },
  );

  it('but stands in To or Cc of a mail of the case belongs to it', async () => {
    const c = await company();
    const question = mailId();
    const first = await c.arrive({ from: TARO, cc: 'wife@example.com', id: question });
    expect((await c.arrive({ from: 'wife@example.com', inReplyTo: question })).conversationId).toBe(
      first.conversationId,
    );
  });

  it('cannot use what was signed for another tenant or 窓口', async () => {
    const a = await answered();
    const b = await company({ mailboxes: ['shop', 'office'] });
    const victim = await b.arrive({ from: TARO });
    const { number } = await b.conversation(victim.conversationId);
    const foreign = caseToken({ tenantId: a.c.tenantId, mailboxId: a.c.mailbox() }, number);
    const office = caseToken({ tenantId: b.tenantId, mailboxId: b.mailbox('office') }, number);
    for (const token of [foreign, office, `c${number}-aaaaaaaaaaaaaaaa`]) {
      const found = await b.arrive({ from: TARO, to: b.address().replace('@', `+${token}@`) });
      expect(found.conversationId).not.toBe(victim.conversationId);
    }
    const other = await b.arrive({ from: TARO, inReplyTo: a.ours });
    expect(other.conversationId).not.toBe(victim.conversationId);
    expect((await said(b, other.messageId)).threadReason).toBe('none');
    expect(await links(b)).toEqual([]);
  });

  it.each(['X-Madoguchi-Id', 'Message-ID'])(
    'loses nothing by copying our %s into a mail of their own',
    async (name) => {
      const { c, ours, deliveryId } = await answered();
      await setDelivery(c, deliveryId, { state: 'uncertain' });
      const forged = await c.arrive({ from: STRANGER, id: null, text: '読んでください', headers: { [name]: ours } });
      expect(forged).toMatchObject({ state: 'done' });
      expect(forged.conversationId).not.toBe('');
      expect(await delivery(c, deliveryId)).toMatchObject({ state: 'uncertain' });
    },
  );
});

describe('odd ids', () => {
  it('thousands of them are followed to the root and the nearest, in bounded time', async () => {
    const { c, id, question } = await answered();
    const many = Array.from({ length: 5000 }, () => `<${newId()}@evil.example>`);
    const began = Date.now();
    const near = await c.arrive({ from: TARO, references: [...many, question].join('\r\n ') });
    expect(near.conversationId).toBe(id);
    for (let n = 0; n < 20; n += 1) {
      await c.store({ from: `x${n}@example.net`, references: many.map((one) => one.replace('<', `<${n}`)).join(' ') });
    }
    expect(await c.receive()).toBe(20);
    expect(Date.now() - began).toBeLessThan(20_000);
    const kept = await owner.mailReference.count({ where: { tenantId: c.tenantId } });
    expect(kept).toBeLessThan(21 * 60);
  });

  it('one id under every mail of a broken sender makes neither duplicates nor one case', async () => {
    const c = await company();
    const id = '<000@scanner.example.com>';
    const at = (minute: number) => `Fri, 20 Nov 2026 10:${String(minute).padStart(2, '0')}:00 +0900`;
    const mails = [
      { from: TARO, text: '一通目', date: at(1) },
      { from: TARO, text: '二通目', date: at(2) },
      { from: STRANGER, text: '三通目', date: at(3) },
    ];
    const found = [];
    for (const mail of mails) found.push(await c.arrive({ ...mail, id }));
    expect(found.map(({ state }) => state)).toEqual(['done', 'done', 'done']);
    expect(new Set(found.map(({ conversationId }) => conversationId)).size).toBe(3);
    const again = await c.arrive({ from: TARO, text: '一通目', date: at(1), id });
    expect(again).toMatchObject({ state: 'duplicate' });
  });

  it('the copy of a mail that a list has changed joins the first', async () => {
    const c = await company();
    const id = mailId();
    const first = await c.arrive({ from: TARO, id, text: '本文' });
    const copy = await c.arrive({ from: TARO, id, text: '本文\n-- \nshop-ml' });
    expect(copy).toMatchObject({ state: 'done', conversationId: first.conversationId });
  });

  it('too long for any index, they cost the mail nothing', async () => {
    const c = await company();
    const id = `<${'日'.repeat(900)}@example.com>`;
    expect(await c.arrive({ id, inReplyTo: id.replace('日', '月') })).toMatchObject({ state: 'done', reason: null });
  });
});

describe('a parent that comes after its answer', () => {
  it('joins the answer’s case where its sender takes part in it', async () => {
    const c = await company();
    const parent = mailId();
    const child = await c.arrive({ from: TARO, cc: 'wife@example.com', inReplyTo: parent });
    const late = await c.arrive({ from: 'wife@example.com', id: parent });
    expect(late.conversationId).toBe(child.conversationId);
  });

  it('links the two where it belongs to another case already', async () => {
    const c = await company();
    const root = mailId();
    const parent = mailId();
    const first = await c.arrive({ from: TARO, id: root });
    const child = await c.arrive({ from: STRANGER, inReplyTo: parent });
    expect(child.conversationId).not.toBe(first.conversationId);
    const late = await c.arrive({ from: TARO, id: parent, inReplyTo: root });
    expect(late.conversationId).toBe(first.conversationId);
    expect(await links(c)).toEqual([
      { conversationId: first.conversationId, otherId: child.conversationId, kind: 'thread' },
    ]);
    expect((await c.events(first.conversationId)).at(-1)).toMatchObject({
      type: 'linked',
      data: { other_id: child.conversationId, kind: 'thread' },
    });
  });
});

describe('the reopen window', () => {
  async function ended(wanted: Parameters<typeof company>[0] = {}) {
    const made = await answered(wanted);
    await owner.delivery.updateMany({ where: { tenantId: made.c.tenantId }, data: { state: 'sent' } });
    await made.c.as('aoki', (scope) => endConversation(scope, made.id, { noAnswer: false }), minutes(10));
    return made;
  }

  it('is the 窓口’s own where it has one', async () => {
    const { c, id, ours } = await ended();
    await set(c, { reopenDays: 3 });
    expect((await c.arrive({ from: TARO, inReplyTo: ours }, { at: days(5) })).conversationId).not.toBe(id);
    const other = await ended();
    await set(other.c, { reopenDays: 90 });
    const found = await other.c.arrive({ from: TARO, inReplyTo: other.ours }, { at: days(60) });
    expect(found.conversationId).toBe(other.id);
  });

  it('past it two mails of one sender open one case, in one batch and one after the other', async () => {
    const { c, id, ours } = await ended();
    const at = days(100);
    const stored = [];
    for (let n = 0; n < 2; n += 1) stored.push(await c.store({ from: TARO, inReplyTo: ours, text: `${n}` }, { at }));
    await c.receive('shop', days(101));
    const [first, second] = await Promise.all(stored.map((one) => c.outcome(one)));
    expect(first?.conversationId).not.toBe(id);
    expect(second?.conversationId).toBe(first?.conversationId);
    const third = await c.arrive({ from: TARO, inReplyTo: ours, text: '3' }, { at: days(102) });
    expect(third.conversationId).toBe(first?.conversationId);
    expect(await links(c)).toEqual([{ conversationId: first?.conversationId, otherId: id, kind: 'earlier' }]);
  });

  it.each(['trash', 'spam'])('a case in %s gets no mail, but one linked to it', async (place) => {
    const { c, id, ours } = await answered();
    await owner.conversation.update({ where: { tenantId_id: { tenantId: c.tenantId, id } }, data: { place } });
    const found = await c.arrive({ from: TARO, inReplyTo: ours });
    expect(found.conversationId).not.toBe(id);
    expect(await c.conversation(id)).toMatchObject({ place, messageCount: 2 });
    expect(await links(c)).toEqual([{ conversationId: found.conversationId, otherId: id, kind: 'earlier' }]);
  });
});
