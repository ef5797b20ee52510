import { randomUUID } from 'node:crypto';
import { vi } from 'vitest';
import { secretContext } from '#lib/accounts/settings.ts';
import type { MemberActor } from '#lib/auth/actor.ts';
import type { AddressShape, SentReply, ThenStatus } from '#lib/conversations/shapes.ts';
import { sealSecret } from '#lib/crypto/index.ts';
import type { Scope } from '#lib/db/scope.ts';
import { inTenant } from '#lib/db/scope.ts';
import { newId } from '#lib/ids.ts';
import { replyToConversation } from '#lib/outbox/reply.ts';
import { enqueue } from '#lib/queue/index.ts';
import { operator } from '#prisma/provision/operator.ts';
import { foundAccount, foundTenant } from '#prisma/provision/tenant.ts';
import type { DovecotAddress, DovecotHands } from '../../bin/support/servers.mjs';
import { sharedDovecot } from './mail.ts';

/** The database as role migrate: what a test reads past row-level security, and how it lets leases age. */
export const db = operator(process.env.MIGRATE_DATABASE_URL ?? '');

export type MailWorld = Awaited<ReturnType<typeof newMailWorld>>;
const worlds: { tenantId: string }[] = [];

type Wanted = {
  smtpPort: number;
  dovecot?: DovecotAddress & DovecotHands;
  undoSeconds?: number;
  imapPassword?: string;
};

/**
 * A company of the test's own with one 窓口, one agent and one mail account on the real Dovecot and the test's sink. It
 * takes in everything that lies in its INBOX already, so that a test may deliver before its worker runs.
 */
export async function newMailWorld({ smtpPort, dovecot = sharedDovecot(), undoSeconds = 0, imapPassword }: Wanted) {
  const slug = `w-${randomUUID().slice(0, 8)}`;
  const address = `${slug}@shop.example`;
  const { tenantId, members, mailboxes } = await foundTenant(db, {
    ...{ slug, name: '窓口商店', password: randomUUID(), undoSeconds },
    members: [{ key: 'agent', name: '佐藤', email: `sato@${slug}.example`, roles: ['agent'], groups: ['all'] }],
    groups: [{ key: 'all', name: '全員', mailboxes: ['main'] }],
    mailboxes: [{ key: 'main', name: 'お客様窓口', address }],
  });
  const mailboxId = mailboxes.main ?? '';
  const accountId = await foundAccount(db, {
    ...{ tenantId, mailboxId, address, password: imapPassword ?? dovecot.password },
    ...{ imap: { host: '127.0.0.1', port: dovecot.imapPort }, smtp: { host: '127.0.0.1', port: smtpPort } },
  });
  await db.$executeRaw`UPDATE mail_account SET import_since = now() - interval '1 day' WHERE id = ${accountId}::uuid`;
  const agent: MemberActor = {
    kind: 'person',
    id: members.agent ?? '',
    name: '佐藤',
    roles: ['agent'],
    capabilities: {},
  };
  const ids = { tenantId, mailboxId, accountId, address, agent, dovecot };
  // As the settings page does it: a worker that runs already takes the account up at once.
  await enqueue('account.pull', { tenantId, accountId });
  const world = { ...ids, ...hands(ids), ...reads(ids) };
  worlds.push(world);
  return world;
}

type Ids = {
  tenantId: string;
  mailboxId: string;
  accountId: string;
  address: string;
  agent: MemberActor;
  dovecot: DovecotAddress & DovecotHands;
};

/** What people do: customers write, the agent answers, the administrator corrects a password. */
function hands({ tenantId, accountId, address, agent, dovecot }: Ids) {
  const as = <T>(work: (scope: Scope) => Promise<T>): Promise<T> => inTenant({ tenantId, actor: agent }, work);
  return {
    as,
    /** By LMTP, as the provider's mail server does it. */
    deliver: (raw: string | Uint8Array) => dovecot.deliver({ from: 'hanako@customer.example', to: address, raw }),
    /** By one IMAP connection: for many mails at once. */
    append: (raws: (string | Uint8Array)[], folder = 'INBOX') =>
      dovecot.append(
        address,
        raws.map((raw) => ({ raw })),
        folder,
      ),
    setPassword: (password: string) => db.$executeRaw`
      UPDATE mail_account SET imap_secret = ${sealSecret(password, secretContext(accountId, 'imap'))}
      WHERE id = ${accountId}::uuid`,
    reply: (conversationId: string, input: ReplyWish = {}) => as((scope) => reply(scope, conversationId, input)),
  };
}

