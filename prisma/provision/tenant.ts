import { secretContext } from '#lib/accounts/settings.ts';
import type { Role } from '#lib/auth/policy.ts';
import { hashPassword, sealSecret } from '#lib/crypto/index.ts';
import type { PrismaClient } from '#lib/db/generated/client.ts';
import { newId } from '#lib/ids.ts';

export type NewMember = { key: string; name: string; email: string; roles: Role[]; groups: string[] };
export type NewMailbox = {
  key: string;
  name: string;
  address: string;
  signature?: string;
  calendarId?: string;
};
export type NewTenant = {
  slug: string;
  name: string;
  password: string;
  members: NewMember[];
  groups: { key: string; name: string; mailboxes: string[] }[];
  mailboxes: NewMailbox[];
  undoSeconds?: number;
};
export type Founded = { tenantId: string; members: Record<string, string>; mailboxes: Record<string, string> };

/**
 * Founds a tenant with its people, groups and 窓口. A person known by e-mail address already only gets a membership: their
 * password stays their own.
 */
export async function foundTenant(db: PrismaClient, wanted: NewTenant): Promise<Founded> {
  const tenantId = newId();
  await db.tenant.create({ data: { id: tenantId, slug: wanted.slug, name: wanted.name } });
  await db.tenantSetting.create({ data: { tenantId, undoSeconds: wanted.undoSeconds ?? 10 } });
  const founded: Founded = { tenantId, members: {}, mailboxes: {} };
  for (const [position, mailbox] of wanted.mailboxes.entries()) {
    const id = newId();
    founded.mailboxes[mailbox.key] = id;
    const { name, signature = '', calendarId = null } = mailbox;
    await db.mailbox.create({
      data: { tenantId, id, name, position, signature, calendarId, fromName: `${wanted.name} ${name}` },
    });
  }
  const groups = await foundGroups(db, tenantId, wanted, founded);
  for (const member of wanted.members) {
    founded.members[member.key] = await addMember(db, tenantId, member, wanted.password, groups);
  }
  return founded;
}

async function foundGroups(
  db: PrismaClient,
  tenantId: string,
  wanted: NewTenant,
  founded: Founded,
): Promise<Map<string, string>> {
  const ids = new Map<string, string>();
  for (const group of wanted.groups) {
    const id = newId();
    ids.set(group.key, id);
    await db.memberGroup.create({ data: { tenantId, id, name: group.name } });
    const rows = group.mailboxes.map((key) => ({ tenantId, groupId: id, mailboxId: founded.mailboxes[key] ?? '' }));
    await db.groupMailbox.createMany({ data: rows });
  }
  return ids;
}

async function addMember(
  db: PrismaClient,
  tenantId: string,
  member: NewMember,
  password: string,
  groups: ReadonlyMap<string, string>,
): Promise<string> {
  const email = member.email.toLowerCase();
  const known = await db.person.findUnique({ where: { email }, select: { id: true } });
  const personId = known?.id ?? newId();
  if (!known) {
    await db.person.create({
      data: { id: personId, email, name: member.name, passwordHash: await hashPassword(password) },
    });
  }
  const id = newId();
  await db.membership.create({ data: { tenantId, id, personId, displayName: member.name } });
  await db.membershipRole.createMany({ data: member.roles.map((role) => ({ tenantId, membershipId: id, role })) });
  const memberOf = member.groups.map((key) => ({ tenantId, groupId: groups.get(key) ?? '', membershipId: id }));
  await db.groupMember.createMany({ data: memberOf });
  return id;
}

export type NewAccount = {
  tenantId: string;
  mailboxId: string;
  address: string;
  user?: string;
  password: string;
  imap: { host: string; port: number };
  smtp: { host: string; port: number };
  sentFolder?: string | null;
};

/** A mail account of a 窓口 without TLS, for the sample company and tests; people use the settings page. */
export async function foundAccount(db: PrismaClient, wanted: NewAccount): Promise<string> {
  const id = newId();
  const user = wanted.user ?? wanted.address;
  await db.mailAccount.create({
    data: {
      ...{ tenantId: wanted.tenantId, id, mailboxId: wanted.mailboxId, address: wanted.address },
      ...{ imapHost: wanted.imap.host, imapPort: wanted.imap.port, imapSecurity: 'none', imapUser: user },
      ...{ smtpHost: wanted.smtp.host, smtpPort: wanted.smtp.port, smtpSecurity: 'none', smtpUser: user },
      imapSecret: sealSecret(wanted.password, secretContext(id, 'imap')),
      smtpSecret: sealSecret(wanted.password, secretContext(id, 'smtp')),
      sentFolder: wanted.sentFolder === undefined ? 'Sent' : wanted.sentFolder,
    },
  });
  return id;
}
