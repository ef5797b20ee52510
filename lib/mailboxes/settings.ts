import { requireMay } from '#lib/auth/actor.ts';
import type { Scope } from '#lib/db/scope.ts';
import { notFound } from '#lib/errors.ts';
import type { MailboxInput } from '#lib/mailboxes/input.ts';

/** One 窓口 in the settings' list; its accounts' health comes from the board. */
export type MailboxRow = {
  id: string;
  name: string;
  fromName: string;
  calendar: string | null;
  groups: string[];
  accounts: { id: string; address: string; auth: string; signedIn: boolean }[];
};

/** Every 窓口 in its order: an admin sets up those whose 案件 they don't read, too. */
export async function mailboxesToSetUp(scope: Scope): Promise<MailboxRow[]> {
  requireMay(scope, 'account.edit');
  const rows = await scope.db.mailbox.findMany({
    where: { tenantId: scope.tenantId },
    orderBy: [{ position: 'asc' }, { id: 'asc' }],
    select: {
      ...{ id: true, name: true, fromName: true },
      calendar: { select: { name: true } },
      groupMailboxByMailbox: { select: { group: { select: { name: true } } }, orderBy: { group: { name: 'asc' } } },
      mailAccountByMailbox: {
        select: { id: true, address: true, auth: true, oauthSecret: true },
        orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
      },
    },
  });
  return rows.map(({ id, name, fromName, calendar, groupMailboxByMailbox, mailAccountByMailbox }) => ({
    ...{ id, name, fromName, calendar: calendar?.name ?? null },
    groups: groupMailboxByMailbox.map(({ group }) => group.name),
    accounts: mailAccountByMailbox.map(({ oauthSecret, ...account }) => ({
      ...account,
      signedIn: account.auth === 'password' || oauthSecret !== null,
    })),
  }));
}

export type MailboxToEdit = MailboxInput & { id: string; version: number };
export type MailboxChoices = {
  groups: { id: string; name: string; members: number }[];
  calendars: { id: string; name: string }[];
  /** The company's own number of days, for who leaves it empty. */
  reopenDays: number;
};

/** A 窓口 for its form. @throws NotFound */
export async function mailboxToEdit(scope: Scope, id: string): Promise<MailboxToEdit> {
  requireMay(scope, 'account.edit');
  const row = await scope.db.mailbox.findUnique({
    where: { tenantId_id: { tenantId: scope.tenantId, id } },
    include: { groupMailboxByMailbox: { select: { groupId: true } } },
  });
  if (!row) throw notFound();
  const { name, fromName, signature, reopenDays, threadBySubject, calendarId, version } = row;
  return {
    ...{ id, name, fromName, signature, reopenDays, threadBySubject, calendarId, version },
    defaultThen: row.defaultThen as MailboxInput['defaultThen'],
    groupIds: row.groupMailboxByMailbox.map(({ groupId }) => groupId),
  };
}

/** What the form of a 窓口 offers. */
export async function mailboxChoices(scope: Scope): Promise<MailboxChoices> {
  requireMay(scope, 'account.edit');
  const { tenantId, db } = scope;
  const groups = await db.$queryRaw<MailboxChoices['groups']>`
    SELECT g.id, g.name, (SELECT count(*)::integer FROM group_member m
      WHERE m.tenant_id = g.tenant_id AND m.group_id = g.id) AS members
    FROM member_group g WHERE g.tenant_id = ${tenantId}::uuid ORDER BY g.name, g.id`;
  const calendars = await db.calendar.findMany({
    where: { tenantId },
    orderBy: { name: 'asc' },
    select: { id: true, name: true },
  });
  const setting = await db.tenantSetting.findUnique({ where: { tenantId }, select: { reopenDays: true } });
  return { groups, calendars, reopenDays: setting?.reopenDays ?? 30 };
}
