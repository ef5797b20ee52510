import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { removeBlob } from '#lib/blobs/index.ts';
import { readConversation } from '#lib/conversations/read.ts';
import { database } from '#lib/db/client.ts';
import { readRaw } from '#lib/inbound/read-raw.ts';
import { writeBatch } from '#lib/inbound/write-batch.ts';
import { LIMITS } from '#lib/limits.ts';
import { databaseUrl } from '#tests/support/database.ts';
import { mailId } from '#tests/support/raw-mail.ts';
import { type Company, company, days, owner } from '#tests/support/tenant.ts';

/** Many mails at once: what one of them can do to the others, two workers, and what it costs. */
const states = async (c: Company, stored: readonly string[]) => {
  const found = await Promise.all(stored.map((id) => c.outcome(id)));
  return found.map(({ state, reason }) => (reason ? `${state}: ${reason}` : state));
};

const poison = (text = '毒') => ({ text });

describe('a mail that cannot be written', () => {
  // What PostgreSQL would refuse, whatever it is: here every message with this word.
  beforeAll(async () => {
    await owner.$executeRawUnsafe(`CREATE FUNCTION poisonous() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF NEW.text ~ '毒' THEN RAISE EXCEPTION 'poison' USING ERRCODE = '22000'; END IF;
        RETURN NEW;
      END $$`);
    await owner.$executeRawUnsafe(
      'CREATE TRIGGER poisonous BEFORE INSERT ON message FOR EACH ROW EXECUTE FUNCTION poisonous()',
    );
  });
  afterAll(() => owner.$executeRawUnsafe('DROP FUNCTION poisonous() CASCADE'));

  it('stands alone, visible and with its original, and holds up no other', async () => {
    vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    const c = await company();
    const stored: string[] = [];
    for (let n = 0; n < 12; n += 1) stored.push(await c.store(n === 5 ? poison() : { from: `c${n}@example.com` }));
    expect(await c.receive()).toBe(12);
    const found = await states(c, stored);
    expect(found).toEqual(Array.from({ length: 12 }, (_, n) => (n === 5 ? 'failed: poison' : 'done')));
    const { conversationId, messageId } = await c.outcome(stored[5] ?? '');
    expect(await c.conversation(conversationId)).toMatchObject({ status: 'new', notice: false });
    const { items } = await c.as('aoki', (s) => readConversation(s, conversationId));
    expect(items[0]).toMatchObject({ kind: 'mail', id: messageId, unreadable: { why: 'broken' } });
    const message = await owner.message.findFirstOrThrow({ where: { id: messageId } });
    const row = await owner.inboundMail.findFirstOrThrow({ where: { id: stored[5] ?? '' } });
    expect(message.rawSha256).toBe(row.sha256);
    vi.restoreAllMocks();
  });

  it('among many such loses none of the others', async () => {
    vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    const c = await company();
    const stored: string[] = [];
    for (let n = 0; n < 9; n += 1) stored.push(await c.store(n % 2 ? poison() : { from: `c${n}@example.com` }));
    await c.receive();
    const wanted = Array.from({ length: 9 }, (_, n) => (n % 2 ? 'failed: poison' : 'done'));
    expect(await states(c, stored)).toEqual(wanted);
    const numbers = (await owner.conversation.findMany({ where: { tenantId: c.tenantId } })).map((one) => one.number);
    expect(new Set(numbers).size).toBe(9);
    vi.restoreAllMocks();
  });

  it('stays pending while the database is too busy, and is no poison for that', async () => {
    const c = await company();
    const id = await c.store({});
    const holder = new pg.Client({ connectionString: databaseUrl('migrate') });
    await holder.connect();
    await holder.query('BEGIN');
    await holder.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`receive:${c.mailbox()}`]);
    // Another worker has the 窓口: nothing happens, nothing fails.
    expect(await c.receive()).toBe(0);
    expect(await states(c, [id])).toEqual(['pending']);
    await holder.query('ROLLBACK');
    await holder.end();
    expect(await c.receive()).toBe(1);
    expect(await states(c, [id])).toEqual(['done']);
  });
});

it('a mail over the size cap is a visible placeholder, and what lost its bytes is one too', async () => {
  vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  const c = await company();
  const large = await c.arrive({ subject: '写真', text: '' }, { tooLarge: LIMITS.inboundMail + 1 });
  expect(large).toMatchObject({ state: 'failed', reason: `too-large:${LIMITS.inboundMail + 1}` });
  const seen = await c.as('aoki', (s) => readConversation(s, large.conversationId));
  expect(seen).toMatchObject({ status: 'new', subject: '写真', customer: { name: 'Yamada Taro' } });
  expect(seen.items[0]).toMatchObject({ unreadable: { why: 'tooLarge', size: LIMITS.inboundMail + 1 } });
  const id = await c.store({ text: 'gone' });
  const { sha256 } = await owner.inboundMail.findFirstOrThrow({ where: { id } });
  await removeBlob(c.tenantId, sha256 ?? '');
  await c.receive();
  expect(await states(c, [id])).toEqual(['failed: unreadable']);
  expect((await c.outcome(id)).conversationId).not.toBe('');
  vi.restoreAllMocks();
});

