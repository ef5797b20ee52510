import { type AccountSettings, loadAccount } from '#lib/accounts/settings.ts';
import { SYSTEM } from '#lib/auth/actor.ts';
import { inTenant, type Scope } from '#lib/db/scope.ts';
import { appendSent, closeImap, connectImap } from '#lib/mail/imap/index.ts';
import { resolveAllowedHost } from '#lib/net/index.ts';
import type { DeliveryKind } from '#lib/outbox/claim.ts';
import { type OutgoingMail, outgoingMail } from '#lib/outbox/outgoing.ts';

/** Tries before the copy is given up; the mail itself has been delivered all the same. */
const MOST_TRIES = 8;
/** So long one try has the copy for itself, seconds; after that its worker is taken to be dead. */
const TRY_SECONDS = 300;
type Work = { account: AccountSettings; mail: OutgoingMail };

/**
 * The copy of an accepted mail in the Sent folder: a separate step, idempotent by Message-ID (architecture.md 5.2). Skipped
 * where the provider files it itself, or there is no Sent folder.
 */
export async function fileSent(tenantId: string, deliveryId: string): Promise<void> {
  const run = <T>(work: (scope: Scope) => Promise<T>) => inTenant({ tenantId, actor: SYSTEM }, work);
  const work = await run((scope) => begin(scope, deliveryId));
  if (!work) return;
  try {
    await append(work);
    await run((scope) => note(scope, deliveryId, 'done'));
  } catch {
    await run((scope) => postpone(scope, deliveryId));
  }
}

async function begin(scope: Scope, deliveryId: string): Promise<Work | null> {
  const claimed = await claim(scope, deliveryId);
  if (!claimed) return null;
  const account = await loadAccount(scope, claimed.accountId);
  if (account.filesSent || !account.sentFolder) {
    await note(scope, deliveryId, 'skipped');
    return null;
  }
  return { account, mail: await outgoingMail(scope, { id: deliveryId, ...claimed }) };
}

type Claimed = { accountId: string; messageId: string; kind: DeliveryKind; dateHeader: Date };

// Job and sweeper may come at the same moment: both would look for the copy, find none, and append it twice.
async function claim(scope: Scope, deliveryId: string): Promise<Claimed | undefined> {
  const rows = await scope.db.$queryRaw<Claimed[]>`
    UPDATE delivery SET filed_next_at = clock_timestamp() + make_interval(secs => ${TRY_SECONDS}::integer)
    WHERE tenant_id = ${scope.tenantId}::uuid AND id = ${deliveryId}::uuid AND state = 'sent' AND filed = 'pending'
      AND account_id IS NOT NULL AND date_header IS NOT NULL
      AND coalesce(filed_next_at, '-infinity') <= clock_timestamp()
    RETURNING account_id AS "accountId", message_id AS "messageId", kind, date_header AS "dateHeader"`;
  return rows[0];
}

async function append({ account, mail }: Work): Promise<void> {
  const allowed = await resolveAllowedHost(account.imap.host);
  const tls = { servername: account.imap.host };
  const client = await connectImap({ ...account.imap, host: allowed.address, tls });
  try {
    const raw = await mail.compose();
    await appendSent(client, account.sentFolder ?? 'Sent', raw, { date: mail.date, messageId: mail.messageIdHeader });
  } finally {
    await closeImap(client);
  }
}

async function note(scope: Scope, deliveryId: string, filed: 'done' | 'skipped'): Promise<void> {
  await scope.db.delivery.updateMany({
    where: { tenantId: scope.tenantId, id: deliveryId, filed: 'pending' },
    data: { filed },
  });
}

async function postpone(scope: Scope, deliveryId: string): Promise<void> {
  await scope.db.$executeRaw`
    UPDATE delivery SET filed_attempts = filed_attempts + 1,
      filed = CASE WHEN filed_attempts + 1 >= ${MOST_TRIES} THEN 'failed' ELSE 'pending' END,
      filed_next_at = clock_timestamp() + make_interval(secs => least(3600, 15 * power(2, filed_attempts))::integer)
    WHERE tenant_id = ${scope.tenantId}::uuid AND id = ${deliveryId}::uuid AND filed = 'pending'`;
}