export type ReplyWish = { to?: string[]; text?: string; thenStatus?: ThenStatus };

/** The agent's answer, with everything in the conversation seen. */
async function reply(scope: Scope, conversationId: string, input: ReplyWish): Promise<SentReply> {
  const { tenantId } = scope;
  const c = await scope.db.conversation.findUniqueOrThrow({ where: { tenantId_id: { tenantId, id: conversationId } } });
  const to: AddressShape[] = (input.to ?? ['hanako@customer.example']).map((address) => ({ name: '', address }));
  return replyToConversation(scope, conversationId, {
    ...{ clientId: newId(), to, cc: [], subject: `Re: ${c.subject}`, seenContentSeq: c.contentSeq },
    ...{ text: input.text ?? 'お問い合わせありがとうございます。', thenStatus: input.thenStatus ?? 'done' },
  });
}

/** What stands in the database and at the mail server. */
function reads({ tenantId, accountId, address, dovecot }: Ids) {
  return {
    account: () => db.mailAccount.findUniqueOrThrow({ where: { tenantId_id: { tenantId, id: accountId } } }),
    messages: () => db.message.findMany({ where: { tenantId }, orderBy: [{ recordedAt: 'asc' }, { id: 'asc' }] }),
    inbound: () => db.inboundMail.findMany({ where: { tenantId }, orderBy: [{ folder: 'asc' }, { uid: 'asc' }] }),
    conversations: () => db.conversation.findMany({ where: { tenantId }, orderBy: { number: 'asc' } }),
    delivery: (id: string) => db.delivery.findUniqueOrThrow({ where: { tenantId_id: { tenantId, id } } }),
    deliveries: () => db.delivery.findMany({ where: { tenantId } }),
    events: (type: string) => db.conversationEvent.findMany({ where: { tenantId, type } }),
    /** Every flag that stands on a mail of the folder, without \Recent, which the server sets itself. */
    flags: async (folder = 'INBOX') => {
      const told = await dovecot.doveadm('-f', 'tab', 'fetch', '-u', address, 'flags', 'mailbox', folder, 'all');
      const words = told.split('\n').slice(1).join(' ').split(/\s+/);
      return words.filter((word) => word !== '' && word !== '\\Recent');
    },
  };
}

/** Waits until nothing in `check` fails any more; the message of the last failure is the test's. */
export const until = <T>(check: () => T | Promise<T>, timeout = 30_000): Promise<T> =>
  vi.waitFor(check, { timeout, interval: 50 });

/** As if half a minute had passed since a worker was killed: every lease is over. */
export async function endLeases(): Promise<void> {
  await db.$executeRaw`UPDATE mail_account SET lease_until = clock_timestamp() - interval '1 second'
    WHERE lease_until IS NOT NULL`;
  await db.$executeRaw`UPDATE delivery SET lease_until = clock_timestamp() - interval '1 second' WHERE state = 'sending'`;
  await db.$executeRaw`UPDATE worker_lease SET lease_until = clock_timestamp() - interval '1 second'`;
}

/** As if the pause had passed: a delivery to repeat, a copy to file, an account to try are due now. */
export async function endPauses(): Promise<void> {
  await db.$executeRaw`UPDATE delivery SET next_attempt_at = clock_timestamp() WHERE state = 'retry'`;
  await db.$executeRaw`UPDATE delivery SET filed_next_at = clock_timestamp() WHERE filed = 'pending'`;
  await db.$executeRaw`UPDATE mail_account SET next_attempt_at = clock_timestamp() WHERE failures > 0`;
}

/** No later worker takes up what this test has left. */
export async function endWorlds(): Promise<void> {
  for (const { tenantId } of worlds.splice(0)) {
    await db.$executeRaw`UPDATE mail_account SET state = 'paused' WHERE tenant_id = ${tenantId}::uuid`;
    await db.$executeRaw`UPDATE delivery SET state = 'cancelled', filed = 'skipped' WHERE tenant_id = ${tenantId}::uuid`;
    await db.$executeRaw`UPDATE inbound_mail SET state = 'ignored' WHERE tenant_id = ${tenantId}::uuid AND state = 'pending'`;
  }
}
