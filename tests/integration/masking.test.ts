import { beforeAll, expect, it } from 'vitest';
import { listConversations } from '#lib/conversations/list.ts';
import { readConversation } from '#lib/conversations/read.ts';
import { bounceMail } from '#tests/support/raw-mail.ts';
import { reply, sentAs, setDelivery } from '#tests/support/sending.ts';
import { type Company, company, minutes } from '#tests/support/tenant.ts';

let c: Company;
let id: string;

beforeAll(async () => {
  c = await company({ members: { agent: { roles: ['agent'] }, viewer: { roles: ['viewer'] } } });
  id = (await c.arrive({ from: 'yukiko@example.com', subject: '宛名' })).conversationId;
});

const seenBy = (who: string) => c.as(who, (s) => readConversation(s, id));

it('shows addresses to an agent and masks them for a viewer, in mail, panel and list', async () => {
  expect(JSON.stringify(await seenBy('agent'))).toContain('yukiko@example.com');
  const masked = JSON.stringify(await seenBy('viewer'));
  expect(masked).not.toContain('yukiko@');
  expect(masked).toContain('y***@example.com');
  const { rows } = await c.as('viewer', (s) => listConversations(s, { view: 'new' }));
  expect(JSON.stringify(rows)).not.toContain('yukiko@');
});

it('leaves our own addresses as they are', async () => {
  const { mailbox } = await seenBy('viewer');
  expect(mailbox.ownAddresses.join()).not.toContain('***');
});

it('asks the capability the member was given, not the role alone', async () => {
  const shown = await c.as('viewer', (s) => {
    const actor = { ...s.actor, capabilities: { 'pii.view': true } } as typeof s.actor;
    return readConversation({ ...s, actor }, id);
  });
  expect(JSON.stringify(shown)).toContain('yukiko@example.com');
});

it('masks them in what a server answered to our mail', async () => {
  const sent = await reply(c, id, { who: 'agent', to: [{ name: '', address: 'yukiko@example.com' }] });
  await setDelivery(c, sent.deliveryId, { state: 'sent', acceptedAt: minutes(6) });
  const returned = await sentAs(c, sent.deliveryId);
  const report = bounceMail({ to: c.address(), recipient: 'yukiko@example.com', returned }).toString();
  const told = report.replace('550 5.1.1 User unknown', '550 5.1.1 yukiko@example.com: User unknown');
  await c.arrive(Buffer.from(told), { at: minutes(8) });
  expect(JSON.stringify((await seenBy('agent')).items)).toContain('550 5.1.1 yukiko@example.com');
  const masked = await seenBy('viewer');
  expect(JSON.stringify(masked.items)).toContain('550 5.1.1 y***@example.com');
  expect(JSON.stringify(masked.items.filter((item) => item.kind === 'event'))).not.toContain('yukiko@');
  expect(JSON.stringify(masked.items.map((item) => item.kind === 'mail' && item.delivery))).not.toContain('yukiko@');
});
