import { beforeAll, describe, expect, it } from 'vitest';
import { countConversations } from '#lib/conversations/counts.ts';
import { listConversations, PAGE_SIZE } from '#lib/conversations/list.ts';
import type { ListRow, View } from '#lib/conversations/shapes.ts';
import { LIMITS } from '#lib/limits.ts';
import { plansOf } from '#tests/support/plans.ts';
import { type Company, company, owner } from '#tests/support/tenant.ts';

const VIEWS: View[] = ['mine', 'unassigned', 'open', 'new', 'doing', 'hold', 'thanks', 'done'];
const KEYS = ['shop', 'billing', 'returns', 'secret'];

/**
 * So many cases over the 窓口, in all statuses, assigned and not, a tenth of them in another place; twenty of them share
 * each millisecond, so that only the id tells them apart.
 */
async function fill(c: Company, count: number): Promise<void> {
  const boxes = KEYS.map((key) => c.mailbox(key));
  const members = [c.member('aoki'), c.member('baba'), null];
  await owner.$executeRaw`
    INSERT INTO conversation (tenant_id, id, number, mailbox_id, subject, title, status, done_kind, place, assignee_id,
      waiting_since, thanks_at, first_message_at, last_message_at, version)
    SELECT ${c.tenantId}::uuid, gen_random_uuid(), n, (${boxes}::uuid[])[1 + n % 4], 'x', 'case ' || n, s.status,
      CASE WHEN s.status = 'done' THEN 'answered' END, CASE WHEN n % 10 = 9 THEN 'spam' ELSE 'normal' END,
      (${members}::uuid[])[1 + (n / 4) % 3], t.at, CASE WHEN s.status = 'done' THEN t.at END, t.at, t.at, 1
    FROM generate_series(1, ${count}::integer) n
    CROSS JOIN LATERAL (SELECT (ARRAY['new', 'doing', 'hold', 'done', 'done', 'done', 'done'])[1 + n % 7] AS status) s
    CROSS JOIN LATERAL (SELECT '2026-11-01T00:00:00.123Z'::timestamptz + make_interval(secs => n / 20) AS at) t`;
}

/** All pages of a view, one after the other. */
async function pages(c: Company, who: string, view: View, mailboxId?: string): Promise<ListRow[]> {
  const rows: ListRow[] = [];
  for (let cursor: string | undefined; ; ) {
    const page = await c.as(who, (s) => listConversations(s, { view, mailboxId, cursor }));
    expect(page.rows.length).toBeLessThanOrEqual(PAGE_SIZE);
    rows.push(...page.rows);
    if (page.next === null) return rows;
    expect(page.rows).toHaveLength(PAGE_SIZE);
    cursor = page.next;
  }
}

/** What a view is by its words, asked without any of the product's SQL. */
const wanted = async (c: Company, who: string, view: View, boxes: string[]): Promise<string[]> => {
  const open = { not: 'done' };
  const condition = {
    mine: { status: open, assigneeId: c.member(who) },
    unassigned: { status: open, assigneeId: null },
    open: { status: open },
    ...{ new: { status: 'new' }, doing: { status: 'doing' }, hold: { status: 'hold' }, done: { status: 'done' } },
    thanks: { thanksAt: { not: null } },
  }[view];
  const found = await owner.conversation.findMany({
    where: { tenantId: c.tenantId, mailboxId: { in: boxes }, place: 'normal', ...condition },
    orderBy: [{ lastMessageAt: 'desc' }, { id: 'desc' }],
    select: { id: true },
  });
  return found.map((row) => row.id);
};

const members = { aoki: { sees: ['shop', 'billing', 'returns'] }, baba: { sees: ['billing'] }, boss: {} };

