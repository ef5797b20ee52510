import { seenMailboxIds } from '#lib/accounts/seen-accounts.ts';
import { requireMay } from '#lib/auth/actor.ts';
import type { Scope } from '#lib/db/scope.ts';
import { notFound } from '#lib/errors.ts';
import { storedFields } from '#lib/forms/patterns.ts';
import type { FormField } from '#lib/mail/forms/pattern.ts';

/** A pattern as the settings show it; `mailbox` null: it holds in every 窓口. */
export type PatternRow = {
  id: string;
  name: string;
  sender: string;
  subjectContains: string;
  mailbox: { id: string; name: string } | null;
  fields: FormField[];
  enabled: boolean;
  version: number;
};

/**
 * The patterns in the order in which they are tried: an administrator's are all, everybody else's those for every 窓口 and for the
 * visible ones.
 */
export async function listPatterns(scope: Scope): Promise<PatternRow[]> {
  requireMay(scope, 'rules.see');
  const seen = await seenMailboxIds(scope);
  const rows = await scope.db.formPattern.findMany({
    where: { tenantId: scope.tenantId, deletedAt: null },
    orderBy: [{ position: 'asc' }, { createdAt: 'asc' }, { id: 'asc' }],
    include: { mailbox: { select: { id: true, name: true } } },
  });
  return rows.filter((row) => isSeen(row, seen)).map(shapeOf);
}

/** One pattern; NotFound where it is deleted, another company's, or for a 窓口 the actor may not see. */
export async function readPattern(scope: Scope, id: string): Promise<PatternRow> {
  requireMay(scope, 'rules.see');
  const row = await scope.db.formPattern.findUnique({
    where: { tenantId_id: { tenantId: scope.tenantId, id }, deletedAt: null },
    include: { mailbox: { select: { id: true, name: true } } },
  });
  if (!row || !isSeen(row, await seenMailboxIds(scope))) throw notFound();
  return shapeOf(row);
}

/** The 窓口 a pattern may be for, by name: an administrator's choice doesn't depend on what they read. */
export async function mailboxesOfForms(scope: Scope): Promise<{ id: string; name: string }[]> {
  requireMay(scope, 'rules.see');
  return scope.db.mailbox.findMany({
    where: { tenantId: scope.tenantId, id: { in: await seenMailboxIds(scope) } },
    orderBy: [{ position: 'asc' }, { id: 'asc' }],
    select: { id: true, name: true },
  });
}

const isSeen = ({ mailboxId }: { mailboxId: string | null }, seen: readonly string[]): boolean =>
  mailboxId === null || seen.includes(mailboxId);

type Row = Omit<PatternRow, 'fields'> & { fields: unknown };
const shapeOf = ({ id, name, sender, subjectContains, mailbox, fields, enabled, version }: Row): PatternRow => ({
  ...{ id, name, sender, subjectContains, mailbox, enabled, version },
  fields: storedFields(fields),
});
