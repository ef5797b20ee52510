import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { receiptInput } from '#lib/autoreceipts/input.ts';
import { listReceipts, previewReceipt, readReceipt, resumeReceipts, saveReceipt } from '#lib/autoreceipts/settings.ts';
import { newId } from '#lib/ids.ts';
import { filledIn, formPattern } from '#tests/support/forms.ts';
import { ownSink } from '#tests/support/mail.ts';
import { bounceMail, mailId, rawMail, type WrittenMail } from '#tests/support/raw-mail.ts';
import { deliver } from '#tests/support/sending.ts';
import { type Company, company, days, minutes, NOW, owner } from '#tests/support/tenant.ts';

let sink: Awaited<ReturnType<typeof ownSink>>;
beforeAll(async () => {
  sink = await ownSink({ password: 'pw' });
});
afterAll(() => sink.stop());
beforeEach(() => sink.clear());

type Wanted = { hours?: string; perHour?: number; subject?: string; text?: string; enabled?: boolean };

/** A company whose 窓口 `shop` answers by itself. */
async function answering(wanted: Wanted = {}, mailboxes = ['shop']): Promise<Company> {
  const members: NonNullable<Parameters<typeof company>[0]>['members'] = { aoki: {}, admin: { roles: ['admin'] } };
  const c = await company({ members, mailboxes, smtpPort: sink.smtpPort });
  for (const key of mailboxes) {
    await owner.autoReceipt.create({
      data: {
        ...{ tenantId: c.tenantId, mailboxId: c.mailbox(key), enabled: true, subject: '受け付けました #{case_number}' },
        ...{ text: '{customer_name} 様\n{mailbox_name}です。受付番号は {case_number} です。', ...wanted },
        updatedAt: new Date(Date.now() - 60_000),
      },
    });
  }
  return c;
}

/** Stores a mail that came a moment ago and receives it. */
async function arrive(
  c: Company,
  mail: WrittenMail | Buffer = {},
  { at = NOW, mailbox = 'shop', imported = false } = {},
) {
  const id = await c.store(mail, { at, mailbox, imported });
  await c.receive(mailbox, at);
  return c.outcome(id);
}

const receipts = (c: Company) =>
  owner.message.findMany({
    where: { tenantId: c.tenantId, direction: 'out', classRule: 'auto-receipt' },
    include: { deliveryByMessage: { include: { deliveryRecipientByDelivery: true } }, messageAddressByMessage: true },
    orderBy: { recordedAt: 'asc' },
  });
const count = async (c: Company) => (await receipts(c)).length;

