import { readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { PrismaClient } from '#lib/db/generated/client.ts';
import { closeQueue, enqueue } from '#lib/queue/index.ts';
import { operator } from '#prisma/provision/operator.ts';
import { foundAccount, foundTenant } from '#prisma/provision/tenant.ts';
import { type Started, startWorker } from '../../../bin/support/servers.mjs';
import { addedBySecondPass, type Counts, countsIn } from './counts.ts';
import { type Mailbox, putMailbox } from './mailboxes.ts';
import { cpuMilliseconds, peakMegabytes } from './memory.ts';
import type { Servers } from './servers.ts';
import { callsOf, countStatements, forgetStatements, type Statement } from './statements.ts';

export type Received = {
  mails: number;
  perSecond: number;
  /** Until the HTML of every mail was made safe, too. */
  perSecondWithHtml: number;
  statements: Statement[];
  statementsPerMail: number;
  /** CPU time of the worker until the last mail was searchable, milliseconds a mail. */
  cpuPerMail: number;
  peakMegabytes: number;
  counts: Counts;
  /** What a second pass over the same mails changed; nothing is right. */
  added: string[];
  database: string;
};

export type Run = { name: string; mailbox: Mailbox; most: number; profileFolder?: string };

/**
 * Puts a mailbox on the server, lets a real worker process take it in, and measures from its first FETCH to the moment the last
 * mail's conversation and search row are committed.
 */
export async function receive(servers: Servers, run: Run): Promise<Received> {
  const { dovecot, postgres } = servers;
  const mails = await putMailbox(dovecot, run.mailbox, run.name, run.most);
  const { env, database } = await servers.world(run.name);
  Object.assign(process.env, env, { LOG_LEVEL: 'error' });
  const db = operator(env.MIGRATE_DATABASE_URL ?? '');
  const worker = await startWorker({
    name: `worker-${run.name}`,
    env: { ...env, LOG_LEVEL: 'info', ...profiling(run) },
    logFile: path.join(servers.folder, `worker-${run.name}.log`),
  });
  try {
    await setTimeout(3000);
    await forgetStatements(postgres);
    const account = await addAccount(db, servers, run);
    await until(worker, () => isOpened(db, account));
    const cpuBefore = cpuMilliseconds(worker.pid) ?? 0;
    const startedAt = performance.now();
    await until(worker, () => tookAll(db, account, mails));
    const perSecond = (mails * 1000) / (performance.now() - startedAt);
    const cpuPerMail = ((cpuMilliseconds(worker.pid) ?? 0) - cpuBefore) / mails;
    await until(worker, () => allSafe(db));
    const perSecondWithHtml = (mails * 1000) / (performance.now() - startedAt);
    const statements = await countStatements(postgres, database);
    const counts = await countsIn(db);
    const added = await addedBySecondPass(db, dovecot, { ...account, user: run.name, mails, counts, worker });
    return {
      ...{ mails, perSecond, perSecondWithHtml, statements, statementsPerMail: callsOf(statements) / mails },
      ...{ cpuPerMail, peakMegabytes: peakMegabytes(worker.pid), counts, added, database },
    };
  } finally {
    await worker.stop();
    await closeQueue();
    await db.$disconnect();
  }
}

const profiling = ({ profileFolder }: Run): Record<string, string> =>
  profileFolder ? { NODE_OPTIONS: `--cpu-prof --cpu-prof-dir=${profileFolder}` } : {};

async function addAccount(db: PrismaClient, { dovecot }: Servers, { mailbox, name }: Run) {
  const { tenantId, mailboxes } = await foundTenant(db, {
    ...{ slug: name, name: '窓口商店', password: 'a long enough password', members: [], groups: [] },
    mailboxes: [{ key: 'main', name: 'お客様窓口', address: mailbox.to }],
  });
  const mailboxId = mailboxes.main ?? '';
  const here = { host: '127.0.0.1', port: dovecot.imapPort };
  const accountId = await foundAccount(db, {
    ...{ tenantId, mailboxId, address: mailbox.to, user: name, password: dovecot.password, imap: here, smtp: here },
  });
  await db.$executeRaw`UPDATE mail_account SET import_since = '2000-01-01' WHERE id = ${accountId}::uuid`;
  await enqueue('account.pull', { tenantId, accountId });
  return { tenantId, accountId };
}

/** Has INBOX its cursor? That is written once the folder is open, right before the first FETCH; looked for every 20 ms. */
async function isOpened(db: PrismaClient, { accountId }: { accountId: string }): Promise<boolean> {
  return (await db.mailFolder.count({ where: { accountId, role: 'inbox' } })) > 0;
}

/** Is every mail of INBOX stored, and none of them waiting? */
async function tookAll(db: PrismaClient, { accountId }: { accountId: string }, mails: number): Promise<boolean> {
  const rows = await db.$queryRaw<{ done: boolean }[]>`
    SELECT CASE WHEN EXISTS (SELECT 1 FROM inbound_mail WHERE state = 'pending') THEN false
      ELSE (SELECT count(*) FROM inbound_mail WHERE account_id = ${accountId}::uuid) >= ${mails} END AS done`;
  return rows[0]?.done ?? false;
}

async function allSafe(db: PrismaClient): Promise<boolean> {
  const rows = await db.$queryRaw<{ done: boolean }[]>`
    SELECT (SELECT count(*) FROM message WHERE has_html) = (SELECT count(*) FROM message_body) AS done`;
  return rows[0]?.done ?? false;
}

/** @throws when the worker has ended, or a quarter of an hour has passed without it */
export async function until(worker: Started, check: () => Promise<boolean>): Promise<void> {
  const deadline = performance.now() + 900_000;
  while (!(await check())) {
    if (worker.hasExited())
      throw new Error(`${worker.name} has ended; its log: ${readFileSync(worker.logFile, 'utf8').slice(-4000)}`);
    if (performance.now() > deadline) throw new Error(`${worker.name} never came to an end.`);
    await setTimeout(20);
  }
}
