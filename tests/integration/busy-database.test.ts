import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { openQuarantined, quarantine, retryQuarantined } from '#lib/accounts/quarantine.ts';
import { readBlob } from '#lib/blobs/index.ts';
import { databaseUrl } from '#tests/support/database.ts';
import { ownSink } from '#tests/support/mail.ts';
import { rawMail } from '#tests/support/raw-mail.ts';
import { deliver, delivery, reply, setDelivery } from '#tests/support/sending.ts';
import { type Company, company, owner, refusal } from '#tests/support/tenant.ts';

/** A database in trouble while mail is received says nothing about the mail: it stays pending and is received whole later. */
beforeEach(() => {
  vi.spyOn(process.stdout, 'write').mockReturnValue(true);
});
afterEach(async () => {
  vi.restoreAllMocks();
  await owner.$executeRawUnsafe('DROP FUNCTION IF EXISTS trouble() CASCADE');
  await owner.$executeRawUnsafe('DROP SEQUENCE IF EXISTS trouble_count');
});

/**
 * Installs a trigger that does what `body` says for each row of this company that `of` chooses; `nth` counts them, whatever
 * is rolled back.
 */
async function trouble(c: Company, on: string, timing: string, body: string, of = 'true'): Promise<void> {
  await owner.$executeRawUnsafe('CREATE SEQUENCE trouble_count');
  await owner.$executeRawUnsafe(`CREATE FUNCTION trouble() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
    DECLARE nth bigint;
    BEGIN
      IF NEW.tenant_id <> '${c.tenantId}' OR NOT (${of}) THEN RETURN NEW; END IF;
      nth := nextval('trouble_count');
      ${body}
      RETURN NEW;
    END $$`);
  const kind = timing.includes('DEFERRED') ? 'CONSTRAINT TRIGGER' : 'TRIGGER';
  const [when, deferred] = timing.includes('DEFERRED') ? ['AFTER INSERT OR UPDATE', timing] : [timing, ''];
  await owner.$executeRawUnsafe(
    `CREATE ${kind} trouble ${when} ON ${on} ${deferred} FOR EACH ROW EXECUTE FUNCTION trouble()`,
  );
}

const raiseOnce = (state: string) => `IF nth = 1 THEN RAISE EXCEPTION 'trouble' USING ERRCODE = '${state}'; END IF;`;
const states = async (c: Company) =>
  (await owner.inboundMail.findMany({ where: { tenantId: c.tenantId }, orderBy: { uid: 'asc' } })).map(
    ({ state, reason }) => (reason ? `${state}: ${reason}` : state),
  );

async function threeMails(): Promise<Company> {
  const c = await company();
  for (const text of ['一通目', '二通目', '三通目'])
    await c.store({ from: `${randomBytes(4).toString('hex')}@example.com`, text });
  return c;
}

async function receivedWhole(c: Company): Promise<void> {
  expect(await c.receive()).toBe(3);
  expect(await states(c)).toEqual(['done', 'done', 'done']);
  const messages = await owner.message.findMany({ where: { tenantId: c.tenantId } });
  expect(messages.map(({ text }) => text.trim()).sort()).toEqual(['一通目', '三通目', '二通目']);
  expect(messages.map(({ parseError }) => parseError)).toEqual([null, null, null]);
}

