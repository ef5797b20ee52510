import { requireMay } from '#lib/auth/actor.ts';
import type { Scope } from '#lib/db/scope.ts';
import { conflict, invalid, notFound } from '#lib/errors.ts';
import { newId } from '#lib/ids.ts';
import type { MailboxInput } from '#lib/mailboxes/input.ts';
import { publish } from '#lib/realtime/index.ts';

/** Opens a 窓口, below the others. Returns its id. @throws Invalid mailboxExists at `name` */
export async function openMailbox(scope: Scope, input: MailboxInput): Promise<string> {
  requireMay(scope, 'account.edit');
  const { tenantId, db } = scope;
  await requireFreeName(scope, input.name, null);
  const { groupIds, ...plain } = await known(scope, input);
  const id = newId();
  const { _max } = await db.mailbox.aggregate({ where: { tenantId }, _max: { position: true } });
  await db.mailbox.create({
    data: { tenantId, id, ...plain, position: (_max.position ?? -1) + 1 },
    select: { id: true },
  });
  await setGroups(scope, id, groupIds);
  return id;
}

/**
 * Changes a 窓口. Who no longer sees it loses it at once, in every open window.
 * @throws Conflict savedElsewhere when somebody saved since `version` was read; nothing is changed then
 */
export async function changeMailbox(scope: Scope, id: string, version: number, input: MailboxInput): Promise<void> {
  requireMay(scope, 'account.edit');
  const { tenantId, db } = scope;
  await requireMailbox(scope, id);
  await requireFreeName(scope, input.name, id);
  const { groupIds, ...plain } = await known(scope, input);
  const { count } = await db.mailbox.updateMany({
    where: { tenantId, id, version },
    data: { ...plain, version: { increment: 1 } },
  });
  if (count === 0) throw conflict('savedElsewhere');
  await setGroups(scope, id, groupIds);
}

/** One place up or down among the 窓口; at the end it stays. */
export async function moveMailbox(scope: Scope, id: string, by: -1 | 1): Promise<void> {
  requireMay(scope, 'account.edit');
  const { tenantId, db } = scope;
  await requireMailbox(scope, id);
  const rows = await db.mailbox.findMany({
    where: { tenantId },
    orderBy: [{ position: 'asc' }, { id: 'asc' }],
    select: { id: true, position: true },
  });
  const order = rows.map((row) => row.id);
  const from = order.indexOf(id);
  const to = Math.min(order.length - 1, Math.max(0, from + by));
  order.splice(to, 0, ...order.splice(from, 1));
  for (const [position, each] of order.entries()) {
    if (rows.find((row) => row.id === each)?.position === position) continue;
    await db.mailbox.update({
      where: { tenantId_id: { tenantId, id: each } },
      data: { position },
      select: { id: true },
    });
  }
  tellAll(scope);
}

async function requireMailbox({ tenantId, db }: Scope, id: string): Promise<void> {
  if ((await db.mailbox.count({ where: { tenantId, id } })) === 0) throw notFound();
}

async function requireFreeName({ tenantId, db }: Scope, name: string, except: string | null): Promise<void> {
  const taken = await db.mailbox.count({
    where: { tenantId, name, ...(except === null ? {} : { id: { not: except } }) },
  });
  if (taken > 0) throw invalid('mailboxExists', { name }, 'name');
}

// What the form named and somebody removed meanwhile is an error at its field, not a foreign key's.
async function known({ tenantId, db }: Scope, input: MailboxInput): Promise<MailboxInput> {
  const { calendarId, groupIds } = input;
  if (calendarId !== null && (await db.calendar.count({ where: { tenantId, id: calendarId } })) === 0)
    throw invalid('invalidValue', {}, 'calendarId');
  const groups = [...new Set(groupIds)];
  if ((await db.memberGroup.count({ where: { tenantId, id: { in: groups } } })) < groups.length)
    throw invalid('invalidValue', {}, 'groupIds');
  return { ...input, groupIds: groups };
}

async function setGroups(scope: Scope, mailboxId: string, groupIds: readonly string[]): Promise<void> {
  const { tenantId, db } = scope;
  await db.groupMailbox.deleteMany({ where: { tenantId, mailboxId, groupId: { notIn: [...groupIds] } } });
  await db.groupMailbox.createMany({
    data: groupIds.map((groupId) => ({ tenantId, mailboxId, groupId })),
    skipDuplicates: true,
  });
  tellAll(scope);
}

// Every open window asks again what it may see, and what the 窓口 are called.
const tellAll = (scope: Scope): void =>
  scope.afterCommit(() => publish(scope.tenantId, { type: 'access', id: scope.tenantId, mailboxId: null, version: 0 }));
