import { describe, expect, it } from 'vitest';
import type { Role } from '#lib/auth/policy.ts';
import { patternInput } from '#lib/forms/input.ts';
import { listPatterns, mailboxesOfForms, readPattern } from '#lib/forms/list.ts';
import { recentSenders } from '#lib/forms/recent.ts';
import { addPattern, changePattern, deletePattern, movePattern, switchPattern } from '#lib/forms/save.ts';
import { trial, tryPattern } from '#lib/forms/try.ts';
import { FORM_FIELDS, filledIn } from '#tests/support/forms.ts';
import { company, minutes, owner } from '#tests/support/tenant.ts';

const FORM = 'お問い合わせフォーム <Form@forms.example.net>';
const BOTH: Role[] = ['admin', 'supervisor'];
const MEMBERS = { admin: { roles: ['admin'] as Role[] }, both: { roles: BOTH }, aoki: {} };
const input = (more: object = {}) =>
  patternInput.parse({
    ...{ name: '問い合わせ', sender: 'Form@forms.example.net', subjectContains: '', mailboxId: null, enabled: true },
    ...{ fields: FORM_FIELDS, ...more },
  });
const wish = (more: object = {}) =>
  trial.parse({
    ...{ sender: 'form@forms.example.net', subjectContains: '', fields: FORM_FIELDS, mailId: null, pasted: null },
    ...more,
  });

describe('the patterns of a company', () => {
  it('are added, changed, ordered, switched off and deleted, and read mail from the next one on', async () => {
    const c = await company({ members: MEMBERS });
    const before = await c.arrive({ from: FORM, text: filledIn('山田', 'taro@example.com') });
    const id = await c.as('admin', (s) => addPattern(s, input()));
    const second = await c.as('admin', (s) => addPattern(s, input({ name: '資料請求', subjectContains: '資料' })));
    const got = await c.arrive({ from: FORM, text: filledIn('鈴木', 'hanako@example.com') });
    const byPattern = async (messageId: string) =>
      (await owner.message.findFirstOrThrow({ where: { id: messageId } })).formPatternId;
    expect([await byPattern(before.messageId), await byPattern(got.messageId)]).toEqual([null, id]);
    await c.as('admin', (s) => movePattern(s, second, 'up'));
    await c.as('admin', (s) => movePattern(s, second, 'up'));
    expect((await c.as('admin', listPatterns)).map((row) => row.name)).toEqual(['資料請求', '問い合わせ']);
    await c.as('admin', (s) => changePattern(s, id, 1, input({ name: '新しい名前' })));
    await expect(c.as('admin', (s) => changePattern(s, id, 1, input()))).rejects.toThrow('savedElsewhere');
    await c.as('admin', (s) => switchPattern(s, id, false));
    const off = await c.arrive({ from: FORM, text: filledIn('佐藤', 'jiro@example.com') });
    expect(await byPattern(off.messageId)).toBeNull();
    await c.as('admin', (s) => deletePattern(s, id));
    await expect(c.as('admin', (s) => readPattern(s, id))).rejects.toThrow('NotFound');
    expect(await byPattern(got.messageId)).toBe(id);
    expect((await c.as('admin', listPatterns)).map((row) => row.name)).toEqual(['資料請求']);
  });

  it('are for administrators to change, and no other company’s', async () => {
    const c = await company({ members: MEMBERS });
    const other = await company({ members: MEMBERS, mailboxes: ['shop', 'theirs'] });
    const id = await c.as('admin', (s) => addPattern(s, input()));
    await expect(c.as('aoki', (s) => addPattern(s, input()))).rejects.toThrow('notAllowed');
    await expect(c.as('aoki', listPatterns)).rejects.toThrow('notAllowed');
    await expect(c.as('aoki', (s) => tryPattern(s, wish()))).rejects.toThrow('notAllowed');
    for (const work of [
      (s: never) => switchPattern(s, id, false),
      (s: never) => deletePattern(s, id),
      (s: never) => movePattern(s, id, 'up'),
      (s: never) => changePattern(s, id, 1, input()),
    ]) {
      await expect(other.as('admin', (s) => work(s as never))).rejects.toThrow('NotFound');
    }
    const foreign = input({ mailboxId: other.mailbox('theirs') });
    await expect(c.as('admin', (s) => addPattern(s, foreign))).rejects.toThrow('mailboxUnknown');
  });

  it('of a 窓口 that a supervisor doesn’t see are not there for them', async () => {
    const lead = { roles: ['supervisor'] as Role[], sees: ['shop'] };
    const c = await company({ mailboxes: ['shop', 'secret'], members: { ...MEMBERS, lead } });
    const everywhere = await c.as('admin', (s) => addPattern(s, input()));
    const hidden = await c.as('admin', (s) => addPattern(s, input({ mailboxId: c.mailbox('secret') })));
    expect((await c.as('lead', listPatterns)).map(({ id }) => id)).toEqual([everywhere]);
    expect((await c.as('lead', mailboxesOfForms)).map(({ name }) => name)).toEqual(['shop']);
    await expect(c.as('lead', (s) => readPattern(s, hidden))).rejects.toThrow('NotFound');
    expect((await c.as('admin', (s) => readPattern(s, hidden))).mailbox?.name).toBe('secret');
  });

  it.each([
    [{ sender: 'no address' }, 'formSenderFormat'],
    [{ sender: '' }, 'required'],
    [{ name: ' ' }, 'required'],
    [{ fields: [] }, 'formFieldsRequired'],
    [{ fields: [{ field: 'name', label: ' ', lines: 'one' }] }, 'required'],
  ])('%j is refused with a reason', (more, reason) => {
    expect(() => input(more)).toThrow(reason);
  });
});

