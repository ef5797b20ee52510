import { setTimeout } from 'node:timers/promises';
import { SYSTEM } from '#lib/auth/actor.ts';
import type { Clock } from '#lib/clock.ts';
import { inTenant, type Scope } from '#lib/db/scope.ts';
import { analyseNewTables } from '#lib/db/system.ts';
import { toProblem } from '#lib/errors.ts';
import { failpoint } from '#lib/failpoint.ts';
import { patternsOf } from '#lib/forms/patterns.ts';
import { ringSanitiser } from '#lib/inbound/html-bell.ts';
import { giveUp, tryAgainOrGiveUp } from '#lib/inbound/patience.ts';
import { readAhead } from '#lib/inbound/read-ahead.ts';
import type { Known, PendingMail, ReadMail } from '#lib/inbound/read-raw.ts';
import { lockMailbox, writeBatch } from '#lib/inbound/write-batch.ts';
import { LIMITS } from '#lib/limits.ts';
import { log } from '#lib/log.ts';
import { ownAddresses } from '#lib/mailboxes/identity.ts';

/** Pending mails that one look finds: several batches, the next of which is read while one is written. */
const LOOKED_UP = 5 * LIMITS.receiveBatch;

type As = { clock?: Clock; imported?: boolean };

/** 窓口 whose mail this process is receiving; `again`: somebody rang meanwhile. */
const receiving = new Map<string, { again: boolean }>();

/**
 * Turns the pending raw mails of a 窓口 into conversations, in UID order, up to 100 a transaction. Two workers at one 窓口
 * don't meet: the writing transaction holds its lock and takes only rows that are still pending. A batch that fails is
 * split until the one mail that can't be written stands alone: it stays visible as unreadable and blocks nobody.
 * Returns how many rows were settled; 0 where this process is at it already, which then looks once more.
 */
export async function receiveMail(tenantId: string, mailboxId: string, as: As = {}): Promise<number> {
  const other = receiving.get(mailboxId);
  if (other) {
    other.again = true;
    return 0;
  }
  const mine = { again: true };
  receiving.set(mailboxId, mine);
  let settled = 0;
  try {
    while (mine.again) {
      mine.again = false;
      settled += await receiveAll(tenantId, mailboxId, as);
    }
  } finally {
    receiving.delete(mailboxId);
    await ringSanitiser(tenantId, mailboxId).catch((error) => log.warn('inbound.bellFailed', { error }));
  }
  return settled;
}

async function receiveAll(tenantId: string, mailboxId: string, as: As): Promise<number> {
  const run: Run = (work) => inTenant({ tenantId, actor: SYSTEM, ...as }, work, { timeoutMs: 60_000 });
  let settled = 0;
  for (;;) {
    const { pending, ...known } = await run((scope) => lookUpPending(scope, mailboxId));
    if (pending.length === 0) return settled;
    for await (const mails of readAhead(tenantId, pending, known, () => batchSize(mailboxId))) {
      const written = await writeSplitting(run, mailboxId, mails).catch((error) => {
        batchSizes.set(mailboxId, Math.max(1, Math.floor(mails.length / 2)));
        throw error;
      });
      batchSizes.set(mailboxId, Math.min(LIMITS.receiveBatch, batchSize(mailboxId) * 2));
      failpoint('after-receive');
      // Somebody else holds the 窓口: it sees our rows, and its end rings again.
      if (written === 0) return settled;
      settled += written;
      noteWritten(written);
      // Some of them still wait, or were somebody else's: what was read ahead may not overtake them, so look anew.
      if (written < mails.length) break;
    }
  }
}

/** With so many rows of a first import there is something to count, and a wrong plan costs little yet. */
const FIRST_STATISTICS_AT = 200;
let writtenHere = 0;

// Once a process: a new installation takes its first mails in before autovacuum has looked at a table.
function noteWritten(written: number): void {
  const before = writtenHere;
  writtenHere += written;
  if (before >= FIRST_STATISTICS_AT || writtenHere < FIRST_STATISTICS_AT) return;
  analyseNewTables().catch((error) => log.warn('inbound.noStatistics', { error }));
}

// Nothing is read for a 窓口 that another process is writing to at this moment: that one looks again by itself.
async function lookUpPending(scope: Scope, mailboxId: string): Promise<Known & { pending: PendingMail[] }> {
  if (!(await lockMailbox(scope, mailboxId))) return { pending: [], ownAddresses: [], formPatterns: [] };
  return {
    pending: await pendingMails(scope, mailboxId, LOOKED_UP),
    ownAddresses: await ownAddresses(scope),
    formPatterns: await patternsOf(scope, mailboxId),
  };
}

/** Mails taken at once, by 窓口: halved after a failure, so that a batch too heavy for its time becomes lighter. */
const batchSizes = new Map<string, number>();
const batchSize = (mailboxId: string): number => batchSizes.get(mailboxId) ?? LIMITS.receiveBatch;

type Run = <T>(work: (scope: Scope) => Promise<T>) => Promise<T>;

async function writeSplitting(run: Run, mailboxId: string, mails: readonly ReadMail[]): Promise<number> {
  try {
    return await run((scope) => writeBatch(scope, mailboxId, mails));
  } catch (error) {
    // A database that is busy or away says nothing about the mail: the rows stay pending and are tried again.
    const [only] = mails;
    if (toProblem(error).status === 503) {
      if (mails.length === 1 && only) return tryAgainOrGiveUp(run, mailboxId, only, error);
      throw error;
    }
    if (mails.length > 1) {
      const middle = Math.ceil(mails.length / 2);
      const first = await writeSplitting(run, mailboxId, mails.slice(0, middle));
      return first + (await writeSplitting(run, mailboxId, mails.slice(middle)));
    }
    if (!only) throw error;
    return writeAlone(run, mailboxId, only, error);
  }
}

// Once more after a moment: only a mail that fails by itself, twice, is poison.
async function writeAlone(run: Run, mailboxId: string, mail: ReadMail, first: unknown): Promise<number> {
  log.warn('inbound.writeFailed', { inboundId: mail.raw.id, error: first });
  await setTimeout(500);
  try {
    return await run((scope) => writeBatch(scope, mailboxId, [mail]));
  } catch (error) {
    if (toProblem(error).status === 503) return tryAgainOrGiveUp(run, mailboxId, mail, error);
    log.error('inbound.unwritable', { inboundId: mail.raw.id, error });
    return run((scope) => giveUp(scope, mailboxId, mail, error));
  }
}

async function pendingMails(scope: Scope, mailboxId: string, most: number): Promise<PendingMail[]> {
  return scope.db.$queryRaw`
    SELECT id, account_id AS "accountId", folder_role AS "folderRole", sha256, size::float8 AS size,
      internal_date AS "internalDate", fetched_at AS "fetchedAt", imported, message_id AS "placeholderId",
      (SELECT a.created_at FROM account_incident n
        JOIN mail_account a ON a.tenant_id = n.tenant_id AND a.id = n.account_id
        WHERE n.tenant_id = inbound_mail.tenant_id AND n.account_id = inbound_mail.account_id
          AND n.kind = 'uidvalidity-changed' AND n.data->>'folder' = inbound_mail.folder
          AND (n.data->>'now')::bigint = inbound_mail.uid_validity
          AND inbound_mail.uid <= (n.data->>'upto')::bigint
        LIMIT 1) AS "readAgainSince"
    FROM inbound_mail
    WHERE tenant_id = ${scope.tenantId}::uuid AND mailbox_id = ${mailboxId}::uuid AND state = 'pending'
    ORDER BY imported, account_id, folder, uid_validity, uid LIMIT ${most}`;
}
