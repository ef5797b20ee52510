import { inboundCap } from '#lib/accounts/inbound-cap.ts';
import { requireMay } from '#lib/auth/actor.ts';
import type { Scope } from '#lib/db/scope.ts';
import { conflict, notFound } from '#lib/errors.ts';

import { enqueue } from '#lib/queue/index.ts';

/**
 * Why a mail couldn't be read. too-large: over the cap, only its header was taken. not-given: the server lists it and gives
 * no bytes. lost: its stored bytes are gone. poison: it can't be written, alone and again.
 */
export type QuarantineReason = 'too-large' | 'not-given' | 'lost' | 'poison';
/** One mail that couldn't be read; its placeholder stands in a 案件. */
export type QuarantinedMail = {
  id: string;
  folder: string;
  reason: QuarantineReason;
  /** What the server or the database said, for an admin; null where there is nothing to say. */
  words: string | null;
  /** Bytes, as the server says. */
  size: number;
  receivedAt: string;
  fetchedAt: string;
  /** How often it was tried. */
  attempts: number;
  /** The next look at the server asks for it once more. */
  asked: boolean;
  /** The original can be downloaded (`openQuarantined`). */
  downloadable: boolean;
  /** Trying again can help: the original is here, or the server may give it now. */
  retriable: boolean;
  conversationNumber: number | null;
};

/** The mails of an account that couldn't be read, newest first, 200 at the most; an admin's business (domain.md 3). */
export async function quarantine(scope: Scope, accountId: string): Promise<QuarantinedMail[]> {
  requireMay(scope, 'account.edit');
  await requireAccount(scope, accountId);
  const rows = await scope.db.inboundMail.findMany({
    where: { tenantId: scope.tenantId, accountId, state: 'failed' },
    orderBy: [{ fetchedAt: 'desc' }, { id: 'desc' }],
    take: 200,
    include: { message: { select: { conversation: { select: { number: true } } } } },
  });
  return rows.map((row) => {
    const reason = reasonOf(row);
    return {
      ...{ id: row.id, folder: row.folder, reason, words: row.words, size: Number(row.size) },
      ...{ receivedAt: row.internalDate.toISOString(), fetchedAt: row.fetchedAt.toISOString() },
      ...{ attempts: row.attempts, asked: row.refetch },
      downloadable: row.sha256 !== null && reason !== 'too-large' && reason !== 'lost',
      retriable: reason !== 'too-large' || Number(row.size) <= inboundCap(),
      conversationNumber: row.message?.conversation.number ?? null,
    };
  });
}

/** The original of an unreadable mail, for download: its bytes lie under sha256 in the tenant's blobs. */
export async function openQuarantined(
  scope: Scope,
  inboundId: string,
): Promise<{ sha256: string; filename: string; size: number }> {
  requireMay(scope, 'account.edit');
  const row = await failedRow(scope, inboundId);
  if (row.sha256 === null || reasonOf(row) === 'too-large') throw notFound();
  return { sha256: row.sha256, filename: `mail-${Number(row.uid)}.eml`, size: Number(row.size) };
}

/**
 * Tries an unreadable mail once more: reads the stored original again, or asks the server for it at the next look, which is
 * rung for. What can be read then takes its placeholder's place.
 * @throws Conflict mailStillTooLarge while it is over the cap
 */
export async function retryQuarantined(scope: Scope, inboundId: string): Promise<void> {
  requireMay(scope, 'account.edit');
  const { tenantId, db } = scope;
  const row = await failedRow(scope, inboundId);
  const reason = reasonOf(row);
  if (reason === 'too-large' && Number(row.size) > inboundCap()) {
    const [megabytes, limit] = [Number(row.size), inboundCap()].map((bytes) => Math.ceil(bytes / 1024 / 1024));
    throw conflict('mailStillTooLarge', { megabytes: megabytes ?? 0, limit: limit ?? 0 });
  }
  if (reason === 'poison' && row.sha256 !== null) {
    await db.inboundMail.updateMany({
      where: { tenantId, id: row.id, state: 'failed' },
      data: { state: 'pending', attempts: 0, reason: null, words: null },
    });
    scope.afterCommit(() => enqueue('mailbox.receive', { tenantId, mailboxId: row.mailboxId }));
    return;
  }
  await db.inboundMail.updateMany({ where: { tenantId, id: row.id, state: 'failed' }, data: { refetch: true } });
  scope.afterCommit(() => enqueue('account.pull', { tenantId, accountId: row.accountId }));
}

async function failedRow(scope: Scope, id: string) {
  const row = await scope.db.inboundMail.findUnique({ where: { tenantId_id: { tenantId: scope.tenantId, id } } });
  if (row?.state !== 'failed') throw notFound();
  return row;
}

async function requireAccount({ db, tenantId }: Scope, id: string): Promise<void> {
  if ((await db.mailAccount.count({ where: { tenantId, id } })) === 0) throw notFound();
}

function reasonOf({ reason, sha256 }: { reason: string | null; sha256: string | null }): QuarantineReason {
  if (reason?.startsWith('too-large')) return 'too-large';
  if (sha256 === null) return 'not-given';
  return reason === 'unreadable' ? 'lost' : 'poison';
}
