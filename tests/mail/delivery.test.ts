import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { cancelDelivery } from '#lib/outbox/cancel.ts';
import { fileSent } from '#lib/outbox/file-sent.ts';
import { resolveUncertain } from '#lib/outbox/resolve.ts';
import type { Fault, Sink } from '../../bin/support/servers.mjs';
import { bounceOf, letter } from '../support/letters.ts';
import { ownDovecot, ownSink } from '../support/mail.ts';
import {
  db,
  endLeases,
  endPauses,
  endWorlds,
  type MailWorld,
  newMailWorld,
  type ReplyWish,
  until,
} from '../support/mail-world.ts';
import { messageIdOf, messageIdsAt } from '../support/sink-counts.ts';
import { killedItself, runWorker, stopWorkers } from '../support/worker-process.ts';

/*
 * An answer on its way to the customer (architecture.md 5), by a real worker to a mail server that misbehaves:
 *
 * | the customers' mail server          | delivery                        | 案件            | at the sink |
 * |-------------------------------------|---------------------------------|----------------|-------------|
 * | takes it                            | sent; one copy in Sent          | as chosen      | 1           |
 * | 450 at RCPT, 452 at the end         | retry with the next time; sent  | as chosen then | 1           |
 * | 535 at sign-in                      | retry, with the server's words  | as it was      | 0           |
 * | 550 at RCPT, 554 at the end         | failed, with the words          | 対応中, warning  | 0           |
 * | the line drops in the body          | retry; sent                     | as chosen then | 1           |
 * | the line drops after the final dot  | uncertain, never repeated       | 対応中, warning  | 1           |
 * |   … 「届いていた」                     | sent                            | as chosen      | 1           |
 * |   … 「もう一度送る」                   | sent, the same Message-ID       | as chosen      | 2           |
 * | refuses one of two recipients       | sent, that one refused          | warning        | 1           |
 *
 * Undo: nothing leaves. The copy in Sent is repeated while IMAP is down, and is one whoever files it. The customer's answer
 * comes back into its 案件, a bounce too.
 */
let sink: Sink;
let world: MailWorld;
beforeAll(async () => {
  sink = await ownSink();
  await runWorker();
});
afterAll(async () => {
  await stopWorkers();
  await sink.stop();
});
beforeEach(async () => {
  world = await newMailWorld({ smtpPort: sink.smtpPort });
});
afterEach(async () => {
  await endWorlds();
  sink.clear();
  sink.clearFaults();
});

/** A customer has asked. @returns the conversation's id */
async function asked(of: MailWorld = world): Promise<string> {
  await of.deliver(letter({ subject: '返品について' }));
  return (await until(async () => {
    const [conversation] = await of.conversations();
    expect(conversation).toBeDefined();
    return conversation?.id;
  })) as string;
}

/** The agent answers while the server misbehaves so; once the delivery has come to rest in that state. */
async function answeredBut(fault: Fault | null, state: string, wish: ReplyWish = {}) {
  const conversationId = await asked();
  if (fault) sink.fault(fault);
  const { deliveryId } = await world.reply(conversationId, wish);
  await restsIn(deliveryId, state);
  return { conversationId, deliveryId };
}

async function restsIn(deliveryId: string, state: string): Promise<void> {
  await until(async () => expect((await world.delivery(deliveryId)).state).toBe(state));
}

const conversation = async () => (await world.conversations())[0];
const recipients = (deliveryId: string) =>
  db.deliveryRecipient.findMany({ where: { deliveryId }, orderBy: { position: 'asc' } });

async function ourMessageId(deliveryId: string): Promise<string> {
  const { messageId } = await world.delivery(deliveryId);
  const message = (await world.messages()).find(({ id }) => id === messageId);
  return message?.messageIdHeader ?? '';
}

async function copiesInSent(of: MailWorld, messageId: string): Promise<number> {
  const found = await of.dovecot.doveadm(
    ...['search', '-u', of.address, 'mailbox', 'Sent', 'header', 'message-id', messageId],
  );
  return found.split('\n').filter(Boolean).length;
}