describe('a trouble that passes', () => {
  it.each([
    ['a deadlock', '40P01'],
    ['a shutdown', '57P01'],
    ['a full disk', '53100'],
    ['a statement that took too long', '57014'],
    ['a lost line', '08006'],
  ])('%s (%s) makes no placeholder', async (_name, state) => {
    const c = await threeMails();
    await trouble(c, 'message', 'BEFORE INSERT', raiseOnce(state));
    await expect(c.receive()).rejects.toThrow();
    expect(await states(c)).toEqual(['pending', 'pending', 'pending']);
    expect(await owner.conversation.count({ where: { tenantId: c.tenantId } })).toBe(0);
    await receivedWhole(c);
  });

  it('in a statement that Prisma wrote itself makes none either', async () => {
    const c = await threeMails();
    await trouble(c, 'inbound_wait', 'BEFORE INSERT', raiseOnce('53100'));
    await expect(c.receive()).rejects.toThrow();
    expect(await states(c)).toEqual(['pending', 'pending', 'pending']);
    await receivedWhole(c);
  });

  it('at the commit makes none either', async () => {
    const c = await threeMails();
    await trouble(c, 'inbound_mail', 'DEFERRABLE INITIALLY DEFERRED', raiseOnce('40001'));
    await expect(c.receive()).rejects.toThrow();
    expect(await states(c)).toEqual(['pending', 'pending', 'pending']);
    await receivedWhole(c);
  });

  it('that meets a mail which is tried alone does not make it poison', async () => {
    const c = await company();
    await c.store({ text: '毒' });
    const id = await c.store({ text: '無実' });
    // The batch fails for the poison; then the innocent mail, alone, meets the trouble once.
    const poison = `IF NEW.text ~ '毒' THEN RAISE EXCEPTION 'poison' USING ERRCODE = '22000'; END IF;`;
    const once = `IF nth <= 4 THEN RAISE EXCEPTION 'trouble' USING ERRCODE = '40P01'; END IF;`;
    await trouble(c, 'message', 'BEFORE INSERT', `${poison} ${once}`, `NEW.text ~ '毒|無実'`);
    await expect(c.receive()).rejects.toThrow();
    expect(await states(c)).toEqual(['failed: poison', 'pending']);
    expect(await c.receive()).toBe(1);
    expect(await states(c)).toEqual(['failed: poison', 'done']);
    expect((await c.outcome(id)).reason).toBeNull();
  });
});

it('a receiving backend that is shot leaves the mails pending', async () => {
  const c = await threeMails();
  const root = new pg.Client({ connectionString: databaseUrl('postgres') });
  const holder = new pg.Client({ connectionString: databaseUrl('postgres') });
  await Promise.all([root.connect(), holder.connect()]);
  try {
    await holder.query('BEGIN');
    await holder.query('LOCK TABLE message IN ACCESS EXCLUSIVE MODE');
    const receiving = refusal(c.receive());
    const { rows } = await holder.query('SELECT pg_backend_pid() AS pid');
    await vi.waitFor(async () => {
      const shot = await root.query(
        'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE $1 = ANY(pg_blocking_pids(pid)) AND datname = current_database()',
        [rows[0].pid],
      );
      expect(shot.rowCount).toBeGreaterThan(0);
    }, 5000);
    expect(await receiving).not.toBe('done');
    await holder.query('ROLLBACK');
  } finally {
    await Promise.all([root.end(), holder.end()]);
  }
  expect(await states(c)).toEqual(['pending', 'pending', 'pending']);
  await receivedWhole(c);
});

describe('a batch too heavy for its time', () => {
  const batches = async (c: Company): Promise<number[]> => {
    const rows = await owner.$queryRaw<{ count: number }[]>`
      SELECT count(*)::integer AS count FROM message WHERE tenant_id = ${c.tenantId}::uuid
      GROUP BY xmin ORDER BY min(id::text)`;
    return rows.map(({ count }) => count);
  };
  const fill = async (c: Company, count: number) => {
    for (let n = 0; n < count; n += 1) await c.store({ from: `c${n}@example.com` });
  };

  it('is lighter at the next run, and grows again when all is well', async () => {
    const c = await company();
    await fill(c, 20);
    // So slow that more than six mails of one transaction end in the time-out.
    await trouble(
      c,
      'message',
      'BEFORE INSERT',
      `IF (SELECT count(*) FROM message WHERE tenant_id = NEW.tenant_id AND xmin::text = pg_current_xact_id()::text) >= 6
       THEN RAISE EXCEPTION 'canceling statement due to statement timeout' USING ERRCODE = '57014'; END IF;`,
    );
    const settled: number[] = [];
    for (let run = 0; run < 12 && settled.at(-1) !== 20; run += 1) {
      await c.receive().catch(() => {});
      settled.push(await owner.message.count({ where: { tenantId: c.tenantId } }));
    }
    expect(settled.slice(0, 3)).toEqual([0, 0, 10]);
    expect(settled.at(-1)).toBe(20);
    expect(new Set(await states(c))).toEqual(new Set(['done']));
    await owner.$executeRawUnsafe('DROP FUNCTION trouble() CASCADE');
    await fill(c, 60);
    expect(await c.receive()).toBe(60);
    const sizes = await batches(c);
    expect(sizes.slice(0, 4)).toEqual([5, 5, 5, 5]);
    expect(Math.max(...sizes)).toBeGreaterThan(10);
  });
});

