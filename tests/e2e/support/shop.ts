import { randomUUID } from 'node:crypto';
import { vi } from 'vitest';
import type { Role } from '#lib/auth/policy.ts';
import { operator } from '#prisma/provision/operator.ts';
import { foundAccount, foundTenant } from '#prisma/provision/tenant.ts';
import { PASSWORD } from '#tests/e2e/web/company.ts';
import { dovecot, migrateUrl, sink } from '#tests/support/stack.ts';

/** The database as role migrate: what a story looks up or changes past the product. */
export const db = operator(migrateUrl);

/** Who works in every shop of these stories. */
export const STAFF = {
  sato: { name: '佐藤 美咲', roles: ['agent'] },
  tamura: { name: '田村 健', roles: ['agent', 'supervisor'] },
  kanno: { name: '管野 太一', roles: ['admin', 'supervisor'] },
} as const satisfies Record<string, { name: string; roles: readonly Role[] }>;
export type StaffKey = keyof typeof STAFF;

/** Whose mails go through the servers. */
export const CUSTOMER = '中村 葵 <aoi@customer.example>';

export type Shop = Awaited<ReturnType<typeof newShop>>;
const opened: string[] = [];

type Wanted = {
  undoSeconds?: number;
  /** Without an account mail neither comes nor goes until somebody fills in the form. */
  account?: boolean;
  mailbox?: string;
};

/** A company of one story: three people, one 窓口, and its mail account on the real servers, watched by the worker. */
export async function newShop({ undoSeconds = 0, account = true, mailbox = 'ご注文窓口' }: Wanted = {}) {
  const slug = `s-${randomUUID().slice(0, 8)}`;
  const address = `order@${slug}.example`;
  const emailOf = (key: StaffKey) => `${key}@${slug}.example`;
  const { tenantId, members, mailboxes } = await foundTenant(db, {
    ...{ slug, name: 'はなみや商店', password: PASSWORD, undoSeconds },
    members: Object.entries(STAFF).map(([key, { name, roles }]) => ({
      ...{ key, name, roles: [...roles], email: emailOf(key as StaffKey), groups: ['all'] },
    })),
    groups: [{ key: 'all', name: '全員', mailboxes: ['main'] }],
    mailboxes: [{ key: 'main', name: mailbox, address }],
  });
  const shop = {
    ...{ slug, address, tenantId, members, emailOf, mailboxId: mailboxes.main ?? '' },
    /** One mail to the shop, as the provider's server delivers it. */
    deliver: (raw: string | Uint8Array) => dovecot.deliver({ from: 'aoi@customer.example', to: address, raw }),
    conversations: () => db.conversation.findMany({ where: { tenantId }, orderBy: { number: 'asc' } }),
    /** What this shop has sent, newest first. */
    sent: async () => (await sink.mails()).filter((mail) => mail.envelope.from === address),
    /** The Message-IDs that lie in the Sent folder at the mail server. */
    filed: async () => {
      const told = await dovecot.doveadm(
        '-f',
        'tab',
        'fetch',
        '-u',
        address,
        'hdr.message-id',
        'mailbox',
        'Sent',
        'all',
      );
      return told
        .split('\n')
        .slice(1)
        .map((line) => line.trim())
        .filter(Boolean);
    },
  };
  if (account) {
    await foundAccount(db, {
      ...{ tenantId, mailboxId: shop.mailboxId, address, password: dovecot.password },
      ...{ imap: { host: '127.0.0.1', port: dovecot.imapPort }, smtp: { host: '127.0.0.1', port: sink.smtpPort } },
    });
    await watched(tenantId);
  }
  opened.push(tenantId);
  return shop;
}

/** Until a worker has the account's folder open: from then on a mail is noticed by IDLE. */
export async function watched(tenantId: string): Promise<void> {
  await until(async () => {
    const account = await db.mailAccount.findFirstOrThrow({ where: { tenantId } });
    if (account.lastSuccessAt === null) throw new Error(`Nobody watches ${account.address}: ${account.lastErrorCode}`);
  });
}

/** Waits until nothing in `check` fails any more. */
export const until = <T>(check: () => T | Promise<T>, timeout = 15_000): Promise<T> =>
  vi.waitFor(check, { timeout, interval: 50 });

/** The worker leaves these shops alone from now on. */
export async function closeShops(): Promise<void> {
  for (const tenantId of opened.splice(0)) {
    await db.mailAccount.updateMany({ where: { tenantId }, data: { state: 'paused' } });
  }
  await db.$disconnect();
}
