import { expect, it } from 'vitest';
import { company, owner } from '#tests/support/tenant.ts';

it('a mail to thousands keeps 500 addresses in rows, those to answer first; the original has them all', async () => {
  const c = await company();
  const to = Array.from({ length: 3000 }, (_, n) => `p${n}@example.net`).join(',\r\n ');
  const { messageId, state } = await c.arrive({ to, cc: 'cc@example.net', replyTo: 'answers@example.net' });
  expect(state).toBe('done');
  const rows = await owner.messageAddress.findMany({
    where: { tenantId: c.tenantId, messageId },
    orderBy: { position: 'asc' },
  });
  expect(rows).toHaveLength(500);
  expect(rows[0]).toMatchObject({ role: 'reply_to', address: 'answers@example.net' });
});
