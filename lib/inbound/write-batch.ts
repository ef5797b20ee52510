import { grantReceipts } from '#lib/autoreceipts/grant.ts';
import { writeReceipts } from '#lib/autoreceipts/write.ts';
import { writeCases } from '#lib/conversations/write.ts';
import type { Scope } from '#lib/db/scope.ts';
import { type Batch, newBatch, settle } from '#lib/inbound/batch.ts';
import { placeBounce } from '#lib/inbound/bounce.ts';
import { isDuplicate } from '#lib/inbound/duplicate.ts';
import { noteHtml } from '#lib/inbound/html-bell.ts';
import { insertRows } from '#lib/inbound/insert-rows.ts';
import { lookUp } from '#lib/inbound/lookups.ts';
import { placeOwnMail } from '#lib/inbound/own-mail.ts';
import { placeMail } from '#lib/inbound/place-mail.ts';
import type { ReadMail } from '#lib/inbound/read-raw.ts';
import { replacePlaceholder } from '#lib/inbound/replace-placeholder.ts';

/**
 * Writes a batch of read mails in one transaction, serial per 窓口. Returns how many rows were settled; 0 while another
 * worker is at this 窓口 or has settled them already.
 */
export async function writeBatch(scope: Scope, mailboxId: string, mails: readonly ReadMail[]): Promise<number> {
  if (!(await lockMailbox(scope, mailboxId))) return 0;
  const pending = await stillPending(scope, mails);
  if (pending.length === 0) return 0;
  const batch = newBatch(scope.tenantId, mailboxId, await lookUp(scope, mailboxId, pending));
  for (const mail of pending) await place(scope, batch, mail);
  const receipts = await grantReceipts(scope, mailboxId, batch.inquiries);
  await giveNumbers(scope, batch);
  await writeCases(scope, [...batch.touched]);
  await insertRows(scope, batch);
  await writeReceipts(scope, receipts);
  scope.afterCommit(() => noteHtml(mailboxId, batch.htmlMessageIds));
  // Fewer than pending: some wait until it is known what became of the mail they are about.
  return batch.settled.length;
}

async function place(scope: Scope, batch: Batch, mail: ReadMail): Promise<void> {
  if (await replacePlaceholder(scope, batch, mail)) return;
  if (await placeOwnMail(scope, batch, mail)) return;
  if (isDuplicate(batch.lookups, mail)) return settle(batch, mail.raw.id, 'duplicate', 'message-id');
  if (await placeBounce(scope, batch, mail)) return;
  await placeMail(scope, batch, mail);
}

/** Takes the 窓口 for this transaction; false while another one has it. */
export async function lockMailbox(scope: Scope, mailboxId: string): Promise<boolean> {
  const rows = await scope.db.$queryRaw<{ ours: boolean }[]>`
    SELECT pg_try_advisory_xact_lock(hashtextextended('receive:' || ${mailboxId}, 0)) AS ours`;
  return rows[0]?.ours ?? false;
}

async function stillPending(scope: Scope, mails: readonly ReadMail[]): Promise<ReadMail[]> {
  const rows = await scope.db.$queryRaw<{ id: string }[]>`
    SELECT id FROM inbound_mail WHERE tenant_id = ${scope.tenantId}::uuid AND state = 'pending'
      AND id = ANY(${mails.map((mail) => mail.raw.id)}::uuid[]) FOR UPDATE`;
  const pending = new Set(rows.map((row) => row.id));
  return mails.filter((mail) => pending.has(mail.raw.id));
}

// Right before the insert, once a batch (domain.md 5.2); the numbers go into the opened events too.
async function giveNumbers(scope: Scope, { opened }: Batch): Promise<void> {
  if (opened.length === 0) return;
  const rows = await scope.db.$queryRaw<{ first: number }[]>`
    INSERT INTO tenant_counter AS t (tenant_id, name, next) VALUES (${scope.tenantId}::uuid, 'conversation', 1 + ${opened.length})
    ON CONFLICT (tenant_id, name) DO UPDATE SET next = t.next + ${opened.length}
    RETURNING (next - ${opened.length})::integer AS first`;
  opened.forEach(({ c, data }, index) => {
    c.row.number = (rows[0]?.first ?? 1) + index;
    data.number = c.row.number;
  });
}
