import { describe, expect, it } from 'vitest';
import { readConversation } from '#lib/conversations/read.ts';
import { filledIn, formPattern } from '#tests/support/forms.ts';
import { mailId } from '#tests/support/raw-mail.ts';
import { delivery, reply } from '#tests/support/sending.ts';
import { type Company, company, owner } from '#tests/support/tenant.ts';

const FORM = 'お問い合わせフォーム <form@forms.example.net>';
const seen = (c: Company, id: string, who = 'aoki') => c.as(who, (s) => readConversation(s, id));
const message = (id: string) => owner.message.findFirstOrThrow({ where: { id } });

describe('a mail of a form whose pattern is known', () => {
  it('is the inquiry of the customer typed in, with the fields beside it and the answer going there', async () => {
    const c = await company();
    const pattern = await formPattern(c);
    const got = await c.arrive({ from: FORM, text: filledIn('山田 太郎 様', 'Taro@Example.com') });
    const shown = await seen(c, got.conversationId);
    expect(shown).toMatchObject({ status: 'new', notice: false });
    expect(shown.customer).toMatchObject({ name: '山田 太郎', furigana: 'ヤマダ', addresses: ['Taro@Example.com'] });
    expect(shown.replyDefaults).toMatchObject({ to: [{ name: '山田 太郎', address: 'Taro@Example.com' }], cc: [] });
    expect(shown.items[0]).toMatchObject({
      ...{ class: 'human', classRule: 'form-pattern', from: { name: '山田 太郎', address: 'Taro@Example.com' } },
      text: expect.stringContaining('【お問い合わせ内容】'),
      form: {
        customerFound: true,
        fields: [
          { field: 'name', label: 'お名前', value: '山田 太郎 様' },
          { field: 'furigana', label: 'フリガナ', value: 'ヤマダ' },
          { field: 'email', label: 'メールアドレス', value: 'Taro@Example.com' },
          { field: 'phone', label: '電話番号', value: '090-0000-0000' },
          { field: 'body', label: 'お問い合わせ内容', value: '在庫はありますか。' },
        ],
      },
    });
    const snippet = '在庫はありますか。';
    expect(await c.conversation(got.conversationId)).toMatchObject({ channel: 'form', lastSnippet: snippet });
    expect(await message(got.messageId)).toMatchObject({ formPatternId: pattern, kpiInbound: true });
    expect((await c.events(got.conversationId)).map(({ data }) => data)).toMatchObject([
      { channel: 'form', kpi_inbound: true },
      { channel: 'form', class: 'human', class_rule: 'form-pattern' },
    ]);
  });

  it('is no mail of ours even when our own address wrote it', async () => {
    const c = await company();
    await formPattern(c, { sender: c.address() });
    const got = await c.arrive({ from: c.address(), text: filledIn('山田', 'taro@example.com') });
    expect(await message(got.messageId)).toMatchObject({ class: 'human', kpiInbound: true });
    const answer = await c.arrive({ from: c.address(), inReplyTo: mailId(), text: '在庫はございます。' });
    expect(await message(answer.messageId)).toMatchObject({ class: 'internal', kpiInbound: false });
  });

  it('shares no case with another customer of the same form, whatever its headers refer to', async () => {
    const c = await company();
    await formPattern(c);
    const thread = mailId();
    const of = (name: string, address: string) => ({
      ...{ from: FORM, subject: 'お問い合わせ', references: thread, inReplyTo: thread, text: filledIn(name, address) },
    });
    const first = await c.arrive(of('山田', 'taro@example.com'));
    const second = await c.arrive(of('鈴木', 'hanako@example.com'));
    const nobody = await c.arrive(of('名無し', '入力なし'));
    expect(new Set([first, second, nobody].map((one) => one.conversationId)).size).toBe(3);
    expect(await owner.conversationLink.count({ where: { tenantId: c.tenantId } })).toBe(0);
    expect((await seen(c, second.conversationId)).customer?.addresses).toEqual(['hanako@example.com']);
  });

  it('two such mails in one batch are two cases, too', async () => {
    const c = await company();
    await formPattern(c);
    const thread = mailId();
    const texts = [filledIn('山田', 'taro@example.com'), filledIn('鈴木', 'hanako@example.com')];
    for (const text of texts) await c.store({ from: FORM, subject: 'お問い合わせ', inReplyTo: thread, text });
    await c.receive();
    expect(await owner.conversation.count({ where: { tenantId: c.tenantId } })).toBe(2);
  });

  it('is answered by a mail to the address typed in, in any case', async () => {
    const c = await company();
    await formPattern(c);
    const { conversationId } = await c.arrive({ from: FORM, text: filledIn('山田', 'taro@example.com') });
    const { deliveryId } = await reply(c, conversationId, { to: [{ name: '', address: 'TARO@example.com' }] });
    expect((await delivery(c, deliveryId)).deliveryRecipientByDelivery[0]).toMatchObject({ customer: true });
  });
});