describe('trying a pattern before it is saved', () => {
  it('says which line each field is read from, and on which of the last mails it finds the customer', async () => {
    const c = await company({ members: MEMBERS });
    await c.arrive({ from: FORM, text: filledIn('山田', 'taro@example.com') });
    await c.arrive({ from: FORM, subject: '採用', text: '名前 なし' }, { at: minutes(1) });
    const tried = await c.as('both', (s) => tryPattern(s, wish({ subjectContains: '注文した商品' })));
    expect(tried.shown).toMatchObject({ customer: { name: '山田', address: 'taro@example.com' } });
    expect(tried.shown?.fields.map(({ field, line, until }) => [field, line, until])).toEqual([
      ['name', 0, 1],
      ['furigana', 1, 2],
      ['email', 2, 3],
      ['phone', 3, 4],
      ['body', 4, 6],
    ]);
    expect(tried.mails).toMatchObject([
      { subject: '採用', customer: null, other: true },
      { customer: { address: 'taro@example.com' }, missing: [], other: false },
    ]);
    expect(await owner.formPattern.count({ where: { tenantId: c.tenantId } })).toBe(0);
  });

  it('reads a mail that a pattern or the usual labels have read already by the headers it really had', async () => {
    const c = await company({ members: MEMBERS });
    const typed = filledIn('山田', 'taro@example.com');
    await c.arrive({ from: c.address(), replyTo: 'reply@example.com', text: typed });
    const of = (more: object) => c.as('both', (s) => tryPattern(s, wish({ sender: c.address(), ...more })));
    expect((await of({})).shown?.customer?.address).toBe('taro@example.com');
    const withoutEmail = { fields: FORM_FIELDS.filter(({ field }) => field !== 'email') };
    expect((await of(withoutEmail)).shown?.customer?.address).toBe('reply@example.com');
  });

  it('shows mails of visible 窓口 only; who reads none may paste a text', async () => {
    const c = await company({
      mailboxes: ['shop', 'secret'],
      members: { ...MEMBERS, both: { roles: BOTH, sees: ['shop'] } },
    });
    await c.arrive({ from: FORM, text: filledIn('山田', 'taro@example.com') }, { mailbox: 'secret' });
    expect(await c.as('both', (s) => tryPattern(s, wish()))).toEqual({ shown: null, mails: [] });
    expect(await c.as('both', recentSenders)).toEqual([]);
    const pasted = await c.as('admin', (s) => tryPattern(s, wish({ pasted: filledIn('鈴木', 'hanako@example.com') })));
    expect(pasted.mails).toEqual([]);
    expect(pasted.shown?.suggested.map(({ field, label }) => [field, label])).toContainEqual([
      'email',
      'メールアドレス',
    ]);
    // Without 個人情報の閲覧, which the role doesn't bring.
    expect(pasted.shown?.customer).toEqual({ name: '鈴木', address: 'h***@example.com' });
  });

  it('names no customer and no telephone number to who may not see them', async () => {
    const c = await company({ members: { ...MEMBERS, lead: { roles: ['manager'] } } });
    await c.arrive({ from: 'taro@example.com' });
    await c.arrive({ from: 'no-reply@forms.example.net', text: filledIn('鈴木', 'hanako@example.com') });
    const addresses = async (who: string) => (await c.as(who, recentSenders)).map(({ address }) => address);
    expect(await addresses('both')).toEqual(['no-reply@forms.example.net', 'taro@example.com']);
    expect(await addresses('lead')).toEqual(['no-reply@forms.example.net']);
    const tried = await c.as('lead', (s) => tryPattern(s, wish({ sender: 'no-reply@forms.example.net' })));
    expect(tried.shown?.fields.find(({ field }) => field === 'phone')?.value).toMatch(/^[^0-9]*\*[^0-9]*$/);
  });

  it('suggests senders whose mails look like a form’s before others', async () => {
    const c = await company({ members: MEMBERS });
    await c.arrive({ from: 'taro@example.com' });
    await c.arrive({ from: 'taro@example.com', text: 'もう一通' });
    await c.arrive({ from: 'no-reply@forms.example.net', text: filledIn('山田', 'yamada@example.com') });
    expect(await c.as('both', recentSenders)).toMatchObject([
      { address: 'no-reply@forms.example.net', count: 1, likely: true },
      { address: 'taro@example.com', count: 2, likely: false },
    ]);
  });
});
