import { beforeAll, describe, expect, it } from 'vitest';
import { receiptBoard } from '#lib/accounts/board.ts';
import { openAttachment, openRaw } from '#lib/attachments/open.ts';
import { ROLES, type Role } from '#lib/auth/policy.ts';
import { assignConversation } from '#lib/conversations/assign.ts';
import { claimConversation } from '#lib/conversations/claim.ts';
import { addComment } from '#lib/conversations/comment.ts';
import { countConversations } from '#lib/conversations/counts.ts';
import { endConversation } from '#lib/conversations/end.ts';
import { holdConversation } from '#lib/conversations/hold.ts';
import { listConversations } from '#lib/conversations/list.ts';
import { readConversation } from '#lib/conversations/read.ts';
import { markRead } from '#lib/conversations/read-mark.ts';
import { reclassifyMessage, takeUpThanks } from '#lib/conversations/reclassify.ts';
import { resumeConversation } from '#lib/conversations/resume.ts';
import type { View } from '#lib/conversations/shapes.ts';
import { inboxShell } from '#lib/conversations/shell.ts';
import { confirmThanks } from '#lib/conversations/thanks.ts';
import type { Scope } from '#lib/db/scope.ts';
import { newId } from '#lib/ids.ts';
import { visibleMailboxIds } from '#lib/mailboxes/access.ts';
import { mailboxesToSetUp } from '#lib/mailboxes/settings.ts';
import { cancelDelivery } from '#lib/outbox/cancel.ts';
import { discardDraft, saveDraft } from '#lib/outbox/draft.ts';
import { replyToConversation } from '#lib/outbox/reply.ts';
import { resolveUncertain } from '#lib/outbox/resolve.ts';
import { type Lived, live } from '#tests/support/lived.ts';
import { mailId } from '#tests/support/raw-mail.ts';
import { type Company, company, owner, refusal } from '#tests/support/tenant.ts';
import { VERBS } from '#tests/support/verbs.ts';

const VIEWS: View[] = ['mine', 'unassigned', 'open', 'new', 'doing', 'hold', 'done'];

