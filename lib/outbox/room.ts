import type { Scope } from '#lib/db/scope.ts';
import { sendLimitsOf } from '#lib/mail/providers.ts';

/** Where neither the account nor its provider says anything: what any server bears, and no company takes all of a worker. */
const USUAL = { connections: 3, perMinute: 120 };
/** Until another of the account's mails has gone, seconds. */
const NEXT_PLACE = 1;

type Account = {
  provider: string;
  smtpHost: string;
  sendConnections: number | null;
  sendPerMinute: number | null;
  busy: number;
  ages: number[];
};

/**
 * Seconds until the account may send another mail by its own or its provider's limits (at once, a minute); 0 is now. Holds the
 * account's sending until the transaction ends, so that two workers never both take its last place.
 */
export async function secondsUntilRoom(scope: Scope, accountId: string): Promise<number> {
  await scope.db.$queryRaw`SELECT pg_advisory_xact_lock(hashtextextended('send:' || ${accountId}, 0))::text`;
  const [account] = await scope.db.$queryRaw<Account[]>`
    SELECT a.provider, a.smtp_host AS "smtpHost", a.send_connections AS "sendConnections",
      a.send_per_minute AS "sendPerMinute",
      (SELECT count(*)::integer FROM delivery d WHERE d.tenant_id = a.tenant_id AND d.account_id = a.id
        AND d.state = 'sending' AND d.lease_until > clock_timestamp()) AS busy,
      ARRAY(SELECT extract(epoch FROM clock_timestamp() - d.data_started_at)::float8 FROM delivery d
        WHERE d.tenant_id = a.tenant_id AND d.account_id = a.id
          AND d.data_started_at > clock_timestamp() - interval '1 minute'
        ORDER BY d.data_started_at DESC LIMIT 1000) AS ages
    FROM mail_account a WHERE a.tenant_id = ${scope.tenantId}::uuid AND a.id = ${accountId}::uuid`;
  return account ? waitFor(account) : 0;
}

function waitFor(account: Account): number {
  const published = sendLimitsOf(account);
  const connections = account.sendConnections ?? published.connections ?? USUAL.connections;
  const perMinute = account.sendPerMinute ?? published.perMinute ?? USUAL.perMinute;
  if (account.busy >= connections) return NEXT_PLACE;
  const oldest = account.ages[perMinute - 1];
  return oldest === undefined ? 0 : Math.max(NEXT_PLACE, Math.ceil(60 - oldest));
}

/** The server wants no more from this account for so many seconds: its other waiting mails rest too. */
export async function restAccount(scope: Scope, accountId: string, seconds: number): Promise<void> {
  await scope.db.$executeRaw`
    UPDATE delivery SET next_attempt_at = greatest(next_attempt_at, clock_timestamp() + make_interval(secs => ${seconds}))
    WHERE tenant_id = ${scope.tenantId}::uuid AND id IN (SELECT id FROM delivery
      WHERE tenant_id = ${scope.tenantId}::uuid AND account_id = ${accountId}::uuid AND state IN ('queued', 'retry')
      ORDER BY id FOR UPDATE SKIP LOCKED)`;
}
