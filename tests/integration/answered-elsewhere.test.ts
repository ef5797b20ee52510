import { describe, expect, it } from 'vitest';
import { answeredElsewhere } from '#lib/conversations/answered-elsewhere.ts';
import { readConversation } from '#lib/conversations/read.ts';
import { cancelDelivery } from '#lib/outbox/cancel.ts';
import { mailId } from '#tests/support/raw-mail.ts';
import { reply, setDelivery } from '#tests/support/sending.ts';
import { company, minutes, owner, refusal } from '#tests/support/tenant.ts';

const MEMBERS = {
  aoki: { sees: ['shop', 'office'] },
  baba: { sees: ['shop', 'office'] },
  chiba: { sees: ['office'] },
};

/** One mail to two 窓口 of the company. */
async function twice() {
  const c = await company({ members: MEMBERS, mailboxes: ['shop', 'office', 'third'] });
  const id = mailId();
  const shop = (await c.arrive({ id })).conversationId;
  const office = (await c.arrive({ id, text: 'いつ届きますか？\n-- \nshop-ml' }, { mailbox: 'office' })).conversationId;
  return { c, id, shop, office };
}
const read = (c: Awaited<ReturnType<typeof twice>>['c'], who: string, id: string) =>
  c.as(who, (scope) => readConversation(scope, id));

describe('the same mail in two 窓口', () => {
  it('is two messages in two cases that show each other', async () => {
    const { c, shop, office } = await twice();
    expect(shop).not.toBe(office);
    expect((await read(c, 'aoki', shop)).linked.map(({ id, kind }) => [id, kind])).toEqual([[office, 'same_mail']]);
    expect((await read(c, 'aoki', office)).linked.map(({ id }) => id)).toEqual([shop]);
  });

  it('answered in one is shown in the other, and a second answer is stopped until its writer knows', async () => {
    const { c, shop, office } = await twice();
    expect((await read(c, 'baba', office)).answeredElsewhere).toBeNull();
    await reply(c, shop, { who: 'aoki' });
    const { number } = await c.conversation(shop);
    const known = (await read(c, 'baba', office)).answeredElsewhere;
    expect(known).toMatchObject({ who: 'aoki', mailbox: 'shop', number, at: minutes(5).toISOString() });
    await expect(reply(c, office, { who: 'baba' })).rejects.toMatchObject({
      ...{ code: 'Conflict', reason: 'answeredElsewhere' },
      params: { id: known?.id, who: 'aoki', mailbox: 'shop', number },
    });
    expect(await owner.delivery.count({ where: { tenantId: c.tenantId } })).toBe(1);
    expect(await refusal(reply(c, office, { who: 'baba', knownElsewhere: known?.id ?? null }))).toBe('done');
    // And now the first has to know of the second.
    expect(await refusal(reply(c, shop, { who: 'aoki', text: '追伸' }))).toBe('Conflict: answeredElsewhere');
  });

  it('answered in both at the same moment is answered once', async () => {
    const { c, shop, office } = await twice();
    const both = [reply(c, shop, { who: 'aoki' }), reply(c, office, { who: 'baba' })];
    expect((await Promise.all(both.map(refusal))).sort()).toEqual(['Conflict: answeredElsewhere', 'done']);
  });

  it('answered where one may not look says only that', async () => {
    const { c, shop, office } = await twice();
    await reply(c, shop, { who: 'aoki' });
    expect((await read(c, 'chiba', office)).answeredElsewhere).toMatchObject({ who: '', mailbox: '', number: null });
    await expect(reply(c, office, { who: 'chiba' })).rejects.toMatchObject({
      ...{ reason: 'answeredElsewhere', params: { who: '', mailbox: '', number: 0 } },
    });
  });

  it.each(['taken back', 'failed', 'automatic'])('an answer that was %s stops nobody', async (how) => {
    const { c, shop, office } = await twice();
    const { deliveryId } = await reply(c, shop, { who: 'aoki' });
    if (how === 'taken back') await c.as('aoki', (scope) => cancelDelivery(scope, deliveryId));
    if (how === 'failed') await setDelivery(c, deliveryId, { state: 'failed' });
    if (how === 'automatic') await setDelivery(c, deliveryId, { human: false, kind: 'auto' });
    expect((await read(c, 'baba', office)).answeredElsewhere).toBeNull();
    expect(await refusal(reply(c, office, { who: 'baba' }))).toBe('done');
  });

  it('stops by way of a third 窓口 too', async () => {
    const { c, id, shop } = await twice();
    const third = (await c.arrive({ id, text: 'いつ届きますか？\n-- \nthird-ml' }, { mailbox: 'third' }))
      .conversationId;
    await reply(c, shop, { who: 'aoki' });
    const found = await c.bySystem((scope) => answeredElsewhere(scope, third, [c.mailbox()]));
    expect(found).toMatchObject({ who: 'aoki' });
  });

  it('is not the same mail only because a broken sender gives every mail one id', async () => {
    const { c, id } = await twice();
    const other = await c.arrive(
      { id, from: 'other@example.net', text: '別のメール', date: 'Fri, 20 Nov 2026 18:00:00 +0900' },
      { mailbox: 'third' },
    );
    const links = await owner.conversationLink.findMany({
      where: { tenantId: c.tenantId, conversationId: other.conversationId },
    });
    expect(links).toEqual([]);
  });
});