describe('a member', () => {
  let c: Company;
  let lived: Lived;
  let billing: string;
  let twin: { shop: string; billing: string };

  beforeAll(async () => {
    c = await company({
      mailboxes: ['shop', 'billing'],
      members: {
        both: { roles: ['supervisor'] },
        shop: { sees: ['shop'] },
        billing: { sees: ['billing'] },
        blind: { sees: [] },
      },
    });
    lived = await live(c, 'both');
    billing = (await c.arrive({ subject: '請求書' }, { mailbox: 'billing' })).conversationId;
    // One mail that both 窓口 received.
    const both = { id: mailId(), subject: '両方へ', from: 'both@example.com' };
    twin = { shop: (await c.arrive(both)).conversationId, billing: '' };
    twin.billing = (await c.arrive(both, { mailbox: 'billing' })).conversationId;
    // Assigned to somebody who sees no 窓口 any more.
    const key = { tenantId: c.tenantId, id: billing };
    await owner.conversation.update({ where: { tenantId_id: key }, data: { assigneeId: c.member('blind') } });
  });

  const listed = async (who: string): Promise<Set<string>> => {
    const ids = new Set<string>();
    for (const view of VIEWS) {
      const page = await c.as(who, (s) => listConversations(s, { view }));
      for (const row of page.rows) ids.add(row.id);
    }
    return ids;
  };

  it('sees exactly the 窓口 of the groups they belong to', async () => {
    const seen = (who: string) => c.as(who, visibleMailboxIds);
    expect(await seen('both')).toEqual([c.mailbox('shop'), c.mailbox('billing')]);
    expect(await seen('shop')).toEqual([c.mailbox('shop')]);
    expect(await seen('blind')).toEqual([]);
    expect(await c.bySystem(visibleMailboxIds)).toHaveLength(2);
  });

  it('lists only what lies there, also when another 窓口 is asked for, or the case is their own', async () => {
    expect(await listed('both')).toEqual(
      new Set([lived.conversationId, lived.otherConversationId, billing, twin.shop, twin.billing]),
    );
    expect(await listed('shop')).toEqual(new Set([lived.conversationId, lived.otherConversationId, twin.shop]));
    expect(await listed('blind')).toEqual(new Set());
    const asked = await c.as('shop', (s) => listConversations(s, { view: 'new', mailboxId: c.mailbox('billing') }));
    expect(asked.rows).toEqual([]);
  });

  it('counts only what lies there', async () => {
    const counts = await c.as('shop', countConversations);
    expect(Object.keys(counts.mailboxes)).toEqual([c.mailbox('shop')]);
    expect(counts.views).toMatchObject({ new: 2, doing: 1, unassigned: 2 });
    expect(await c.as('blind', countConversations)).toEqual({
      views: { mine: 0, unassigned: 0, new: 0, doing: 0, hold: 0, thanks: 0 },
      mailboxes: {},
    });
  });

  it.each(VERBS)('%s answers NotFound for a case of another 窓口', async (_name, verb) => {
    await expect(c.as('billing', (s) => verb(s, lived))).rejects.toMatchObject({ code: 'NotFound' });
    await expect(c.as('blind', (s) => verb(s, lived))).rejects.toMatchObject({ code: 'NotFound' });
  });

  it('reads of a customer only the cases they may see', async () => {
    const others = async (who: string) =>
      (await c.as(who, (s) => readConversation(s, lived.conversationId))).customer?.conversations.map((o) => o.id);
    expect(await others('both')).toContain(billing);
    expect(await others('shop')).toEqual([lived.conversationId]);
  });

  it('reads linked cases only where they may see them, from either side', async () => {
    const linked = async (who: string, id: string) =>
      (await c.as(who, (s) => readConversation(s, id))).linked.map((other) => other.id);
    expect(await linked('both', twin.shop)).toEqual([twin.billing]);
    expect(await linked('both', twin.billing)).toEqual([twin.shop]);
    expect(await linked('shop', twin.shop)).toEqual([]);
    expect(await linked('billing', twin.billing)).toEqual([]);
  });

  it('reads no sentence that names a case they may not see', async () => {
    const seen = await c.as('shop', (s) => readConversation(s, twin.shop));
    const hidden = await owner.conversation.findFirstOrThrow({ where: { tenantId: c.tenantId, id: twin.billing } });
    expect(JSON.stringify(seen)).not.toContain(twin.billing);
    expect(JSON.stringify(seen.items)).not.toContain(`"number":${hidden.number}`);
  });

  it('finds in the shell only their 窓口 and who works there', async () => {
    const tenant = { slug: c.slug, name: '', zone: 'Asia/Tokyo', undoSeconds: 0 };
    const shell = await c.as('shop', (s) => inboxShell(s, tenant));
    expect(shell.mailboxes.map((mailbox) => mailbox.id)).toEqual([c.mailbox('shop')]);
    expect(shell.assignable[c.mailbox('shop')]?.map((m) => m.name)).toEqual(['both', 'shop']);
    expect(Object.keys(shell.assignable)).toEqual([c.mailbox('shop')]);
  });

  it('is not shown in somebody else’s draft, nor theirs in mine', async () => {
    const draft = (await c.as('shop', (s) => readConversation(s, lived.conversationId))).draft;
    expect(draft).toBeNull();
    expect((await c.as('both', (s) => readConversation(s, lived.conversationId))).draft).not.toBeNull();
  });

  it('can be given a case only where they see its 窓口', async () => {
    const give = (memberId: string) =>
      refusal(c.as('both', (s) => assignConversation(s, lived.otherConversationId, { memberId })));
    expect(await give(c.member('billing'))).toBe('Invalid: memberCannotWorkHere');
    expect(await give(c.member('blind'))).toBe('Invalid: memberCannotWorkHere');
    expect(await give(newId())).toBe('Invalid: memberCannotWorkHere');
    expect(await give(c.member('shop'))).toBe('done');
  });
});

