import { beforeAll, expect, it } from 'vitest';
import { listConversations } from '#lib/conversations/list.ts';
import { readConversation } from '#lib/conversations/read.ts';
import { type Company, company } from '#tests/support/tenant.ts';

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