describe('an automatic receipt', () => {
  it('goes to the writer at once, threaded, with its words filled in, and leaves the case as it was', async () => {
    const c = await answering();
    const before = await company();
    const id = mailId();
    const got = await arrive(c, { id, from: '山田 太郎様 <Taro@Example.com>', references: '<old@mail.example.jp>' });
    const plain = await c.conversation(got.conversationId);
    const other = await arrive(before, { from: '山田 太郎様 <Taro@Example.com>' });
    const without = await before.conversation(other.conversationId);
    const [receipt] = await receipts(c);
    expect(receipt).toMatchObject({
      ...{
        subject: '受け付けました #1',
        text: expect.stringMatching(/^山田 太郎 様\n.*shopです。受付番号は 1 です。$/),
        class: 'auto',
      },
      ...{ conversationId: got.conversationId, inReplyTo: [id], references: ['<old@mail.example.jp>', id] },
      ...{ kpiInbound: false, authorId: null, fromAddress: c.address() },
      messageAddressByMessage: [{ role: 'to', address: 'Taro@Example.com' }],
      deliveryByMessage: [
        {
          ...{ state: 'queued', kind: 'auto', human: false, memberId: null },
          deliveryRecipientByDelivery: [{ address: 'Taro@Example.com', customer: false }],
        },
      ],
    });
    for (const field of ['status', 'waitingSince', 'contentSeq', 'messageCount', 'lastSnippet', 'warning'] as const) {
      expect([field, plain[field]]).toEqual([field, without[field]]);
    }
    expect(await c.eventTypes(got.conversationId)).toEqual(['conversation.opened', 'message.received', 'reply.queued']);
    expect((await c.events(got.conversationId))[2]).toMatchObject({
      actorKind: 'system',
      data: { kind: 'auto', human: false, message_id: receipt?.id },
    });
  });

  it('is sent with MAIL FROM:<> and marked as automatic, and answers no wait', async () => {
    const c = await answering();
    const { conversationId } = await arrive(c);
    const [receipt] = await receipts(c);
    await deliver(c, receipt?.deliveryByMessage[0]?.id ?? '');
    const [mail] = sink.mails();
    expect(mail).toMatchObject({ from: '', to: ['taro@example.com'] });
    const raw = mail?.raw.toString() ?? '';
    expect(raw).toContain('Auto-Submitted: auto-replied');
    expect(raw).toContain('X-Auto-Response-Suppress: All');
    expect(raw).toContain('Precedence: bulk');
    expect(await c.conversation(conversationId)).toMatchObject({ status: 'new', waitingSince: NOW, warning: null });
    expect((await c.events(conversationId)).at(-1)).toMatchObject({
      type: 'delivery.accepted',
      data: { human: false, to_customer: false },
    });
  });

  it('of a form goes to the customer in it, and to nobody where nobody can be told', async () => {
    const c = await answering();
    await formPattern(c);
    const from = 'form@forms.example.net';
    await arrive(c, {
      from,
      text: filledIn('鈴木', 'hanako@example.com'),
      headers: { 'Auto-Submitted': 'auto-generated' },
    });
    await arrive(c, { from, text: '【お名前】名無し' });
    expect((await receipts(c)).map((one) => one.messageAddressByMessage[0]?.address)).toEqual(['hanako@example.com']);
  });

  it('that comes back leaves its event and nothing else', async () => {
    const c = await answering();
    const { conversationId } = await arrive(c);
    const [receipt] = await receipts(c);
    await deliver(c, receipt?.deliveryByMessage[0]?.id ?? '');
    const before = await c.conversation(conversationId);
    const returned = receipt?.messageIdHeader ?? '';
    await arrive(c, bounceMail({ to: c.address(), recipient: 'taro@example.com', returned }), { at: minutes(1) });
    const { status, warning, contentSeq, waitingSince } = before;
    expect(await c.conversation(conversationId)).toMatchObject({ status, warning, contentSeq, waitingSince });
    expect(await c.eventTypes(conversationId)).toContain('delivery.bounced');
  });

  it.each([
    ['inside', '2026-11-20T01:00:00Z', 1],
    ['inside', '2026-11-20T13:00:00Z', 0],
    ['outside', '2026-11-20T01:00:00Z', 0],
    ['outside', '2026-11-20T13:00:00Z', 1],
    ['always', '2026-11-21T13:00:00Z', 1],
  ])('%s business hours at %s: %i', async (hours, at, expected) => {
    const c = await answering({ hours, text: '営業時間は {business_hours} です。' });
    const calendarId = newId();
    const week = { mon: [['09:00', '18:00']], tue: [['09:00', '18:00']], fri: [['09:00', '18:00']] };
    await owner.calendar.create({ data: { tenantId: c.tenantId, id: calendarId, name: '営業時間' } });
    await owner.calendarVersion.create({
      data: {
        ...{ tenantId: c.tenantId, id: newId(), calendarId, validFrom: '2020-01-01', zone: 'Asia/Tokyo', week },
        ...{ closed: [], special: {} },
      },
    });
    await owner.mailbox.updateMany({ where: { tenantId: c.tenantId }, data: { calendarId } });
    await arrive(c, {}, { at: new Date(at) });
    const sent = await receipts(c);
    expect(sent.length).toBe(expected);
    for (const { text } of sent) expect(text).toBe('営業時間は 月〜火 9:00〜18:00、金 9:00〜18:00 です。');
  });
});