describe('a form whose customer can’t be read', () => {
  it('is new, says so, belongs to nobody, and is answered to nobody by itself', async () => {
    const c = await company();
    await formPattern(c);
    const got = await c.arrive({ from: FORM, replyTo: c.address(), text: '【お名前】山田\n【ご用件】電話をください' });
    const shown = await seen(c, got.conversationId);
    expect(shown).toMatchObject({ status: 'new', notice: false, customer: null });
    expect(shown.waitingSince).not.toBeNull();
    expect(shown.items[0]).toMatchObject({
      from: { address: 'form@forms.example.net' },
      form: { customerFound: false, fields: [{ field: 'name', value: '山田' }] },
    });
    expect(shown.replyDefaults).toMatchObject({ to: [], cc: [] });
    expect(await owner.customer.count({ where: { tenantId: c.tenantId } })).toBe(0);
  });

  it('isn’t answered by a mail to the form’s own address', async () => {
    const c = await company();
    await formPattern(c);
    const { conversationId } = await c.arrive({ from: FORM, text: '【お名前】山田' });
    const { deliveryId } = await reply(c, conversationId, { to: [{ name: '', address: 'form@forms.example.net' }] });
    expect((await delivery(c, deliveryId)).deliveryRecipientByDelivery[0]).toMatchObject({ customer: false });
  });
});

describe('which pattern reads a mail', () => {
  it('is one of its 窓口 before one of the company, of its subject, and switched on', async () => {
    const c = await company({ mailboxes: ['shop', 'billing'] });
    const ours = await formPattern(c, { mailbox: 'shop' });
    const all = await formPattern(c);
    await formPattern(c, { mailbox: 'shop', enabled: false });
    const bySubject = await formPattern(c, { sender: '@forms.example.org', subjectContains: '資料請求' });
    const by = async (mail: Parameters<Company['arrive']>[0], mailbox = 'shop') =>
      (await message((await c.arrive(mail, { mailbox })).messageId)).formPatternId;
    const text = filledIn('山田', 'taro@example.com');
    expect(await by({ from: FORM, text })).toBe(ours);
    expect(await by({ from: FORM, text: `${text}2` }, 'billing')).toBe(all);
    expect(await by({ from: 'a@forms.example.org', subject: '【資 料 請 求】', text })).toBe(bySubject);
    expect(await by({ from: 'a@forms.example.org', subject: '採用', text })).toBeNull();
    expect(await by({ from: 'a@sub.forms.example.org', subject: '資料請求', text })).toBeNull();
  });

  it('is none of another company’s', async () => {
    const [c, other] = [await company(), await company()];
    await formPattern(other);
    const got = await c.arrive({ from: FORM, text: filledIn('山田', 'taro@example.com') });
    expect(await message(got.messageId)).toMatchObject({ formPatternId: null, classRule: 'person' });
  });

  it('without one, the usual labels are tried, and the rule says so', async () => {
    const c = await company();
    const got = await c.arrive({ from: 'no-reply@forms.example.net', text: filledIn('山田', 'taro@example.com') });
    expect(await message(got.messageId)).toMatchObject({ formPatternId: null, classRule: 'form-sender' });
    expect((await seen(c, got.conversationId)).items[0]).toMatchObject({ form: { customerFound: true } });
  });
});

it('the fields are masked like addresses for those who may not see them', async () => {
  const c = await company({ members: { aoki: {}, viewer: { roles: ['viewer'] } } });
  await formPattern(c);
  const { conversationId } = await c.arrive({ from: FORM, text: filledIn('山田', 'ｔａｒｏ＠example.com') });
  const [mail] = (await seen(c, conversationId, 'viewer')).items;
  const fields = mail?.kind === 'mail' ? mail.form?.fields : null;
  expect(fields?.map(({ value }) => value)).toEqual([
    '山田',
    'ヤマダ',
    't***@example.com',
    '***-****-****',
    '在庫はありますか。',
  ]);
});

it('a reading goes onto a card that has none, and replaces none', async () => {
  const c = await company();
  await formPattern(c);
  await c.arrive({ from: 'taro@example.com' });
  await c.arrive({ from: FORM, text: filledIn('山田', 'taro@example.com') });
  await c.arrive({ from: FORM, text: filledIn('山田', 'taro@example.com').replace('ヤマダ', 'サンダ') });
  const customers = await owner.customer.findMany({ where: { tenantId: c.tenantId } });
  expect(customers.map(({ furigana }) => furigana)).toEqual(['ヤマダ']);
});
