import type { ImapFlow } from 'imapflow';
import { inboundCap } from '#lib/accounts/inbound-cap.ts';
import type { AccountSettings } from '#lib/accounts/settings.ts';
import { SYSTEM } from '#lib/auth/actor.ts';
import { inTenant, type Scope } from '#lib/db/scope.ts';
import type { PulledFolder } from '#lib/inbound/cursor.ts';
import { isOurs, type Lease, LeaseLost } from '#lib/inbound/lease.ts';
import { cursorOf } from '#lib/inbound/pull.ts';
import type { RawMail } from '#lib/inbound/store-chunk.ts';
import { takeMail } from '#lib/inbound/take-mail.ts';
import { fetchThese } from '#lib/mail/imap/index.ts';
import { enqueue } from '#lib/queue/index.ts';

type Asked = { id: string; uid: number; uidValidity: number };
const GONE = 'The mail is no longer on the server.';
/** Mails asked for again at one look. */
const MOST = 50;

/**
 * Asks the server once more for mails that it didn't give, that were too large, or whose bytes were lost here (an admin's
 * 再試行, or by itself after a comparison). What comes is read anew and takes its placeholder's place.
 */
export async function refetchAsked(
  client: ImapFlow,
  account: AccountSettings,
  lease: Lease,
  { folder, role }: PulledFolder,
): Promise<void> {
  const run = <T>(work: (scope: Scope) => Promise<T>) => inTenant({ tenantId: account.tenantId, actor: SYSTEM }, work);
  const asked = await run((scope) => readAsked(scope, account.id, folder));
  if (asked.length === 0) return;
  const { uidValidity } = await cursorOf(client, account, lease, { folder, role });
  const waiting = new Map(asked.filter((row) => row.uidValidity === uidValidity).map((row) => [row.uid, row.id]));
  const settle = (id: string, raw: RawMail | null) =>
    run(async (scope) => {
      if (!(await isOurs(scope, lease))) throw new LeaseLost();
      await noteAnswer(scope, account, id, raw);
    });
  const options = { folder, uidValidity, cap: inboundCap() };
  for await (const mail of fetchThese(client, [...waiting.keys()], options)) {
    const taken = await takeMail(client, account.tenantId, mail);
    const id = waiting.get(mail.uid);
    if (!taken || !id) continue;
    waiting.delete(mail.uid);
    await settle(id, taken.raw);
  }
  const gone = [...waiting.values(), ...asked.filter((row) => row.uidValidity !== uidValidity).map((row) => row.id)];
  for (const id of gone) await settle(id, null);
}

async function readAsked(scope: Scope, accountId: string, folder: string): Promise<Asked[]> {
  return scope.db.$queryRaw`
    SELECT id, uid::float8 AS uid, uid_validity::float8 AS "uidValidity" FROM inbound_mail
    WHERE tenant_id = ${scope.tenantId}::uuid AND account_id = ${accountId}::uuid AND folder = ${folder} AND refetch
    ORDER BY uid LIMIT ${MOST}`;
}

async function noteAnswer(scope: Scope, account: AccountSettings, id: string, raw: RawMail | null): Promise<void> {
  const { tenantId, db } = scope;
  const row = { tenantId, id, state: 'failed' };
  const whole = raw !== null && raw.sha256 !== null && raw.size <= inboundCap();
  await db.inboundMail.updateMany({
    where: row,
    data: {
      ...{ refetch: false, attempts: { increment: 1 } },
      ...(whole
        ? { state: 'pending', sha256: raw.sha256, size: raw.size, reason: null, words: null }
        : { words: raw === null ? GONE : (raw.words ?? null) }),
    },
  });
  if (whole) scope.afterCommit(() => enqueue('mailbox.receive', { tenantId, mailboxId: account.mailboxId }));
}