describe('the first breaker: never', () => {
  it.each<[string, WrittenMail]>([
    ['an answer by a machine', { headers: { 'Auto-Submitted': 'auto-replied' } }],
    ['a mail with the null return path', { headers: { 'Return-Path': '<>' } }],
    ['a mailing list', { headers: { 'List-Id': '<x.example.jp>', Precedence: 'list' } }],
    ['bulk mail', { headers: { Precedence: 'bulk' } }],
    ['who wants no automatic answer', { headers: { 'X-Auto-Response-Suppress': 'OOF, AutoReply' } }],
    ['a no-reply sender', { from: 'no-reply@mall.example.jp' }],
    ['a mail system', { from: 'MAILER-DAEMON@mx.example.jp' }],
    ['thanks', { text: 'ありがとうございました。' }],
  ])('for %s', async (_, mail) => {
    const c = await answering();
    await arrive(c, mail);
    expect(await count(c)).toBe(0);
  });

  it('for a mail whose answers would come to ourselves, or that one of our own accounts wrote', async () => {
    const c = await answering({}, ['shop', 'billing']);
    await arrive(c, { replyTo: c.address('billing') });
    await arrive(c, { from: c.address('billing') });
    await formPattern(c);
    await arrive(c, { from: 'form@forms.example.net', text: filledIn('社内', c.address('billing')) });
    expect(await count(c)).toBe(0);
  });

  it('for imported mail, or mail of the day before', async () => {
    const c = await answering();
    await arrive(c, {}, { imported: true });
    const id = await c.store({ from: 'late@example.com' }, { at: NOW });
    await c.receive('shop', minutes(24 * 60 + 1));
    await c.outcome(id);
    expect(await count(c)).toBe(0);
  });

  it('while it is switched off, or without an account to send by', async () => {
    const off = await answering({ enabled: false });
    await arrive(off);
    const paused = await answering();
    await owner.mailAccount.updateMany({ where: { tenantId: paused.tenantId }, data: { state: 'paused' } });
    await arrive(paused);
    expect([await count(off), await count(paused)]).toEqual([0, 0]);
  });

  it('twice for one mail: what is received again is known', async () => {
    const c = await answering();
    const raw = rawMail({ to: c.address() });
    await arrive(c, raw);
    await owner.autoReceiptSent.deleteMany({ where: { tenantId: c.tenantId } });
    expect((await arrive(c, raw, { at: minutes(5) })).state).toBe('duplicate');
    expect(await count(c)).toBe(1);
  });
});

describe('the other breakers', () => {
  it('second: an answer to our receipt gets none, on any day, from any address, without a header that says so', async () => {
    const c = await answering();
    await arrive(c);
    const [receipt] = await receipts(c);
    const inReplyTo = receipt?.messageIdHeader ?? '';
    await arrive(c, { inReplyTo, text: '受け付けました。' }, { at: days(2) });
    await arrive(c, { from: 'robot@other.example.com', references: inReplyTo, text: '受付です' }, { at: days(3) });
    await arrive(c, { from: 'echo@other.example.com', headers: { 'X-Madoguchi-Id': inReplyTo } }, { at: days(4) });
    expect(await count(c)).toBe(1);
    // An id like ours that we didn't sign stops nobody.
    await arrive(c, { from: 'hanako@example.com', inReplyTo: inReplyTo.replace(/\.[0-9a-f]/, '.z') }, { at: days(5) });
    expect(await count(c)).toBe(2);
  });

  it('third: one a day for each sender, however the address is written, by the company’s own days', async () => {
    const c = await answering();
    for (const from of ['taro@example.com', 'TARO@Example.com', 'taro+1@example.com', 'taro+x@EXAMPLE.com']) {
      // The mail itself is a case's like any other.
      expect(await arrive(c, { from, text: from }, { at: minutes(1) })).toMatchObject({ state: 'done', reason: null });
    }
    expect(await count(c)).toBe(1);
    await arrive(c, { from: 'hanako@example.com' }, { at: minutes(1) });
    expect(await count(c)).toBe(2);
    // 14:59 and 15:00 UTC are two days in Tokyo.
    await arrive(c, { text: '夜' }, { at: new Date('2026-11-20T14:59:00Z') });
    expect(await count(c)).toBe(2);
    await arrive(c, { text: '翌日' }, { at: new Date('2026-11-20T15:00:00Z') });
    expect(await count(c)).toBe(3);
  });

  it('third, within one batch, too', async () => {
    const c = await answering();
    for (let n = 0; n < 5; n += 1) await c.store({ text: `${n}` });
    await c.receive('shop', minutes(1));
    expect(await count(c)).toBe(1);
  });

  it('fourth: more than so many an hour blow the fuse, and nothing more is sent until somebody resumes', async () => {
    const c = await answering({ perHour: 3 });
    for (let n = 0; n < 5; n += 1) await c.store({ from: `a${n}@example.com` });
    await c.receive('shop', minutes(1));
    expect(await count(c)).toBe(3);
    const setting = () => owner.autoReceipt.findFirstOrThrow({ where: { tenantId: c.tenantId } });
    expect((await setting()).fuseBlownAt).not.toBeNull();
    await arrive(c, { from: 'b@example.com' }, { at: days(1) });
    expect(await count(c)).toBe(3);
    expect(await owner.conversation.count({ where: { tenantId: c.tenantId } })).toBe(6);
    await c.as('admin', (s) => resumeReceipts(s, c.mailbox()));
    await arrive(c, { from: 'd@example.com' }, { at: days(2) });
    expect([await count(c), (await setting()).fuseBlownAt]).toEqual([4, null]);
  });
});