describe('the list', () => {
  let c: Company;
  beforeAll(async () => {
    c = await company({ mailboxes: KEYS, members });
    await fill(c, 1500);
  });
  const boxesOf = { aoki: ['shop', 'billing', 'returns'], baba: ['billing'], boss: KEYS };

  const cells = Object.keys(boxesOf).flatMap((who) =>
    VIEWS.map((view) => ({ who: who as keyof typeof boxesOf, view })),
  );
  it.each(cells)('$view of $who brings every case once, newest first, over all pages', async ({ who, view }) => {
    const boxes = boxesOf[who].map((key) => c.mailbox(key));
    const rows = (await pages(c, who, view)).map((row) => row.id);
    const right = await wanted(c, who, view, boxes);
    expect(rows).toEqual(right);
    if (who === 'boss' && view !== 'mine') expect(right.length).toBeGreaterThan(2 * PAGE_SIZE);
  });

  it('of one 窓口 is that one’s', async () => {
    for (const view of VIEWS) {
      const rows = (await pages(c, 'aoki', view, c.mailbox('returns'))).map((row) => row.id);
      expect(rows).toEqual(await wanted(c, 'aoki', view, [c.mailbox('returns')]));
    }
  });

  it('loses and doubles nothing below the cursor while new cases come in above it', async () => {
    const first = await c.as('boss', (s) => listConversations(s, { view: 'new' }));
    const before = await wanted(
      c,
      'boss',
      'new',
      KEYS.map((key) => c.mailbox(key)),
    );
    await owner.conversation.updateMany({
      where: { id: first.rows[0]?.id ?? '' },
      data: { lastMessageAt: new Date('2026-12-01') },
    });
    const second = await c.as('boss', (s) => listConversations(s, { view: 'new', cursor: first.next ?? '' }));
    expect(second.rows.map((row) => row.id)).toEqual(before.slice(PAGE_SIZE, 2 * PAGE_SIZE));
  });

  it('agrees with its counts, by view and by 窓口', async () => {
    for (const who of Object.keys(boxesOf) as (keyof typeof boxesOf)[]) {
      const counts = await c.as(who, countConversations);
      for (const view of VIEWS.filter(
        (one): one is Exclude<View, 'done' | 'open'> => one !== 'done' && one !== 'open',
      )) {
        expect([who, view, counts.views[view]]).toEqual([who, view, (await pages(c, who, view)).length]);
      }
      const sums = Object.values(counts.mailboxes).reduce((sum, n) => sum + n, 0);
      expect(sums).toBe(counts.views.new + counts.views.doing + counts.views.hold);
      expect(Object.keys(counts.mailboxes).sort()).toEqual(boxesOf[who].map((key) => c.mailbox(key)).sort());
    }
  });

  it.each(['x', 'bnVsbA', Buffer.from('["2026-11-01","1"]').toString('base64url'), '%00'])(
    'with the cursor %j is refused at the field',
    async (cursor) => {
      const asked = c.as('aoki', (s) => listConversations(s, { view: 'new', cursor }));
      await expect(asked).rejects.toMatchObject({ code: 'Invalid', field: 'cursor' });
    },
  );
});

describe('at 20,000 cases, as role app', () => {
  let c: Company;
  beforeAll(async () => {
    c = await company({ mailboxes: KEYS, members });
    await fill(c, 20_000);
    await owner.$executeRaw`ANALYZE conversation`;
  }, 120_000);

  it('counts stop one above the cap', async () => {
    const counts = await c.as('boss', countConversations);
    expect(counts.views).toMatchObject({ new: LIMITS.countCap + 1, unassigned: LIMITS.countCap + 1 });
  });

  it.each([
    ['new', 'conversation_list'],
    ['done', 'conversation_list'],
    ['unassigned', 'conversation_unassigned'],
    ['open', 'conversation_list'],
    ['mine', 'conversation_mine'],
  ] as const)('the page "%s" reads a short range of %s, first and last page alike', async (view, index) => {
    const rows = await pages(c, 'aoki', view);
    const middle = await c.as('aoki', (s) => listConversations(s, { view }));
    for (const cursor of [undefined, middle.next ?? undefined]) {
      const [plan] = await plansOf(c, 'aoki', (s) => listConversations(s, { view, cursor }), 'WITH page AS');
      expect(plan?.text).toContain(index);
      expect(plan?.text).not.toMatch(/Seq Scan on conversation\b/);
      // A page from each of three 窓口 (and of three statuses), and the joins of one: far from all there is.
      expect(plan?.rowsRead).toBeLessThan((view === 'open' ? 12 : 6) * (PAGE_SIZE + 1));
    }
    expect(rows.length).toBeGreaterThan(1000);
  });

  it('the counts read only ranges of the partial indexes', async () => {
    const [plan] = await plansOf(c, 'aoki', countConversations, 'CROSS JOIN LATERAL');
    for (const index of ['conversation_list', 'conversation_unassigned', 'conversation_thanks'])
      expect(plan?.text).toContain(index);
    expect(plan?.text).toMatch(/conversation_(mine|unassigned|list|due)/);
    expect(plan?.text).not.toMatch(/Seq Scan on conversation\b/);
    expect(plan?.rowsRead).toBeLessThan(3 * 6 * (LIMITS.countCap + 1) + 100);
  });
});