describe('an answer that is taken', () => {
  it('reaches the customer, stands once in Sent with the same Message-ID, and ends the 案件', async () => {
    const { deliveryId } = await answeredBut(null, 'sent', { text: '返品を承りました。' });
    await until(async () => expect((await world.delivery(deliveryId)).filed).toBe('done'));
    const ours = await ourMessageId(deliveryId);
    expect(sink.mails().map(messageIdOf)).toEqual([ours]);
    expect(sink.mails()[0]).toMatchObject({ from: world.address, to: ['hanako@customer.example'] });
    expect(await world.dovecot.count(world.address, 'Sent')).toBe(1);
    expect(await copiesInSent(world, ours)).toBe(1);
    expect(await conversation()).toMatchObject({ status: 'done', doneKind: 'answered', waitingSince: null });
    // The copy comes back to us by the pull of Sent: it is known as ours.
    await world.deliver(letter({ subject: '次' }));
    await until(async () => expect(await world.conversations()).toHaveLength(2));
    expect(await world.messages()).toHaveLength(3);
  });

  it('is answered by the customer in the same 案件, which is open again', async () => {
    const { conversationId, deliveryId } = await answeredBut(null, 'sent');
    const inReplyTo = await ourMessageId(deliveryId);
    await world.deliver(letter({ subject: 'Re: 返品について', inReplyTo, text: 'いつ届きますか？' }));
    await until(async () => expect(await world.messages()).toHaveLength(3));
    expect(await world.conversations()).toHaveLength(1);
    expect(await conversation()).toMatchObject({ id: conversationId, status: 'doing', messageCount: 3 });
    expect((await conversation())?.waitingSince).not.toBeNull();
    expect((await world.messages()).at(-1)).toMatchObject({ threadReason: 'own-id', threadRank: 1 });
  });

  it('but comes back later as a bounce puts the 案件 back to 対応中 with a warning', async () => {
    const { conversationId, deliveryId } = await answeredBut(null, 'sent');
    await until(async () => expect((await conversation())?.status).toBe('done'));
    const messageId = await ourMessageId(deliveryId);
    await world.deliver(bounceOf({ messageId, from: world.address, to: 'hanako@customer.example' }));
    await restsIn(deliveryId, 'failed');
    expect(await world.conversations()).toHaveLength(1);
    expect(await conversation()).toMatchObject({ id: conversationId, status: 'doing', warning: 'failed' });
    expect((await conversation())?.waitingSince).not.toBeNull();
    const [refused] = await recipients(deliveryId);
    expect(refused).toMatchObject({ state: 'refused', words: expect.stringContaining('5.1.1') });
  });
});

describe('an answer that is not taken now', () => {
  it.each([
    ['rcpt-450', 450],
    ['data-452', 452],
  ] as const)('%s: is tried again at the time it says, and then sent once', async (mode, code) => {
    const { deliveryId } = await answeredBut({ mode, times: 1 }, 'retry');
    const waiting = await world.delivery(deliveryId);
    expect(waiting).toMatchObject({ lastCode: code, attempts: 1, lastWords: expect.stringContaining(mode) });
    expect(waiting.nextAttemptAt.getTime()).toBeGreaterThan(Date.now() + 30_000);
    expect(await conversation()).toMatchObject({ status: 'doing' });
    await endPauses();
    await restsIn(deliveryId, 'sent');
    expect([...messageIdsAt(sink).values()]).toEqual([1]);
    await until(async () => expect((await conversation())?.status).toBe('done'));
  });

  it('auth-535: waits with the server’s words, and is sent once the password is right again', async () => {
    const { deliveryId } = await answeredBut({ mode: 'auth-535' }, 'retry');
    expect(await world.delivery(deliveryId)).toMatchObject({
      lastCode: 535,
      lastWords: expect.stringContaining('Authentication credentials invalid'),
    });
    sink.clearFaults();
    await endPauses();
    await restsIn(deliveryId, 'sent');
    expect(sink.mails()).toHaveLength(1);
  });

  it('drop-mid-body: is tried again, for nobody can have the whole mail, and arrives exactly once', async () => {
    const text = '長い返信です。\n'.repeat(400_000);
    const { deliveryId } = await answeredBut({ mode: 'drop-mid-body', times: 1 }, 'retry', { text });
    expect(sink.mails()).toHaveLength(0);
    await endPauses();
    await restsIn(deliveryId, 'sent');
    expect([...messageIdsAt(sink).values()]).toEqual([1]);
  });
});

describe('an answer that is refused', () => {
  it.each([
    ['rcpt-550', 550],
    ['data-554', 554],
  ] as const)('%s: has failed for good, with the server’s words, and the 案件 is in 対応中', async (mode, code) => {
    const { deliveryId } = await answeredBut({ mode }, 'failed');
    expect(await world.delivery(deliveryId)).toMatchObject({
      lastCode: code,
      lastWords: expect.stringContaining(mode),
    });
    expect(await conversation()).toMatchObject({ status: 'doing', warning: 'failed' });
    expect((await conversation())?.waitingSince).not.toBeNull();
    await endPauses();
    await new Promise((resolve) => setTimeout(resolve, 2500));
    expect((await world.delivery(deliveryId)).attempts).toBe(1);
    expect(sink.mails()).toHaveLength(0);
  });

  it('by one of two recipients has reached the other, and says by whom it was refused', async () => {
    const to = ['hanako@customer.example', 'gone@customer.example'];
    const fault = { mode: 'rcpt-550', recipient: 'gone@customer.example' } as const;
    const { deliveryId } = await answeredBut(fault, 'sent', { to });
    expect(sink.mails().map((mail) => mail.to)).toEqual([['hanako@customer.example']]);
    expect((await recipients(deliveryId)).map((r) => r.state)).toEqual(['accepted', 'refused']);
    expect((await recipients(deliveryId))[1]).toMatchObject({ code: 550, words: expect.stringContaining('rcpt-550') });
    expect(await conversation()).toMatchObject({ status: 'done', warning: 'failed' });
  });
});

