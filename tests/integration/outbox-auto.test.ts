import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { endConversation } from '#lib/conversations/end.ts';
import { parseMail } from '#lib/mail/parse.ts';
import { ownSink } from '#tests/support/mail.ts';
import { deliver, delivery, reply, setDelivery } from '#tests/support/sending.ts';
import { company, NOW } from '#tests/support/tenant.ts';

let sink: Awaited<ReturnType<typeof ownSink>>;
beforeAll(async () => {
  sink = await ownSink({ password: 'pw' });
});
afterAll(() => sink.stop());
beforeEach(() => {
  sink.clearFaults();
  sink.clear();
});

/** A customer's question and a mail to them that no person wrote. */
async function receipt() {
  const c = await company({ smtpPort: sink.smtpPort });
  const { conversationId: id } = await c.arrive({});
  const { deliveryId } = await reply(c, id, { thenStatus: 'doing' });
  await setDelivery(c, deliveryId, { kind: 'auto', human: false, memberId: null });
  return { c, id, deliveryId, before: await c.conversation(id) };
}

it('leaves with the null return path, marked so that no machine answers it, and answers no wait', async () => {
  const { c, id, deliveryId } = await receipt();
  await deliver(c, deliveryId);
  const [mail] = sink.mails();
  expect(mail).toMatchObject({ from: '', to: ['taro@example.com'] });
  const parsed = await parseMail(mail?.raw ?? Buffer.alloc(0));
  expect(parsed.headers).toContainEqual(['auto-submitted', 'auto-replied']);
  expect(parsed.headers).toContainEqual(['x-auto-response-suppress', 'All']);
  expect(parsed.from?.address).toBe(c.address());
  expect(await delivery(c, deliveryId)).toMatchObject({ state: 'sent' });
  expect(await c.conversation(id)).toMatchObject({ status: 'doing', waitingSince: NOW, warning: null });
});

it.each([
  [{ mode: 'rcpt-550' }, 'failed', 'delivery.failed'],
  [{ mode: 'drop-after-dot' }, 'uncertain', 'delivery.uncertain'],
] as const)('that ends in %j leaves its event and no warning, and holds up no end', async (fault, state, event) => {
  const { c, id, deliveryId, before } = await receipt();
  sink.fault(fault);
  await deliver(c, deliveryId);
  expect(await delivery(c, deliveryId)).toMatchObject({ state });
  expect((await c.eventTypes(id)).at(-1)).toBe(event);
  const { status, warning, contentSeq, waitingSince } = before;
  expect(await c.conversation(id)).toMatchObject({ status, warning, contentSeq, waitingSince });
  await c.as('aoki', (scope) => endConversation(scope, id, { noAnswer: true }));
  expect(await c.conversation(id)).toMatchObject({ status: 'done' });
});
