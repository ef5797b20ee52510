import { expect, it } from 'vitest';
import { readConversation } from '#lib/conversations/read.ts';
import { newId } from '#lib/ids.ts';
import { encodeIso2022Jp } from '#lib/mail/charset/encode-iso2022jp.ts';
import { parseMail } from '#lib/mail/parse.ts';
import { cancelDelivery } from '#lib/outbox/cancel.ts';
import { saveDraft } from '#lib/outbox/draft.ts';
import { outgoingMail } from '#lib/outbox/outgoing.ts';
import { delivery, reply } from '#tests/support/sending.ts';
import { type Company, company, NOW } from '#tests/support/tenant.ts';

const charset = 'iso-2022-jp' as const;

async function sent(c: Company, deliveryId: string) {
  const { messageId } = await delivery(c, deliveryId);
  const which = { id: deliveryId, messageId, kind: 'reply' as const, dateHeader: NOW };
  return (await c.bySystem((scope) => outgoingMail(scope, which))).compose();
}

it('an answer asked for in ISO-2022-JP leaves in it, and says what was written', async () => {
  const c = await company();
  const { conversationId: id } = await c.arrive({});
  const { deliveryId } = await reply(c, id, { charset, text: 'お待ちください。〜店より〜', subject: 'Re: 在庫' });
  expect((await delivery(c, deliveryId)).message.charset).toBe(charset);
  const raw = await sent(c, deliveryId);
  expect(raw.toString('latin1')).toContain('charset=iso-2022-jp');
  expect(await parseMail(raw)).toMatchObject({ text: 'お待ちください。～店より～', subject: 'Re: 在庫', charset });
});

it.each([
  [{ text: '①㈱髙橋様、①' }, 'text', '①、㈱、髙'],
  [{ subject: 'Re: 髙橋様' }, 'subject', '髙'],
])('%j is refused with the very characters, and goes in UTF-8', async (words, field, characters) => {
  const c = await company();
  const { conversationId: id } = await c.arrive({});
  await expect(reply(c, id, { charset, ...words })).rejects.toMatchObject({
    ...{ code: 'Invalid', reason: 'charsetUnfit', field, params: { characters } },
  });
  const { deliveryId } = await reply(c, id, words);
  expect(await parseMail(await sent(c, deliveryId))).toMatchObject({ charset: 'utf-8', ...words });
});

it('the choice stays with the draft, also when a mail is taken back', async () => {
  const c = await company();
  const { conversationId: id } = await c.arrive({});
  const words = { to: [], cc: [], subject: 'Re: x', text: 'お待ちください。' };
  const save = (version: number, chosen?: typeof charset) =>
    c.as('aoki', (s) =>
      saveDraft(s, id, {
        ...words,
        clientId: newId(),
        seenContentSeq: 1,
        version,
        ...(chosen ? { charset: chosen } : {}),
      }),
    );
  await save(0);
  expect((await c.as('aoki', (s) => readConversation(s, id))).draft?.charset).toBe('utf-8');
  await save(1, charset);
  expect((await c.as('aoki', (s) => readConversation(s, id))).draft?.charset).toBe(charset);
  const { deliveryId } = await reply(c, id, { charset });
  expect(await c.as('aoki', (s) => cancelDelivery(s, deliveryId))).toMatchObject({ charset });
});

it('is suggested where the customer’s last mail came in it from a carrier’s address, and only there', async () => {
  const c = await company();
  const headers = { 'Content-Type': 'text/plain; charset=iso-2022-jp' };
  const mail = (from: string) =>
    Buffer.concat([
      Buffer.from(
        `From: ${from}\r\nTo: ${c.address()}\r\nSubject: x\r\nMessage-ID: <${newId()}@x.example>\r\nContent-Type: ${headers['Content-Type']}\r\n\r\n`,
      ),
      encodeIso2022Jp('届きません') ?? Buffer.alloc(0),
    ]);
  const suggests = async (stored: Buffer) => {
    const { conversationId } = await c.arrive(stored);
    return (await c.as('aoki', (s) => readConversation(s, conversationId))).suggestJis;
  };
  expect(await suggests(mail('taro@docomo.ne.jp'))).toBe(true);
  expect(await suggests(mail('taro@example.com'))).toBe(false);
  expect(
    (await c.as('aoki', async (s) => readConversation(s, (await c.arrive({ from: 'a@docomo.ne.jp' })).conversationId)))
      .suggestJis,
  ).toBe(false);
});
