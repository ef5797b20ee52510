import type { Scope } from '#lib/db/scope.ts';
import { failedReading, type ReadMail } from '#lib/inbound/read-raw.ts';
import { writeBatch } from '#lib/inbound/write-batch.ts';
import { log } from '#lib/log.ts';

/**
 * So often one mail alone may meet a "busy" database, while that database takes the count: about a minute of trying. Then it
 * is the mail that makes the trouble, and its placeholder lets the others pass.
 */
const MOST_TRIES = 30;

type Run = <T>(work: (scope: Scope) => Promise<T>) => Promise<T>;

/**
 * One mail alone couldn't be written because the database said that it is busy. Counts that; throws `error` so that it is
 * tried again, until it has been too often: then it goes into quarantine with the database's words. A database that is
 * really away can't count either, so no mail becomes a placeholder for it.
 */
export async function tryAgainOrGiveUp(run: Run, mailboxId: string, mail: ReadMail, error: unknown): Promise<number> {
  const attempts = await run((scope) => countTry(scope, mail.raw.id));
  if (attempts < MOST_TRIES) throw error;
  log.error('inbound.alwaysBusy', { inboundId: mail.raw.id, attempts, error });
  return run((scope) => giveUp(scope, mailboxId, mail, error));
}

/** Puts a mail that can't be written into quarantine: a placeholder stands in its 案件, with what was said about it. */
export async function giveUp(scope: Scope, mailboxId: string, mail: ReadMail, error: unknown): Promise<number> {
  const written = await writeBatch(scope, mailboxId, [failedReading(mail.raw, 'poison')]);
  const words = (error instanceof Error ? error.message : String(error)).trim().slice(0, 1000);
  await scope.db.inboundMail.updateMany({
    where: { tenantId: scope.tenantId, id: mail.raw.id, state: 'failed' },
    data: { words },
  });
  return written;
}

async function countTry({ db, tenantId }: Scope, id: string): Promise<number> {
  const row = await db.inboundMail.update({
    where: { tenantId_id: { tenantId, id } },
    data: { attempts: { increment: 1 } },
    select: { attempts: true },
  });
  return row.attempts;
}