describe('an answer whose end nobody saw', () => {
  it('is uncertain, and never sent again by itself', async () => {
    const { deliveryId } = await answeredBut({ mode: 'drop-after-dot', times: 1 }, 'uncertain');
    expect(sink.mails()).toHaveLength(1);
    expect(await conversation()).toMatchObject({ status: 'doing', warning: 'uncertain' });
    await endPauses();
    await endLeases();
    await new Promise((resolve) => setTimeout(resolve, 5000));
    expect((await world.delivery(deliveryId)).state).toBe('uncertain');
    expect(sink.mails()).toHaveLength(1);
  });

  it('「届いていた」 settles it as sent, with its copy in Sent', async () => {
    const { deliveryId } = await answeredBut({ mode: 'drop-after-dot', times: 1 }, 'uncertain');
    await world.as((scope) => resolveUncertain(scope, deliveryId, { answer: 'arrived' }));
    await until(async () => expect(await world.delivery(deliveryId)).toMatchObject({ state: 'sent', filed: 'done' }));
    expect(await conversation()).toMatchObject({ status: 'done', warning: null });
    expect(sink.mails()).toHaveLength(1);
    expect(await world.dovecot.count(world.address, 'Sent')).toBe(1);
  });

  it('「もう一度送る」 sends the same mail with the same Message-ID once more', async () => {
    const { deliveryId } = await answeredBut({ mode: 'drop-after-dot', times: 1 }, 'uncertain');
    await world.as((scope) => resolveUncertain(scope, deliveryId, { answer: 'resend' }));
    await restsIn(deliveryId, 'sent');
    const [first, second] = sink.mails();
    expect(sink.mails()).toHaveLength(2);
    expect(second?.raw.equals(first?.raw ?? Buffer.alloc(0))).toBe(true);
    expect(await conversation()).toMatchObject({ status: 'done', warning: null });
  });
});

describe('an answer taken back', () => {
  it('within the undo window never leaves, and its text is the draft again', async () => {
    const slow = await newMailWorld({ smtpPort: sink.smtpPort, undoSeconds: 2 });
    const conversationId = await asked(slow);
    const { deliveryId } = await slow.reply(conversationId, { text: '取り消す文' });
    const draft = await slow.as((scope) => cancelDelivery(scope, deliveryId));
    expect(draft?.text).toBe('取り消す文');
    await new Promise((resolve) => setTimeout(resolve, 4500));
    expect((await slow.delivery(deliveryId)).state).toBe('cancelled');
    expect(sink.mails()).toHaveLength(0);
    expect(await slow.dovecot.count(slow.address, 'Sent')).toBe(0);
  });

  it('too late says so, and has been sent once', async () => {
    const { deliveryId } = await answeredBut(null, 'sent');
    const late = world.as((scope) => cancelDelivery(scope, deliveryId));
    await expect(late).rejects.toMatchObject({ reason: 'cancelTooLate' });
    expect(sink.mails()).toHaveLength(1);
  });
});

describe('the copy in Sent', () => {
  it('is repeated while IMAP is down, and filed once when it is back', async () => {
    const dovecot = await ownDovecot();
    const down = await newMailWorld({ smtpPort: sink.smtpPort, dovecot });
    const conversationId = await asked(down);
    await dovecot.process.stop();
    const { deliveryId } = await down.reply(conversationId);
    await until(async () => expect((await down.delivery(deliveryId)).filedAttempts).toBeGreaterThan(0));
    expect(await down.delivery(deliveryId)).toMatchObject({ state: 'sent', filed: 'pending' });
    expect((await down.conversations())[0]?.status).toBe('done');
    await dovecot.restart();
    await endPauses();
    await until(async () => expect((await down.delivery(deliveryId)).filed).toBe('done'));
    expect(await dovecot.count(down.address, 'Sent')).toBe(1);
    expect(sink.mails()).toHaveLength(1);
    await dovecot.end();
  });

  it('is one, when several processes are rung for it at the same moment', async () => {
    await stopWorkers();
    await world.append([letter()]);
    await endLeases();
    await killedItself(await runWorker({ failpoint: 'after-receive' }));
    const { deliveryId } = await world.reply((await conversation())?.id ?? '');
    await endLeases();
    await killedItself(await runWorker({ failpoint: 'before-enqueue' }));
    expect(await world.delivery(deliveryId)).toMatchObject({ state: 'sent', filed: 'pending' });
    const many = Array.from({ length: 8 });
    await Promise.all(many.map(() => world.as((scope) => scope.db.$queryRaw`SELECT pg_sleep(0.2)::text`)));
    for (let round = 1; round <= 6; round += 1) {
      await Promise.all(many.map(() => fileSent(world.tenantId, deliveryId)));
      expect((await world.delivery(deliveryId)).filed).toBe('done');
      expect(await world.dovecot.count(world.address, 'Sent')).toBe(1);
      // Once more from the beginning: a single round lets the two meet only now and then.
      await world.dovecot.expunge(world.address, 'Sent', 'all');
      await db.$executeRaw`UPDATE delivery SET filed = 'pending', filed_next_at = NULL WHERE id = ${deliveryId}::uuid`;
    }
  });
});