describe('a trouble while an answer is sent', () => {
  let sink: Awaited<ReturnType<typeof ownSink>>;
  beforeAll(async () => {
    sink = await ownSink({ password: 'pw' });
  });
  afterAll(() => sink.stop());
  beforeEach(() => sink.clear());

  const answering = async () => {
    const c = await company({ smtpPort: sink.smtpPort });
    const { conversationId: id } = await c.arrive({});
    return { c, id, deliveryId: (await reply(c, id)).deliveryId };
  };

  it('after the server’s yes keeps the yes until it can be written', async () => {
    const { c, id, deliveryId } = await answering();
    await trouble(c, 'delivery', 'BEFORE UPDATE', raiseOnce('40P01'), `NEW.state = 'sent'`);
    await deliver(c, deliveryId);
    expect(await delivery(c, deliveryId)).toMatchObject({ state: 'sent', attempts: 1 });
    expect(await c.conversation(id)).toMatchObject({ status: 'done', waitingSince: null });
    expect(sink.mails()).toHaveLength(1);
  });

  it('before the body lets nothing leave, and the next try sends it', async () => {
    const { c, deliveryId } = await answering();
    await trouble(c, 'delivery', 'BEFORE UPDATE', raiseOnce('53100'), 'NEW.data_started_at IS NOT NULL');
    await deliver(c, deliveryId);
    expect(sink.mails()).toEqual([]);
    expect(await delivery(c, deliveryId)).toMatchObject({ state: 'retry', attempts: 1, dataStartedAt: null });
    await setDelivery(c, deliveryId, { nextAttemptAt: new Date(0) });
    await deliver(c, deliveryId);
    expect(await delivery(c, deliveryId)).toMatchObject({ state: 'sent' });
    expect(sink.mails()).toHaveLength(1);
  });
});

describe('a mail that finds the database busy again and again', () => {
  it('goes into quarantine in the end, with the database’s words, and lets the others pass', async () => {
    const c = await company({ members: { admin: { roles: ['admin'] } } });
    const [before, bad, after] = [
      await c.store({ text: '前' }),
      await c.store({ text: '毒' }),
      await c.store({ text: '後' }),
    ];
    await trouble(
      c,
      'message',
      'BEFORE INSERT',
      `RAISE EXCEPTION 'no time' USING ERRCODE = '57014';`,
      `NEW.text ~ '毒'`,
    );
    let rounds = 0;
    for (; rounds < 100 && (await states(c)).includes('pending'); rounds += 1) await c.receive().catch(() => {});
    expect(rounds).toBeGreaterThan(25);
    expect([await c.outcome(before), await c.outcome(after)]).toMatchObject([{ state: 'done' }, { state: 'done' }]);
    expect(await c.outcome(bad)).toMatchObject({ state: 'failed', reason: 'poison' });
    const held = await c.as('admin', (scope) => quarantine(scope, c.accounts.shop ?? ''));
    expect(held).toMatchObject([{ id: bad, reason: 'poison', attempts: 30, downloadable: true, retriable: true }]);
    expect(held[0]?.words).toContain('no time');
    const { sha256 } = await c.as('admin', (scope) => openQuarantined(scope, bad));
    expect((await readBlob(c.tenantId, sha256)).toString()).toContain('毒');
    await owner.$executeRawUnsafe('DROP FUNCTION trouble() CASCADE');
    const placeholder = await c.outcome(bad);
    await c.as('admin', (scope) => retryQuarantined(scope, bad));
    expect(await c.receive()).toBe(1);
    expect(await c.outcome(bad)).toEqual({ ...placeholder, state: 'done', reason: null });
    const message = await owner.message.findFirst({ where: { tenantId: c.tenantId, id: placeholder.messageId } });
    expect(message).toMatchObject({ parseError: null, fromAddress: 'taro@example.com' });
    expect(message?.text).toContain('毒');
    expect(await c.conversation(placeholder.conversationId)).toMatchObject({ status: 'new', messageCount: 1 });
  });

  it('is known again by its bytes when all is read again', async () => {
    const c = await company();
    const raw = rawMail({ to: c.address(), text: '毒' });
    const first = await c.store(raw);
    await trouble(c, 'message', 'BEFORE INSERT', `RAISE EXCEPTION 'never' USING ERRCODE = '22000';`, `NEW.text ~ '毒'`);
    await c.receive();
    const again = await c.store(raw);
    await c.receive();
    expect([await c.outcome(first), await c.outcome(again)]).toMatchObject([
      { state: 'failed', reason: 'poison' },
      { state: 'duplicate' },
    ]);
    expect(await owner.conversation.count({ where: { tenantId: c.tenantId } })).toBe(1);
  });
});