describe('two receivers at one 窓口', () => {
  it('write each mail once, in the order of the server, whatever they do to each other', async () => {
    const c = await company();
    const thread = mailId();
    const stored: string[] = [];
    for (let n = 0; n < 250; n += 1) {
      stored.push(
        await c.store(
          n % 10 === 0 ? { references: thread, subject: `${n}` } : { from: `c${n}@example.com`, subject: `${n}` },
        ),
      );
    }
    let settled = 0;
    for (let round = 0; settled < 250 && round < 20; round += 1) {
      const counts = await Promise.all([c.receive(), c.receive(), c.receive()]);
      settled += counts.reduce((sum, n) => sum + n, 0);
    }
    expect(settled).toBe(250);
    expect(new Set(await states(c, stored))).toEqual(new Set(['done']));
    expect(await owner.message.count({ where: { tenantId: c.tenantId } })).toBe(250);
    const cases = await owner.conversation.findMany({ where: { tenantId: c.tenantId }, orderBy: { number: 'asc' } });
    expect(cases).toHaveLength(226);
    const order = cases.map((one) => Number(one.subject));
    expect(order).toEqual([...order].sort((a, b) => a - b));
    expect(cases[0]).toMatchObject({ messageCount: 25, contentSeq: 25, eventSeq: 26 });
  });

  it('of which one read the mails and the other was faster: it writes none of them again', async () => {
    const c = await company();
    // Without id and date nothing but the row itself tells that they are written already.
    for (let n = 0; n < 3; n += 1) await c.store({ id: null, date: null, text: `${n}` });
    const rows = await owner.inboundMail.findMany({ where: { tenantId: c.tenantId, state: 'pending' } });
    const mails = await Promise.all(
      rows.map((row) =>
        readRaw(
          c.tenantId,
          { ...row, size: Number(row.size), folderRole: 'inbox', sha256: row.sha256 ?? '' },
          { ownAddresses: [], formPatterns: [] },
        ),
      ),
    );
    expect(await c.receive()).toBe(3);
    // As if their content had never been seen: only the state of the rows is left to stop it.
    await owner.message.updateMany({ where: { tenantId: c.tenantId }, data: { digest: null } });
    expect(await c.bySystem((s) => writeBatch(s, c.mailbox(), mails))).toBe(0);
    expect(await owner.message.count({ where: { tenantId: c.tenantId } })).toBe(3);
  });

  it('of which one died half-way leave the rest to the other', async () => {
    const c = await company();
    const stored: string[] = [];
    for (let n = 0; n < 5; n += 1) stored.push(await c.store({ from: `c${n}@example.com` }));
    const dead = new pg.Client({ connectionString: databaseUrl('app') });
    await dead.connect();
    await dead.query('BEGIN');
    await dead.query('SELECT set_config($1, $2, true)', ['app.tenant_id', c.tenantId]);
    await dead.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`receive:${c.mailbox()}`]);
    await dead.query(`UPDATE inbound_mail SET state = 'done'`);
    expect(await c.receive()).toBe(0);
    await dead.end();
    await vi.waitFor(async () => expect(await c.receive()).toBe(5), 5000);
    expect(new Set(await states(c, stored))).toEqual(new Set(['done']));
  });
});

/** The statements that PostgreSQL is asked while `work` runs. */
async function statements(work: () => Promise<unknown>): Promise<number> {
  let asked = 0;
  const spy = vi.spyOn(pg.Client.prototype, 'query').mockImplementation(function (this: pg.Client, ...args: unknown[]) {
    asked += 1;
    return original.apply(this, args as never) as never;
  } as never);
  try {
    await work();
    return asked;
  } finally {
    spy.mockRestore();
  }
}
const original = pg.Client.prototype.query;

describe('a batch', () => {
  const fill = async (c: Company, count: number, mail: (n: number) => object) => {
    for (let n = 0; n < count; n += 1) await c.store(mail(n));
  };

  it('of 100 new mails asks as many statements as one of ten', async () => {
    const [small, large] = [await company(), await company()];
    const mail = (n: number) => ({ from: `c${n}@example.com`, cc: 'x@example.net' });
    await fill(small, 10, mail);
    await fill(large, 100, mail);
    await database().$queryRaw`SELECT 1`;
    const few = await statements(() => small.receive());
    const many = await statements(() => large.receive());
    expect(await owner.message.count({ where: { tenantId: large.tenantId } })).toBe(100);
    expect(few).toBeGreaterThan(5);
    expect(many).toBe(few);
    expect(many).toBeLessThan(60);
  });

  it('of 100 replies, reopening as many cases, too', async () => {
    const c = await company();
    const ids = Array.from({ length: 100 }, () => mailId());
    await fill(c, 100, (n) => ({ id: ids[n], from: `c${n}@example.com` }));
    await c.receive();
    await owner.conversation.updateMany({
      where: { tenantId: c.tenantId },
      data: { status: 'done', doneKind: 'answered', endedAt: days(0) },
    });
    await fill(c, 100, (n) => ({ inReplyTo: ids[n], from: `c${n}@example.com` }));
    expect(await statements(() => c.receive('shop', days(1)))).toBeLessThan(60);
    expect(await owner.conversation.count({ where: { tenantId: c.tenantId, status: 'doing' } })).toBe(100);
  });
});
