import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import type { Sink } from '../../bin/support/servers.mjs';
import { letter } from '../support/letters.ts';
import { ownSink } from '../support/mail.ts';
import { db, endWorlds, type MailWorld, newMailWorld, until } from '../support/mail-world.ts';
import { killedItself, runWorker, stopWorkers } from '../support/worker-process.ts';

/*
 * Automatic receipts by a real worker, Dovecot and SMTP server: what leaves is counted at the sink, and what the sink got is
 * delivered to the other company as the internet would.
 *
 * | between two 窓口 that both answer by themselves           | receipts |
 * |----------------------------------------------------------|----------|
 * | every header arrives                                     | 1        |
 * | a gateway takes away what marks automatic mail           | 1 each   |
 * | … and what it answers to, too                            | 1 each   |
 * | the worker is killed after it received                   | 1        |
 */
let sink: Sink;
beforeAll(async () => {
  sink = await ownSink();
});
afterAll(async () => {
  await stopWorkers();
  await sink.stop();
});
afterEach(async () => {
  await endWorlds();
  sink.clear();
});

/** A company whose 窓口 answers by itself. */
async function answering(): Promise<MailWorld> {
  const world = await newMailWorld({ smtpPort: sink.smtpPort });
  const { tenantId, mailboxId } = world;
  await db.autoReceipt.create({
    data: {
      tenantId,
      mailboxId,
      enabled: true,
      subject: 'ご連絡 {case_number}',
      text: '{customer_name} 様\n担当者が拝見します。',
    },
  });
  return world;
}

/** The receipts that left for an address. */
const sentTo = ({ address }: MailWorld) => sink.mails().filter((mail) => mail.to.includes(address));

async function receiptFor(world: MailWorld, count = 1): Promise<string> {
  return until(() => {
    const sent = sentTo(world);
    expect(sent.length).toBe(count);
    return sent.at(-1)?.raw.toString() ?? '';
  });
}

/** Waits until so many mails have become messages there, and gives what they may have set off the time to leave. */
async function quiet(world: MailWorld, received: number): Promise<void> {
  await until(async () => {
    expect((await world.messages()).filter(({ direction }) => direction === 'in').length).toBe(received);
    const states = (await world.deliveries()).map(({ state }) => state);
    expect(states.filter((state) => state !== 'sent')).toEqual([]);
  });
}

const MARKS = /^(auto-submitted|x-auto-response-suppress|precedence|x-madoguchi-id):/i;
const THREAD = /^(in-reply-to|references|message-id):/i;

/** The mail without these header fields, folded lines and all. */
function stripped(raw: string, fields: RegExp, id?: string): string {
  const [head = '', ...body] = raw.split('\r\n\r\n');
  const kept = head.split(/\r\n(?![ \t])/).filter((field) => !fields.test(field));
  return [[...kept, ...(id ? [`Message-ID: <${id}@gateway.example>`] : [])].join('\r\n'), ...body].join('\r\n\r\n');
}

it('two 窓口 of two companies stop at once where their mail arrives as it is sent', async () => {
  await runWorker();
  const [a, b] = [await answering(), await answering()];
  await a.deliver(letter({ from: b.address, subject: '仕入れについて' }));
  const receipt = await receiptFor(b);
  expect(sentTo(b)[0]).toMatchObject({ from: '' });
  for (const header of ['Auto-Submitted: auto-replied', 'X-Auto-Response-Suppress: All', 'Precedence: bulk']) {
    expect(receipt).toContain(header);
  }
  expect(receipt).toMatch(/^In-Reply-To: </m);
  await b.deliver(receipt);
  await quiet(b, 1);
  expect((await b.messages()).map((message) => message.class)).toEqual(['auto']);
  expect(sink.mails().length).toBe(1);
});

it('they stop after one each where a gateway takes away every mark of automatic mail', async () => {
  const [a, b] = [await answering(), await answering()];
  await a.deliver(letter({ from: b.address, subject: '仕入れについて' }));
  await b.deliver(stripped(await receiptFor(b), MARKS));
  await a.deliver(stripped(await receiptFor(a), MARKS));
  await quiet(a, 2);
  expect([sentTo(a).length, sentTo(b).length]).toEqual([1, 1]);
  // And where nothing says what they answer to, either.
  await a.deliver(stripped(await receiptFor(a), new RegExp(`${MARKS.source}|${THREAD.source}`, 'i'), 'one'));
  await b.deliver(stripped(await receiptFor(b), new RegExp(`${MARKS.source}|${THREAD.source}`, 'i'), 'two'));
  await quiet(a, 3);
  await quiet(b, 2);
  expect([sentTo(a).length, sentTo(b).length]).toEqual([1, 1]);
});

it('one receipt leaves when the worker is killed after it received', async () => {
  await stopWorkers();
  const world = await answering();
  const dying = await runWorker({ failpoint: 'after-receive' });
  await world.deliver(letter({ subject: '返品について' }));
  await killedItself(dying);
  await db.$executeRaw`UPDATE mail_account SET lease_until = clock_timestamp() - interval '1 second'`;
  await db.$executeRaw`UPDATE worker_lease SET lease_until = clock_timestamp() - interval '1 second'`;
  await runWorker();
  await until(() => expect(sink.mails().length).toBe(1));
  await quiet(world, 1);
  expect(sink.mails().length).toBe(1);
  expect(await db.autoReceiptSent.count({ where: { tenantId: world.tenantId } })).toBe(1);
});
