import type { PrismaClient } from '#lib/db/generated/client.ts';
import { enqueue } from '#lib/queue/index.ts';
import type { Dovecot, Started } from '../../../bin/support/servers.mjs';
import type { Expected } from './mailboxes.ts';
import { until } from './receive.ts';

/** What stands in the database. */
export type Counts = {
  messages: number;
  conversations: number;
  attachments: number;
  duplicates: number;
  failed: number;
  /** Messages with neither search row nor visible conversation: none is right. */
  unseen: number;
  searchRows: number;
  classes: Record<string, number>;
};

export async function countsIn(db: PrismaClient): Promise<Counts> {
  const [row] = await db.$queryRaw<Omit<Counts, 'classes'>[]>`
    SELECT (SELECT count(*) FROM message)::float8 AS messages, (SELECT count(*) FROM conversation)::float8 AS conversations,
      (SELECT count(*) FROM attachment)::float8 AS attachments, (SELECT count(*) FROM search_row)::float8 AS "searchRows",
      (SELECT count(*) FROM inbound_mail WHERE state = 'duplicate')::float8 AS duplicates,
      (SELECT count(*) FROM inbound_mail WHERE state NOT IN ('done', 'duplicate'))::float8 AS failed,
      (SELECT count(*) FROM message m
        LEFT JOIN search_row s ON s.tenant_id = m.tenant_id AND s.ref_id = m.id AND s.conversation_id = m.conversation_id
        LEFT JOIN conversation c ON c.tenant_id = m.tenant_id AND c.id = m.conversation_id AND c.place = 'normal'
        WHERE s.ref_id IS NULL OR c.id IS NULL)::float8 AS unseen`;
  const classes = await db.$queryRaw<{ class: string; n: number }[]>`
    SELECT class, count(*)::float8 AS n FROM message GROUP BY class`;
  if (!row) throw new Error('PostgreSQL counted nothing.');
  return { ...row, classes: Object.fromEntries(classes.map((one) => [one.class, one.n])) };
}

/** Where the counts differ from the manifest, one sentence each; none is right. */
export function wrongCounts(counts: Counts, expected: Expected): string[] {
  const pairs: [string, number, number | null][] = [
    ['messages', counts.messages, expected.distinct],
    ['search rows', counts.searchRows, expected.distinct],
    ['conversations', counts.conversations, expected.conversations],
    ['duplicates', counts.duplicates, expected.duplicates],
    ['attachments', counts.attachments, expected.attachments],
    ['mails that failed', counts.failed, 0],
    ['messages nobody would find', counts.unseen, 0],
  ];
  const names = new Set([...Object.keys(counts.classes), ...Object.keys(expected.classes ?? {})]);
  if (expected.classes) {
    for (const name of names) pairs.push([`class ${name}`, counts.classes[name] ?? 0, expected.classes[name] ?? 0]);
  }
  return pairs
    .filter(([, found, wanted]) => wanted !== null && found !== wanted)
    .map(([what, found, wanted]) => `${what}: ${found} instead of ${wanted}`);
}

type Pass = {
  tenantId: string;
  accountId: string;
  user: string;
  mails: number;
  counts: Counts;
  worker: Started;
};

/**
 * Looks again twice: once as it is, and once after the server has given the folder another UIDVALIDITY, so that every mail
 * is fetched anew. Says what there is more of than before; rows of raw mail and their being duplicates don't count.
 */
export async function addedBySecondPass(db: PrismaClient, dovecot: Dovecot, pass: Pass): Promise<string[]> {
  const { tenantId, accountId, user, mails, worker } = pass;
  const asked = new Date();
  await enqueue('account.pull', { tenantId, accountId });
  await until(worker, async () => ((await lastLook(db, accountId)) ?? 0) > asked.getTime());
  const raw = await db.inboundMail.count();
  await dovecot.setUidValidity(user, 777_777);
  await dovecot.kick(user);
  await enqueue('account.pull', { tenantId, accountId });
  await until(worker, () => readAnew(db, accountId, mails));
  const now = await countsIn(db);
  const kinds = ['messages', 'conversations', 'attachments', 'searchRows'] as const;
  const added = kinds.filter((kind) => now[kind] !== pass.counts[kind]).map((kind) => `${kind}: ${now[kind]}`);
  return raw === mails ? added : [...added, `raw mails after a second look: ${raw}`];
}

async function lastLook(db: PrismaClient, accountId: string): Promise<number | undefined> {
  const found = await db.mailAccount.findFirst({ where: { id: accountId }, select: { lastSuccessAt: true } });
  return found?.lastSuccessAt?.getTime();
}

/** Has every mail come once more under the new UIDVALIDITY, and is none waiting? */
async function readAnew(db: PrismaClient, accountId: string, mails: number): Promise<boolean> {
  if ((await db.inboundMail.count({ where: { accountId, uidValidity: 777_777 } })) < mails) return false;
  return (await db.inboundMail.count({ where: { state: 'pending' } })) === 0;
}
