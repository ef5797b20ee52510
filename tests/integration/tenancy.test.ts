import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadAccount } from '#lib/accounts/settings.ts';
import { assignConversation } from '#lib/conversations/assign.ts';
import { countConversations } from '#lib/conversations/counts.ts';
import { releaseHold } from '#lib/conversations/hold.ts';
import { listConversations } from '#lib/conversations/list.ts';
import { mailboxesWithPendingMail } from '#lib/db/system.ts';
import { newId } from '#lib/ids.ts';
import { requireVisible } from '#lib/mailboxes/access.ts';
import { deliverMail } from '#lib/outbox/deliver.ts';
import { databaseUrl } from '#tests/support/database.ts';
import { type Lived, live } from '#tests/support/lived.ts';
import { type Company, company, owner, refusal } from '#tests/support/tenant.ts';
import { VERBS } from '#tests/support/verbs.ts';

/** Two companies with something in every table, looked at by role app as a forgotten filter would. */
let ours: Company;
let theirs: Company;
let lived: Lived;
let foreign: Lived;
let tables: string[];
const app = new pg.Client({ connectionString: databaseUrl('app') });
const migrate = new pg.Client({ connectionString: databaseUrl('migrate') });

beforeAll(async () => {
  await Promise.all([app.connect(), migrate.connect()]);
  [ours, theirs] = [await company(), await company()];
  [lived, foreign] = [await live(ours), await live(theirs)];
  const { rows } = await migrate.query(`SELECT c.relname AS name FROM pg_class c
    JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname = 'public'
    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'tenant_id' AND NOT a.attisdropped
    WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition ORDER BY 1`);
  tables = rows.map((row) => row.name);
});
afterAll(() => Promise.all([app.end(), migrate.end()]));

/** Rows of each table as app, in a transaction with that setting. */
async function rowsPerTable(setting: string | null, where = 'true', values: unknown[] = []) {
  const found: Record<string, number> = {};
  await app.query('BEGIN');
  try {
    if (setting !== null) await app.query(`SELECT set_config('app.tenant_id', $1, true)`, [setting]);
    for (const table of tables) {
      const { rows } = await app.query(`SELECT count(*)::int AS n FROM ${table} WHERE ${where}`, values);
      found[table] = rows[0].n;
    }
    return found;
  } finally {
    await app.query('ROLLBACK');
  }
}
const none = () => Object.fromEntries(tables.map((name) => [name, 0]));
const asTenant = async (setting: string, sql: string, values: unknown[] = []) => {
  await app.query('BEGIN');
  try {
    await app.query(`SELECT set_config('app.tenant_id', $1, true)`, [setting]);
    return await app.query(sql, values);
  } finally {
    await app.query('ROLLBACK');
  }
};

describe('the database', () => {
  it('holds rows of both companies in every tenant table, for the tests below to be worth something', async () => {
    for (const { tenantId } of [ours, theirs]) {
      const empty: string[] = [];
      for (const table of tables) {
        const { rows } = await migrate.query(`SELECT 1 FROM ${table} WHERE tenant_id = $1 LIMIT 1`, [tenantId]);
        if (rows.length === 0) empty.push(table);
      }
      expect(empty).toEqual([]);
    }
  });

  it('shows no row of any table without a setting, and none with an empty one', async () => {
    expect(await rowsPerTable(null)).toEqual(none());
    expect(await rowsPerTable('')).toEqual(none());
  });

  it('shows no row of ours under the id of another company, known or not', async () => {
    const mine = 'tenant_id = $1';
    expect(await rowsPerTable(theirs.tenantId, mine, [ours.tenantId])).toEqual(none());
    expect(await rowsPerTable(newId())).toEqual(none());
  });

  it('shows all rows of ours under our own id', async () => {
    const seen = await rowsPerTable(ours.tenantId);
    expect(Object.entries(seen).filter(([, n]) => n === 0)).toEqual([]);
  });

  it('answers a malformed setting with an error', async () => {
    await expect(rowsPerTable(`${ours.tenantId} `.trim().slice(1))).rejects.toThrow(
      'invalid input syntax for type uuid',
    );
    await expect(ours.as('aoki', (s) => s.db.mailbox.count())).resolves.toBe(1);
  });

  it('forgets the setting with the transaction', async () => {
    await asTenant(ours.tenantId, 'SELECT 1');
    expect(await rowsPerTable(null)).toEqual(none());
  });

  it('refuses to write a row of another company', async () => {
    const insert = `INSERT INTO calendar (tenant_id, id, name) VALUES ($1, $2, 'x')`;
    await expect(asTenant(ours.tenantId, insert, [theirs.tenantId, newId()])).rejects.toThrow('row-level security');
    await expect(asTenant(ours.tenantId, insert, [ours.tenantId, newId()])).resolves.toMatchObject({ rowCount: 1 });
    await expect(app.query(insert, [ours.tenantId, newId()])).rejects.toThrow('row-level security');
  });

  it('refuses to give a row of ours away, and to change or delete one of theirs', async () => {
    const { tenantId } = ours;
    const give = asTenant(tenantId, 'UPDATE calendar SET tenant_id = $1', [theirs.tenantId]);
    await expect(give).rejects.toThrow('row-level security');
    const change = `UPDATE conversation SET title = 'x' WHERE id = $1`;
    expect((await asTenant(tenantId, change, [foreign.conversationId])).rowCount).toBe(0);
    expect((await asTenant(tenantId, 'DELETE FROM draft WHERE tenant_id = $1', [theirs.tenantId])).rowCount).toBe(0);
  });

  it('lets no foreign key point over to another company', async () => {
    const point = 'UPDATE conversation SET mailbox_id = $1 WHERE id = $2';
    await expect(asTenant(ours.tenantId, point, [theirs.mailbox(), lived.conversationId])).rejects.toThrow(
      'violates foreign key constraint',
    );
    // As mg_owner too, whom no policy binds: the key itself holds.
    await expect(migrate.query(point, [theirs.mailbox(), lived.conversationId])).rejects.toThrow(
      'violates foreign key constraint',
    );
  });

  it('refuses app the history: no change, no deletion, no truncation', async () => {
    for (const sql of ['UPDATE conversation_event SET v = 1', 'DELETE FROM conversation_event', 'TRUNCATE feed']) {
      await expect(asTenant(ours.tenantId, sql)).rejects.toThrow('permission denied');
    }
  });

  it('refuses app a partition by its own name, and who people are', async () => {
    const { rows } = await migrate.query(`SELECT tableoid::regclass::text AS name FROM search_row LIMIT 1`);
    for (const table of [rows[0].name, 'tenant', 'person', 'session', 'login_attempt']) {
      await expect(asTenant(ours.tenantId, `SELECT 1 FROM ${table}`)).rejects.toThrow('permission denied');
    }
  });
});

