import type { AccountSettings } from '#lib/accounts/settings.ts';
import type { Scope } from '#lib/db/scope.ts';
import { newId } from '#lib/ids.ts';
import type { Cursor } from '#lib/inbound/cursor.ts';
import type { Lease } from '#lib/inbound/lease.ts';
import { enqueue } from '#lib/queue/index.ts';

/** A mail whose bytes are in the blob store; with a size over the cap only its header is, with null the server gave nothing. */
export type RawMail = { uid: number; size: number; internalDate: Date; sha256: string | null };
type Target = Cursor & { role: 'inbox' | 'sent' };

/**
 * Rows and cursor in one transaction. The cursor moves only while the lease is ours and UIDVALIDITY the one we read; false:
 * neither rows nor cursor were written, by the caller's dropping of the transaction's effects.
 */
export async function storeChunk(
  scope: Scope,
  account: AccountSettings,
  lease: Lease,
  target: Target,
  mails: readonly RawMail[],
): Promise<boolean> {
  if (!(await moveCursor(scope, account.id, lease, target, mails.at(-1)?.uid ?? target.lastUid))) return false;
  const rows = JSON.stringify(mails.map((mail) => ({ id: newId(), ...mail })));
  await scope.db.$executeRaw`
    INSERT INTO inbound_mail (tenant_id, id, account_id, mailbox_id, folder, folder_role, uid_validity, uid, sha256, size,
      internal_date, fetched_at, imported)
    SELECT ${scope.tenantId}::uuid, r.id, ${account.id}::uuid, a.mailbox_id, ${target.folder}, ${target.role},
      ${target.uidValidity}::bigint, r.uid, r.sha256, r.size, r."internalDate", clock_timestamp(),
      r."internalDate" < a.created_at
    FROM jsonb_to_recordset(${rows}::jsonb) AS r(id uuid, uid bigint, sha256 text, size bigint, "internalDate" timestamptz)
    JOIN mail_account a ON a.tenant_id = ${scope.tenantId}::uuid AND a.id = ${account.id}::uuid
    ORDER BY r.uid
    ON CONFLICT (tenant_id, account_id, folder, uid_validity, uid) DO NOTHING`;
  const payload = { tenantId: scope.tenantId, mailboxId: account.mailboxId };
  scope.afterCommit(() => enqueue('mailbox.receive', payload));
  return true;
}

async function moveCursor(
  scope: Scope,
  accountId: string,
  lease: Lease,
  target: Target,
  lastUid: number,
): Promise<boolean> {
  const moved = await scope.db.$executeRaw`
    UPDATE mail_folder f SET last_uid = greatest(f.last_uid, ${lastUid}::bigint), updated_at = clock_timestamp()
    FROM mail_account a
    WHERE f.tenant_id = ${scope.tenantId}::uuid AND f.account_id = ${accountId}::uuid AND f.folder = ${target.folder}
      AND f.uid_validity = ${target.uidValidity}::bigint
      AND a.tenant_id = f.tenant_id AND a.id = f.account_id AND a.lease_token = ${lease.token}::uuid
      AND a.lease_until > clock_timestamp()`;
  return moved === 1;
}
