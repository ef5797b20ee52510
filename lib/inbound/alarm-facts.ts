import type { Scope } from '#lib/db/scope.ts';
import type { AlarmFacts } from '#lib/inbound/alarm-mail.ts';

export type DueAlarm = {
  kind: 'stopped' | 'recovered';
  facts: AlarmFacts;
  addresses: string[];
  /** Told before: the incident stands already. */
  noted: boolean;
  /** An alarm mail went out, so its end is to be told by mail too. */
  mailed: boolean;
  /** Accounts of the company that could send it, the best first. */
  senders: string[];
};

/** An attempt has the alarm for itself so long, minutes; an alarm that couldn't be sent is tried again then. */
const TRY_MINUTES = 15;

/**
 * Takes an account's alarm for this process, and says what is to be told to whom; null when there is nothing to tell (any
 * more), or another process is at it.
 */
export async function claimAlarm(scope: Scope, accountId: string): Promise<DueAlarm | null> {
  const rows = await scope.db.$queryRaw<Claimed[]>`
    UPDATE mail_account a SET alarm_next_at = clock_timestamp() + make_interval(mins => ${TRY_MINUTES}::integer),
      alarm_noted_at = coalesce(a.alarm_noted_at, a.stands_since)
    FROM mail_account old, mailbox b, tenant_setting s
    WHERE a.tenant_id = ${scope.tenantId}::uuid AND a.id = ${accountId}::uuid AND a.state = 'active'
      AND old.tenant_id = a.tenant_id AND old.id = a.id AND b.tenant_id = a.tenant_id AND b.id = a.mailbox_id
      AND s.tenant_id = a.tenant_id
      AND coalesce(a.alarm_next_at, '-infinity') <= clock_timestamp()
      AND ((a.stands_since IS NULL AND a.alarm_noted_at IS NOT NULL)
        OR (a.failures >= 2 AND a.alarm_sent_at IS NULL
          AND a.stands_since < clock_timestamp() - make_interval(mins => s.alarm_after_minutes)))
    RETURNING a.stands_since IS NULL AS over, old.alarm_noted_at AS "notedAt", coalesce(a.stands_since, old.alarm_noted_at) AS since,
      a.alarm_sent_at IS NOT NULL AS mailed, b.name AS mailbox, a.address, a.smtp_host AS "smtpHost", s.zone,
      a.last_error_code AS code, a.last_error_words AS words, s.alarm_addresses AS addresses, clock_timestamp() AS now`;
  const [row] = rows;
  if (!row) return null;
  const { over, notedAt, mailed, addresses, smtpHost, ...facts } = row;
  const senders = await sendersFor(scope, accountId, smtpHost);
  return { kind: over ? 'recovered' : 'stopped', facts, addresses, noted: notedAt !== null, mailed, senders };
}

type Claimed = AlarmFacts & {
  over: boolean;
  notedAt: Date | null;
  mailed: boolean;
  addresses: string[];
  smtpHost: string;
};

// A healthy one first, and one at another provider: what stops the one account may have stopped its neighbour.
async function sendersFor(scope: Scope, accountId: string, smtpHost: string): Promise<string[]> {
  const rows = await scope.db.$queryRaw<{ id: string }[]>`
    SELECT id FROM mail_account
    WHERE tenant_id = ${scope.tenantId}::uuid AND id <> ${accountId}::uuid AND state = 'active' AND smtp_host <> ''
    ORDER BY stands_since IS NOT NULL, smtp_host = ${smtpHost}, last_success_at DESC NULLS LAST, id`;
  return rows.map((row) => row.id);
}
