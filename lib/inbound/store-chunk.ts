import type { AccountSettings } from '#lib/accounts/settings.ts';
import type { Scope } from '#lib/db/scope.ts';
import { newId } from '#lib/ids.ts';
import type { Cursor } from '#lib/inbound/cursor.ts';
import type { Lease } from '#lib/inbound/lease.ts';
import { enqueue } from '#lib/queue/index.ts';

/**
 * A mail whose bytes are in the blob store; with a size over the cap only its header is, with null the server gave nothing
 * and `words` are why.
 */
export type RawMail = {
  uid: number;
  size: number;
  internalDate: Date;
  sha256: string | null;
  words?: string | null;
};
/** Which cursor the mails move: that of new mail, that of older mail, or none (a gap below both). */
export type Target = Pick<Cursor, 'folder' | 'uidValidity'> & {
  role: 'inbox' | 'sent';
  part: 'new' | 'older' | 'gap';
};

/**
 * Rows and cursor in one transaction. The cursor moves only while the lease is ours and UIDVALIDITY the one we read; false:
 * neither rows nor cursor were written, by the caller's dropping of the transaction's effects. `imported` is what arrived before
 * the second in which the account was made: IMAP's dates know no parts of seconds (RFC 9051 2.3.3).
 */
export async function storeChunk(
  scope: Scope,
  account: AccountSettings,
  lease: Lease,
  target: Target,
  mails: readonly RawMail[],
): Promise<boolean> {
  if (!(await moveCursor(scope, account.id, lease, target, mails))) return false;
  const rows = JSON.stringify(mails.map((mail) => ({ id: newId(), ...mail })));
  await scope.db.$executeRaw`
    INSERT INTO inbound_mail (tenant_id, id, account_id, mailbox_id, folder, folder_role, uid_validity, uid, sha256, size,
      internal_date, fetched_at, imported, words)
    SELECT ${scope.tenantId}::uuid, r.id, ${account.id}::uuid, a.mailbox_id, ${target.folder}, ${target.role},
      ${target.uidValidity}::bigint, r.uid, r.sha256, r.size, r."internalDate", clock_timestamp(),
      r."internalDate" < date_trunc('second', a.created_at), r.words
    FROM jsonb_to_recordset(${rows}::jsonb)
      AS r(id uuid, uid bigint, sha256 text, size bigint, "internalDate" timestamptz, words text)
    JOIN mail_account a ON a.tenant_id = ${scope.tenantId}::uuid AND a.id = ${account.id}::uuid
    ORDER BY r.uid
    ON CONFLICT (tenant_id, account_id, folder, uid_validity, uid) DO NOTHING`;
  const payload = { tenantId: scope.tenantId, mailboxId: account.mailboxId };
  scope.afterCommit(() => enqueue('mailbox.receive', payload));
  return true;
}

// first_uid: a folder that was begun without one (at the account's test) has it from its first mail on. The counts of the last
// comparison grow with what comes; the next one corrects them for what was expunged.
async function moveCursor(
  scope: Scope,
  accountId: string,
  lease: Lease,
  { folder, uidValidity, part }: Target,
  mails: readonly RawMail[],
): Promise<boolean> {
  const uid = mails.at(-1)?.uid ?? 0;
  const [ofNew, ofOlder] = [part === 'new' ? uid : 0, part === 'older' ? uid : 0];
  const moved = await scope.db.$executeRaw`
    UPDATE mail_folder f SET updated_at = clock_timestamp(), first_uid = coalesce(f.first_uid, f.last_uid + 1),
      last_uid = greatest(f.last_uid, ${ofNew}::bigint),
      import_uid = CASE WHEN ${part} = 'older' THEN greatest(f.import_uid, ${ofOlder}::bigint) ELSE f.import_uid END,
      import_done = f.import_done + CASE WHEN ${part} = 'older' THEN ${mails.length}::integer ELSE 0 END,
      server_count = f.server_count + CASE WHEN ${part} = 'new' THEN ${mails.length}::integer ELSE 0 END,
      kept_count = f.kept_count + CASE WHEN ${part} = 'gap' THEN 0 ELSE ${mails.length}::integer END
    FROM mail_account a
    WHERE f.tenant_id = ${scope.tenantId}::uuid AND f.account_id = ${accountId}::uuid AND f.folder = ${folder}
      AND f.uid_validity = ${uidValidity}::bigint
      AND a.tenant_id = f.tenant_id AND a.id = f.account_id AND a.lease_token = ${lease.token}::uuid
      AND a.lease_until > clock_timestamp()`;
  return moved === 1;
}
