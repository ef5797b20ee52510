import type { PrismaClient } from '#lib/db/generated/client.ts';
import { newId } from '#lib/ids.ts';
import { type Founded, foundAccount, foundTenant } from '#prisma/provision/tenant.ts';
import { groups, mailboxes, members } from '#prisma/seed/company/people.ts';
import type { Company, Hours, Mailbox } from '#prisma/seed/company/types.ts';
import type { SeedSettings } from '#prisma/seed/settings.ts';

export type FoundedCompany = Founded & { accounts: Record<string, string> };

/** Founds a sample company: people, groups, 窓口 with calendar, signature and mail account. */
export async function foundCompany(
  db: PrismaClient,
  company: Company,
  settings: SeedSettings,
): Promise<FoundedCompany> {
  const founded = await foundTenant(db, {
    slug: company.slug,
    name: company.name,
    password: settings.password,
    members: company.members.map(({ member, roles, groups }) => ({ key: member, ...members[member], roles, groups })),
    groups: company.groups.map((key) => ({ key, name: groups[key].name, mailboxes: [...groups[key].mailboxes] })),
    mailboxes: company.mailboxes.map((key) => ({ key, ...mailboxes[key] })),
    // Nobody waits in the sample's sixty days; finish.ts gives the undo window its usual ten seconds.
    undoSeconds: 0,
  });
  const accounts: Record<string, string> = {};
  for (const key of company.mailboxes) {
    const mailboxId = founded.mailboxes[key] ?? '';
    await addCalendar(db, founded.tenantId, mailboxId, mailboxes[key]);
    accounts[key] = await foundAccount(db, {
      ...{ tenantId: founded.tenantId, mailboxId, address: mailboxes[key].address, password: settings.mailPassword },
      ...{ user: mailboxes[key].address.replace('@', '.'), imap: settings.imap, smtp: settings.smtp },
    });
  }
  return { ...founded, accounts };
}

const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;

async function addCalendar(db: PrismaClient, tenantId: string, mailboxId: string, mailbox: Mailbox): Promise<void> {
  const id = newId();
  const { name, zone, hours } = mailbox.calendar;
  await db.calendar.create({ data: { tenantId, id, name } });
  await db.calendarVersion.create({
    data: { tenantId, id: newId(), calendarId: id, validFrom: '2020-01-01', zone, week: weekOf(hours), special: {} },
  });
  await db.mailbox.update({ where: { tenantId_id: { tenantId, id: mailboxId } }, data: { calendarId: id } });
}

function weekOf(hours: readonly Hours[]): Record<string, [string, string][]> {
  const week: Record<string, [string, string][]> = {};
  for (const { weekdays, spans } of hours) {
    for (const weekday of weekdays) week[DAYS[weekday] ?? 'sun'] = spans.map(([from, to]) => [from, to]);
  }
  return week;
}
