import { requireSeenAccount } from '#lib/accounts/seen-accounts.ts';
import { requireMay } from '#lib/auth/actor.ts';
import type { Scope } from '#lib/db/scope.ts';
import { notFound } from '#lib/errors.ts';
import { newId } from '#lib/ids.ts';

export type IncidentKind =
  | 'uidvalidity-changed'
  | 'gap-filled'
  | 'folder-missing'
  | 'standstill'
  | 'recovered'
  | 'alarm-sent'
  | 'alarm-failed';
export type IncidentData = {
  /** Of uidvalidity-changed, gap-filled, folder-missing. */
  folder?: string;
  /** uidvalidity-changed: before and now; from the first UID on that was there, all up to `upto` is read again. */
  before?: number;
  now?: number;
  upto?: number;
  /** gap-filled: mails that were missing and are here now. */
  filled?: number;
  /** standstill, recovered: since when nothing came (ISO 8601), and the reason's code. */
  since?: string;
  code?: string | null;
  /** alarm-sent: to so many addresses. */
  recipients?: number;
  /** alarm-failed: no addresses, no other account that can send, or none of them could. */
  why?: 'no-address' | 'no-account' | 'not-sent';
};
/** What became of the mails that were read again. */
export type ReadAgain = { known: number; added: number; waiting: number };
export type Incident = {
  id: string;
  kind: IncidentKind;
  at: string;
  seen: boolean;
  data: IncidentData;
  /** Of uidvalidity-changed, as it stands now. */
  readAgain: ReadAgain | null;
};

/** What happened to an account's receipt, newest first, 100 at the most. */
export async function accountIncidents(scope: Scope, accountId: string): Promise<Incident[]> {
  requireMay(scope, 'account.see');
  await requireSeenAccount(scope, accountId);
  const rows = await scope.db.accountIncident.findMany({
    where: { tenantId: scope.tenantId, accountId },
    orderBy: [{ at: 'desc' }, { id: 'desc' }],
    take: 100,
  });
  return Promise.all(
    rows.map(async ({ id, kind, at, seenAt, data }) => ({
      ...{ id, kind: kind as IncidentKind, at: at.toISOString(), seen: seenAt !== null, data: data as IncidentData },
      readAgain: kind === 'uidvalidity-changed' ? await readAgain(scope, accountId, data as IncidentData) : null,
    })),
  );
}

/** An admin has taken note: it is no longer counted at the account. Marking twice is harmless. */
export async function markIncidentSeen(scope: Scope, incidentId: string): Promise<void> {
  requireMay(scope, 'account.edit');
  const { tenantId, db, now } = scope;
  const known = await db.accountIncident.count({ where: { tenantId, id: incidentId } });
  if (known === 0) throw notFound();
  await db.accountIncident.updateMany({ where: { tenantId, id: incidentId, seenAt: null }, data: { seenAt: now } });
}

/** Notes what happened; the machines' business. */
export async function noteIncident(
  scope: Scope,
  accountId: string,
  kind: IncidentKind,
  data: IncidentData,
): Promise<void> {
  await scope.db.accountIncident.create({
    data: { tenantId: scope.tenantId, id: newId(), accountId, kind, data },
    select: { id: true },
  });
}

async function readAgain(
  scope: Scope,
  accountId: string,
  { folder, now, upto }: IncidentData,
): Promise<ReadAgain | null> {
  if (folder === undefined || now === undefined || upto === undefined) return null;
  const rows = await scope.db.$queryRaw<ReadAgain[]>`
    SELECT count(*) FILTER (WHERE state IN ('duplicate', 'ignored'))::integer AS known,
      count(*) FILTER (WHERE state IN ('done', 'failed'))::integer AS added,
      count(*) FILTER (WHERE state = 'pending')::integer AS waiting
    FROM inbound_mail
    WHERE tenant_id = ${scope.tenantId}::uuid AND account_id = ${accountId}::uuid AND folder = ${folder}
      AND uid_validity = ${now}::bigint AND uid <= ${upto}::bigint`;
  return rows[0] ?? null;
}