describe('the settings', () => {
  const values = receiptInput.parse({
    ...{ enabled: true, hours: 'outside', subject: '受付 {case_number}', text: '{customer_name} 様', perHour: '20' },
  });

  it('are saved once for each 窓口, and not over what somebody else has saved meanwhile', async () => {
    const c = await company({ mailboxes: ['shop', 'billing'], members: { admin: { roles: ['admin'] }, aoki: {} } });
    const read = () => c.as('admin', listReceipts);
    expect(await read()).toMatchObject([
      {
        mailbox: { name: 'shop' },
        enabled: false,
        version: 0,
        sender: c.address(),
        text: expect.stringContaining('{case_number}'),
      },
      { mailbox: { name: 'billing' }, version: 0 },
    ]);
    const save = (version: number) => c.as('admin', (s) => saveReceipt(s, c.mailbox(), version, values));
    await save(0);
    await expect(save(0)).rejects.toThrow('savedElsewhere');
    await save(1);
    expect(await read()).toMatchObject([{ enabled: true, hours: 'outside', perHour: 20, version: 2 }, { version: 0 }]);
  });

  it('of a 窓口 that a supervisor doesn’t see are not there for them', async () => {
    const c = await company({
      mailboxes: ['shop', 'secret'],
      members: { admin: { roles: ['admin'] }, lead: { roles: ['supervisor'], sees: ['shop'] } },
    });
    expect((await c.as('lead', listReceipts)).map(({ mailbox }) => mailbox.name)).toEqual(['shop']);
    await expect(c.as('lead', (s) => readReceipt(s, c.mailbox('secret')))).rejects.toThrow('NotFound');
    const words = { subject: 'a', text: '{mailbox_name}', customerName: '' };
    await expect(c.as('lead', (s) => previewReceipt(s, c.mailbox('secret'), words))).rejects.toThrow('NotFound');
    expect((await c.as('admin', (s) => previewReceipt(s, c.mailbox('secret'), words))).text).toContain('secret');
  });

  it('are for administrators to change, of their own company', async () => {
    const [c, other] = [await answering(), await answering()];
    await expect(c.as('aoki', (s) => saveReceipt(s, c.mailbox(), 1, values))).rejects.toThrow('notAllowed');
    await expect(c.as('aoki', listReceipts)).rejects.toThrow('notAllowed');
    await expect(c.as('aoki', (s) => resumeReceipts(s, c.mailbox()))).rejects.toThrow('notAllowed');
    await expect(other.as('admin', (s) => saveReceipt(s, c.mailbox(), 1, values))).rejects.toThrow('NotFound');
    await expect(other.as('admin', (s) => resumeReceipts(s, c.mailbox()))).rejects.toThrow('NotFound');
    await expect(other.as('admin', (s) => readReceipt(s, c.mailbox()))).rejects.toThrow('NotFound');
  });

  it.each([
    [{ subject: ' ' }, 'required'],
    [{ text: '' }, 'required'],
    [{ text: '{name} 様' }, 'placeholderUnknown'],
    [{ perHour: 0 }, 'invalidValue'],
    [{ subject: 'a\nBcc: x@example.com' }, 'invalidValue'],
  ])('%j is refused with a reason', (more, reason) => {
    expect(() => receiptInput.parse({ ...values, ...more })).toThrow(reason);
  });
});