describe('the table of permissions', () => {
  let c: Company;
  let lived: Lived;
  const address = [{ name: '', address: 'taro@example.com' }];
  const draft = () => ({ clientId: newId(), to: address, cc: [], subject: 'x', text: 'x', seenContentSeq: 99 });

  beforeAll(async () => {
    c = await company({
      members: Object.fromEntries([['aoki', { roles: ['agent'] }], ...ROLES.map((role) => [role, { roles: [role] }])]),
    });
    lived = await live(c, 'aoki');
    await c.as('aoki', (s) => claimConversation(s, lived.conversationId));
  });

  const READ: Role[] = ['viewer', 'agent', 'supervisor', 'manager'];
  const WORK: Role[] = ['agent', 'supervisor'];
  /** domain.md 3, by hand: who gets past the first line. What then stands in the way is no Forbidden. */
  const TABLE: [string, Role[], (s: Scope) => Promise<unknown>][] = [
    ['list', READ, (s) => listConversations(s, { view: 'new' })],
    ['counts', READ, countConversations],
    ['read', READ, (s) => readConversation(s, lived.conversationId)],
    ['attachment', READ, (s) => openAttachment(s, lived.attachmentId)],
    // With all its addresses: who has pii.view, and by role those are the ones who work here.
    ['original', WORK, (s) => openRaw(s, lived.messageId)],
    ['read mark', READ, (s) => markRead(s, lived.conversationId, 1)],
    ['shell', READ, (s) => inboxShell(s, { slug: '', name: '', zone: 'Asia/Tokyo', undoSeconds: 0 })],
    ['claim', WORK, (s) => claimConversation(s, lived.conversationId)],
    ['assign one nobody has', WORK, (s) => assignConversation(s, lived.otherConversationId, { memberId: null })],
    ['assign a colleague’s', ['supervisor'], (s) => assignConversation(s, lived.conversationId, { memberId: null })],
    ['comment', WORK, (s) => addComment(s, lived.conversationId, { clientId: newId(), text: 'x' })],
    ['end', WORK, (s) => endConversation(s, lived.conversationId, { noAnswer: false })],
    ['hold', WORK, (s) => holdConversation(s, lived.conversationId, { for: 'inside', until: null })],
    ['resume', WORK, (s) => resumeConversation(s, lived.conversationId)],
    ['take thanks up', WORK, (s) => takeUpThanks(s, lived.conversationId)],
    ['confirm thanks', WORK, (s) => confirmThanks(s, lived.conversationId, { confirmed: true })],
    ['say what a mail is', WORK, (s) => reclassifyMessage(s, lived.messageId, { as: 'auto' })],
    ['draft', WORK, (s) => saveDraft(s, lived.conversationId, { ...draft(), version: 7 })],
    ['discard a draft', WORK, (s) => discardDraft(s, lived.conversationId)],
    ['reply', WORK, (s) => replyToConversation(s, lived.conversationId, { ...draft(), thenStatus: 'doing' })],
    ['cancel a colleague’s', ['supervisor'], (s) => cancelDelivery(s, lived.deliveryId)],
    ['resolve a colleague’s', ['supervisor'], (s) => resolveUncertain(s, lived.deliveryId, { answer: 'resend' })],
    ['see accounts', ['agent', 'supervisor', 'manager', 'admin'], receiptBoard],
    ['set up accounts', ['admin'], mailboxesToSetUp],
  ];
  const rows = TABLE.flatMap(([name, allowed, verb]) => ROLES.map((role) => ({ name, role, allowed, verb })));

  it.each(rows)('$role: $name', async ({ role, allowed, verb }) => {
    // Taken back at the end, so that no row of the table depends on another.
    const outcome = await refusal(
      c.as(role, async (s) => {
        await verb(s);
        throw new Error('done');
      }),
    );
    if (allowed.includes(role)) expect(outcome).not.toMatch(/^(Forbidden|NotFound)/);
    else expect(outcome).toMatch(/^Forbidden/);
  });

  it('lets an agent cancel and resolve what is their own', async () => {
    const own = await refusal(
      c.as('aoki', async (s) => {
        await cancelDelivery(s, lived.deliveryId);
        throw new Error('allowed');
      }),
    );
    expect(own).toBe('allowed');
    const resolve = c.as('aoki', (s) => resolveUncertain(s, lived.deliveryId, { answer: 'arrived' }));
    expect(await refusal(resolve)).toBe('Conflict: alreadyResolved');
  });

  it('refuses somebody with no role at all', async () => {
    const actor = { kind: 'person', id: c.member('viewer'), name: '', roles: [], capabilities: {} } as const;
    const { inTenant } = await import('#lib/db/scope.ts');
    for (const [, , verb] of TABLE) {
      expect(await refusal(inTenant({ tenantId: c.tenantId, actor }, verb))).toMatch(/^Forbidden/);
    }
  });
});
