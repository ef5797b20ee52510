import { type HealthFacts, healthOf, type ReceiptState } from '#lib/accounts/health-state.ts';
import { seenMailboxIds } from '#lib/accounts/seen-accounts.ts';
import { requireMay } from '#lib/auth/actor.ts';
import type { Scope } from '#lib/db/scope.ts';

/** One line of 受信の健康状態. Times are ISO 8601; counts are of INBOX and Sent together. */
export type BoardAccount = {
  id: string;
  mailboxId: string;
  mailboxName: string;
  address: string;
  state: ReceiptState;
  /** The last look at the server that went through. */
  lastSuccessAt: string | null;
  /** The last mail that came (imported ones don't count). */
  lastMailAt: string | null;
  /** From the server's receipt to ours, seconds: the middle one of the last 24 hours; null without mail. */
  lagSeconds: number | null;
  /** Since when nothing could be received; null while it can. */
  standsSince: string | null;
  /** When it is tried next; null while it is connected or paused. */
  nextAttemptAt: string | null;
  failures: number;
  lastErrorCode: string | null;
  /** The server's own words. */
  lastErrorWords: string | null;
  /** Mails at the server that are ours to take, and those of them that are here, as counted at reconciledAt. */
  serverCount: number | null;
  keptCount: number | null;
  missingCount: number | null;
  reconciledAt: string | null;
  /** Older mail being taken in (first connection, or all read again); null when there is nothing left. */
  import: { done: number; total: number } | null;
  /** Stored and not yet in a 案件. */
  waiting: number;
  /** Mails that couldn't be read (`quarantine`). */
  quarantined: number;
  /** Incidents that no admin has marked as seen (`accountIncidents`). */
  unseenIncidents: number;
  /** An alarm mail went out for this standstill. */
  alarmSentAt: string | null;
  /** Mails of each of the last 24 hours, oldest first. */
  hours: number[];
  version: number;
};

type Row = Omit<BoardAccount, 'state' | 'import' | 'nextAttemptAt'> &
  Omit<HealthFacts, 'lastSuccessAt' | 'standsSince'> & { nextAttemptAt: string };

/** The receipt of every account the actor may see: an admin all, others those of their 窓口 (domain.md 3, "see health"). */
export async function receiptBoard(scope: Scope): Promise<BoardAccount[]> {
  requireMay(scope, 'account.see');
  const seen = await seenMailboxIds(scope);
  const rows = await readRows(scope, seen);
  return rows.map(({ accountState, connected, importDone, importTotal, nextAttemptAt, ...row }) => {
    const importing = importTotal > 0 && importDone < importTotal;
    return {
      ...row,
      state: healthOf({ ...row, accountState, connected, importDone, importTotal }),
      nextAttemptAt: connected || accountState === 'paused' ? null : nextAttemptAt,
      import: importing ? { done: importDone, total: importTotal } : null,
    };
  });
}

const ISO = 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"';

async function readRows({ db, tenantId }: Scope, mailboxIds: readonly string[]): Promise<Row[]> {
  return db.$queryRaw`
    SELECT a.id, a.mailbox_id AS "mailboxId", b.name AS "mailboxName", a.address, a.state AS "accountState", a.version,
      a.failures, a.last_error_code AS "lastErrorCode", a.last_error_words AS "lastErrorWords",
      to_char(a.last_success_at AT TIME ZONE 'UTC', ${ISO}) AS "lastSuccessAt",
      to_char(a.stands_since AT TIME ZONE 'UTC', ${ISO}) AS "standsSince",
      to_char(a.next_attempt_at AT TIME ZONE 'UTC', ${ISO}) AS "nextAttemptAt",
      to_char(a.alarm_sent_at AT TIME ZONE 'UTC', ${ISO}) AS "alarmSentAt",
      coalesce(a.lease_until > clock_timestamp(), false) AS connected,
      f."serverCount", f."keptCount", f."missingCount", to_char(f.at AT TIME ZONE 'UTC', ${ISO}) AS "reconciledAt",
      coalesce(f."importDone", 0) AS "importDone", coalesce(f."importTotal", 0) AS "importTotal",
      m.waiting, m.quarantined, to_char(d.last AT TIME ZONE 'UTC', ${ISO}) AS "lastMailAt", d.lag AS "lagSeconds", d.hours,
      (SELECT count(*)::integer FROM account_incident n
        WHERE n.tenant_id = a.tenant_id AND n.account_id = a.id AND n.seen_at IS NULL) AS "unseenIncidents"
    FROM mail_account a
    JOIN mailbox b ON b.tenant_id = a.tenant_id AND b.id = a.mailbox_id
    LEFT JOIN LATERAL (
      SELECT sum(server_count)::integer AS "serverCount", sum(kept_count)::integer AS "keptCount",
        sum(missing_count)::integer AS "missingCount", min(reconciled_at) AS at,
        sum(least(import_done, import_total)) FILTER (WHERE import_uid < import_upto)::integer AS "importDone",
        sum(import_total) FILTER (WHERE import_uid < import_upto)::integer AS "importTotal"
      FROM mail_folder f WHERE f.tenant_id = a.tenant_id AND f.account_id = a.id) f ON true
    LEFT JOIN LATERAL (
      SELECT (SELECT count(*)::integer FROM inbound_mail i WHERE i.tenant_id = a.tenant_id
          AND i.mailbox_id = a.mailbox_id AND i.account_id = a.id AND i.state = 'pending') AS waiting,
        (SELECT count(*)::integer FROM inbound_mail i WHERE i.tenant_id = a.tenant_id AND i.account_id = a.id
          AND i.state = 'failed') AS quarantined) m ON true
    LEFT JOIN LATERAL (
      SELECT coalesce(max(i.fetched_at), a_last.at) AS last,
        -- greatest() leaves NULL out: without mail it would say no delay.
        CASE WHEN count(i.id) > 0 THEN greatest(0, round(percentile_cont(0.5) WITHIN GROUP
          (ORDER BY extract(epoch FROM i.fetched_at - i.internal_date))))::integer END AS lag,
        ARRAY(SELECT count(x.fetched_at)::integer FROM generate_series(23, 0, -1) AS h
          LEFT JOIN inbound_mail x ON x.tenant_id = a.tenant_id AND x.account_id = a.id AND NOT x.imported
            AND x.folder_role = 'inbox' AND x.fetched_at > clock_timestamp() - make_interval(hours => h + 1)
            AND x.fetched_at <= clock_timestamp() - make_interval(hours => h)
          GROUP BY h ORDER BY h DESC) AS hours
      FROM (SELECT (SELECT y.fetched_at FROM inbound_mail y WHERE y.tenant_id = a.tenant_id AND y.account_id = a.id
          AND NOT y.imported AND y.folder_role = 'inbox' ORDER BY y.fetched_at DESC LIMIT 1) AS at) a_last
      LEFT JOIN inbound_mail i ON i.tenant_id = a.tenant_id AND i.account_id = a.id AND NOT i.imported
        AND i.folder_role = 'inbox' AND i.fetched_at > clock_timestamp() - interval '24 hours'
      GROUP BY a_last.at) d ON true
    WHERE a.tenant_id = ${tenantId}::uuid AND a.mailbox_id = ANY(${mailboxIds}::uuid[])
    ORDER BY b.position, a.address`;
}
