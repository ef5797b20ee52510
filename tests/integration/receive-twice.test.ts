import { expect, it } from 'vitest';
import { mailId, rawMail } from '#tests/support/raw-mail.ts';
import { company, owner } from '#tests/support/tenant.ts';

// From known customers: the first mails of a new one wait for each other at the customer's row already.
it('one mail received in two 窓口 at the same moment is linked, in whatever order each has it', async () => {
  const c = await company({ mailboxes: ['shop', 'billing'] });
  const rounds = 25;
  for (let round = 0; round < rounds; round += 1) {
    const to = `${c.address()}, ${c.address('billing')}`;
    const [first, second] = [1, 2].map((n) => rawMail({ to, id: mailId(), from: `taro${n}@example.com` }));
    if (!first || !second) throw new Error('two mails');
    const stored = [await c.store(first), await c.store(second)];
    await c.store(second, { mailbox: 'billing' });
    await c.store(first, { mailbox: 'billing' });
    await Promise.all([c.receive(), c.receive('billing')]);
    const ours = await Promise.all(stored.map((id) => c.outcome(id)));
    const ids = ours.map(({ conversationId }) => conversationId);
    const links = await owner.conversationLink.findMany({
      where: {
        tenantId: c.tenantId,
        kind: 'same_mail',
        OR: [{ conversationId: { in: ids } }, { otherId: { in: ids } }],
      },
    });
    expect(links, `round ${round}`).toHaveLength(2);
  }
});