describe('as role migrate, acting as mg_owner', () => {
  it('a data migration reaches the rows of two companies, and a copy reads them', async () => {
    const both = [ours.tenantId, theirs.tenantId];
    await migrate.query('BEGIN');
    try {
      const changed = await migrate.query('UPDATE mailbox SET version = version + 1 WHERE tenant_id = ANY($1)', [both]);
      expect(changed.rowCount).toBe(2);
      await expect(migrate.query('COPY (SELECT * FROM mailbox) TO STDOUT')).resolves.toBeDefined();
    } finally {
      await migrate.query('ROLLBACK');
    }
  });

  it('a definer function, called by app without a setting, sees two companies', async () => {
    for (const c of [ours, theirs]) await c.store({});
    await migrate.query(`UPDATE inbound_mail SET fetched_at = now() - interval '1 minute' WHERE state = 'pending'`);
    const pending = await mailboxesWithPendingMail();
    for (const { tenantId, mailboxes } of [ours, theirs]) {
      expect(pending).toContainEqual({ tenantId, id: mailboxes.shop });
    }
    for (const c of [ours, theirs]) await c.receive();
  });
});

/** Everything a company is, to see that nothing of it changed. */
const everything = async ({ tenantId }: Company) => {
  const rows: Record<string, unknown> = {};
  for (const table of tables) {
    const { rows: found } = await migrate.query(
      `SELECT md5(string_agg(x::text, '|' ORDER BY x::text)) AS hash FROM ${table} x WHERE tenant_id = $1`,
      [tenantId],
    );
    rows[table] = found[0].hash;
  }
  return rows;
};

describe('with the ids of another company', () => {
  it.each(VERBS)('%s answers NotFound to a member and changes nothing there', async (_name, verb) => {
    const before = await everything(theirs);
    await expect(ours.as('aoki', (scope) => verb(scope, foreign))).rejects.toMatchObject({ code: 'NotFound' });
    expect(await everything(theirs)).toEqual(before);
  });

  it.each(VERBS.filter(([name]) => name !== 'markRead'))('%s answers no better to the system', async (_name, verb) => {
    expect(await refusal(ours.bySystem((scope) => verb(scope, foreign)))).toMatch(/^(NotFound|Forbidden)/);
  });

  it('the other company is not touched by release, delivery or receipt in our name either', async () => {
    const before = await everything(theirs);
    expect(await refusal(ours.bySystem((s) => releaseHold(s, foreign.conversationId)))).toMatch(/^NotFound/);
    expect(await refusal(ours.bySystem((s) => loadAccount(s, theirs.accounts.shop ?? '')))).toMatch(/^NotFound/);
    expect(await refusal(ours.as('aoki', (s) => requireVisible(s, theirs.mailbox())))).toMatch(/^NotFound/);
    await deliverMail(ours.tenantId, foreign.deliveryId);
    expect(await everything(theirs)).toEqual(before);
  });

  it('list and counts stay empty', async () => {
    for (const view of ['mine', 'unassigned', 'new', 'doing', 'hold', 'done'] as const) {
      const page = await ours.as('aoki', (s) => listConversations(s, { view, mailboxId: theirs.mailbox() }));
      expect(page.rows).toEqual([]);
    }
    const own = await ours.as('aoki', (s) => countConversations(s));
    expect(Object.keys(own.mailboxes)).toEqual([ours.mailbox()]);
  });

  it('a member of theirs can be given nothing of ours', async () => {
    const give = ours.as('aoki', (s) =>
      assignConversation(s, lived.otherConversationId, { memberId: theirs.member() }),
    );
    await expect(give).rejects.toMatchObject({ reason: 'memberCannotWorkHere' });
  });
});

it('the customer of the same address is another customer in each company', async () => {
  expect(lived.customerId).not.toBe(foreign.customerId);
  const found = await owner.customerAddress.findMany({ where: { address: 'taro@example.com' } });
  expect(new Set(found.map((row) => row.customerId)).size).toBe(found.length);
});
