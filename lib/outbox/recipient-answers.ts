import { rowsJson } from '#lib/db/rows-json.ts';
import type { Scope } from '#lib/db/scope.ts';
import type { RejectedRecipient } from '#lib/mail/smtp/submit.ts';

/** For now (4xx): the same mail may still reach this recipient. */
export const isTemporary = (code: number | null): boolean => code !== null && code >= 400 && code < 500;

/**
 * Notes what the server answered to each recipient that has no end yet: who was refused at RCPT is known before the body
 * leaves, and stays known when nobody learns what became of the mail. Who was not refused loses an older answer.
 */
export async function noteAnswers(
  scope: Scope,
  deliveryId: string,
  rejected: readonly RejectedRecipient[],
): Promise<void> {
  const rows = rowsJson(rejected.map((r) => ({ ...r, words: r.words.slice(0, 1000) })));
  await scope.db.$executeRaw`
    UPDATE delivery_recipient r SET code = x.code, words = x.words
    FROM (SELECT p.position, j.code, j.words FROM delivery_recipient p
      LEFT JOIN jsonb_to_recordset(${rows}::jsonb) AS j(address text, code integer, words text)
        ON lower(j.address) = lower(p.address)
      WHERE p.tenant_id = ${scope.tenantId}::uuid AND p.delivery_id = ${deliveryId}::uuid AND p.state = 'pending') x
    WHERE r.tenant_id = ${scope.tenantId}::uuid AND r.delivery_id = ${deliveryId}::uuid AND r.position = x.position
      AND (r.code IS DISTINCT FROM x.code OR r.words IS DISTINCT FROM x.words)`;
}

/** Those whom the server refused for good (5xx) are done: nothing goes to them again. Says whether the customer is one. */
export async function refuseForGood(scope: Scope, deliveryId: string): Promise<{ count: number; customer: boolean }> {
  const rows = await scope.db.$queryRaw<{ customer: boolean }[]>`
    UPDATE delivery_recipient SET state = 'refused'
    WHERE tenant_id = ${scope.tenantId}::uuid AND delivery_id = ${deliveryId}::uuid AND state = 'pending' AND code >= 500
    RETURNING customer`;
  return { count: rows.length, customer: rows.some((row) => row.customer) };
}

/** Whom the server refused in the last try, for good or for now: they haven't got it, whatever became of the mail. */
export async function refusedInLastTry(scope: Scope, deliveryId: string): Promise<RejectedRecipient[]> {
  const rows = await scope.db.deliveryRecipient.findMany({
    where: { tenantId: scope.tenantId, deliveryId, state: 'pending', code: { gte: 400 } },
    select: { address: true, code: true, words: true },
  });
  return rows.map(({ words, ...row }) => ({ ...row, words: words ?? '' }));
}
