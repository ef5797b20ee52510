import { type KeptHtml, keepMany, keptHtml, parseOriginal } from '#lib/attachments/html.ts';
import { SYSTEM } from '#lib/auth/actor.ts';
import { inTenant, type Scope } from '#lib/db/scope.ts';
import { log } from '#lib/log.ts';

/** Mails made safe between two writes; their HTML is in memory together. */
const AT_ONCE = 50;

export type Arrived = { mailboxId: string; firstId: string; lastId: string };
type Source = { id: string; rawSha256: string };

/**
 * Makes the HTML of the mails that came into a 窓口 together safe before anybody asks for it; between the reading of which and
 * the writing of what no transaction is held. What was made meanwhile stays; what can't be made is left to its reader.
 */
export async function sanitiseArrived(tenantId: string, arrived: Arrived): Promise<void> {
  const run = <T>(work: (scope: Scope) => Promise<T>) => inTenant({ tenantId, actor: SYSTEM }, work);
  for (let after = ''; ; ) {
    const found = await run((scope) => unmade(scope, arrived, after));
    const made = await Promise.all(found.map((message) => make(tenantId, message)));
    await run((scope) =>
      keepMany(
        scope,
        made.flatMap((one) => one ?? []),
      ),
    );
    after = found.at(-1)?.id ?? '';
    if (found.length < AT_ONCE) return;
  }
}

async function unmade(scope: Scope, { mailboxId, firstId, lastId }: Arrived, after: string): Promise<Source[]> {
  return scope.db.$queryRaw`
    SELECT m.id, m.raw_sha256 AS "rawSha256" FROM message m
    WHERE m.tenant_id = ${scope.tenantId}::uuid AND m.id BETWEEN ${firstId}::uuid AND ${lastId}::uuid
      AND (${after} = '' OR m.id > nullif(${after}, '')::uuid)
      AND m.mailbox_id = ${mailboxId}::uuid AND m.has_html AND m.raw_sha256 IS NOT NULL
      AND NOT EXISTS (SELECT 1 FROM message_body b WHERE b.tenant_id = m.tenant_id AND b.message_id = m.id)
    ORDER BY m.id LIMIT ${AT_ONCE}`;
}

async function make(tenantId: string, message: Source): Promise<(KeptHtml & { messageId: string }) | null> {
  try {
    return { messageId: message.id, ...keptHtml(message.id, await parseOriginal(tenantId, message)) };
  } catch (error) {
    log.warn('inbound.htmlNotMade', { messageId: message.id, error });
    return null;
  }
}
