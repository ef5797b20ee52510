import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { ImapFlow } from 'imapflow';
import { simpleParser } from 'mailparser';
import pg from 'pg';
import type { Dovecot } from '../../../bin/support/servers.mjs';

/** Mails per second, each alone on the machine. */
export type Limits = { download: number; parse: number; insert: number };

const ROWS_AT_ONCE = 100;
/** What a message's row holds at the least. */
const COLUMNS = [
  ...['tenant_id', 'id', 'conversation_id', 'mailbox_id', 'account_id', 'direction', 'class', 'class_rule'],
  ...['kpi_inbound', 'from_name', 'from_address', 'subject', 'text', 'has_html', 'snippet', 'message_id_header'],
  ...['in_reply_to', 'references', 'digest', 'raw_sha256', 'sent_date', 'occurred_at', 'recorded_at'],
  ...['thread_reason', 'thread_rank', 'content_seq'],
];

/** All three one after the other: what a program without any of our promises would need for these mails. */
export const together = ({ download, parse, insert }: Limits): number => 1 / (1 / download + 1 / parse + 1 / insert);

const perSecond = (count: number, startedAt: number): number => (count * 1000) / (performance.now() - startedAt);

/** One FETCH of everything with its source by ImapFlow, thrown away. */
export async function downloadSpeed(dovecot: Dovecot, user: string): Promise<number> {
  const auth = { user, pass: dovecot.password };
  const port = dovecot.imapPort;
  const client = new ImapFlow({ host: '127.0.0.1', port, secure: false, doSTARTTLS: false, auth, logger: false });
  await client.connect();
  await client.mailboxOpen('INBOX', { readOnly: true });
  const startedAt = performance.now();
  let count = 0;
  for await (const { source } of client.fetch('1:*', { uid: true, source: true })) if (source) count += 1;
  const speed = perSecond(count, startedAt);
  await client.logout();
  return speed;
}

const LEAN = { skipHtmlToText: true, skipTextToHtml: true, skipTextLinks: true, skipImageLinks: true };
type Parsed = { subject?: string; text?: string; messageId?: string; html?: string | false };

/** Bare mailparser with its conversions off, one mail after the other; files are read outside the clock. */
export async function parseSpeed(files: readonly string[]): Promise<{ speed: number; parsed: Parsed[] }> {
  const parsed: Parsed[] = [];
  let ms = 0;
  for (const file of files) {
    const bytes = readFileSync(file);
    const startedAt = performance.now();
    const { subject, text, messageId, html } = await simpleParser(bytes, LEAN);
    ms += performance.now() - startedAt;
    parsed.push({ subject, text, messageId, html });
  }
  return { speed: (files.length * 1000) / ms, parsed };
}

/** The parsed mails as rows of a table like `message`, a hundred an INSERT, each committed; no RLS, no foreign keys. */
export async function insertSpeed(url: string, parsed: readonly Parsed[]): Promise<number> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query('CREATE TABLE bench_message (LIKE message INCLUDING ALL)');
  const startedAt = performance.now();
  for (let at = 0; at < parsed.length; at += ROWS_AT_ONCE) {
    const rows = parsed.slice(at, at + ROWS_AT_ONCE).map(rowOf);
    const marks = rows.map((row, r) => `(${row.map((_, c) => `$${r * row.length + c + 1}`).join(',')})`);
    const columns = COLUMNS.map((name) => `"${name}"`).join(',');
    await client.query(`INSERT INTO bench_message (${columns}) VALUES ${marks.join(',')}`, rows.flat());
  }
  const speed = perSecond(parsed.length, startedAt);
  await client.end();
  return speed;
}

const TENANT = randomUUID();
const MAILBOX = randomUUID();
const HASH = 'a'.repeat(64);

function rowOf({ subject = '', text = '', messageId = '', html }: Parsed): unknown[] {
  const now = new Date();
  const plain = text.replaceAll('\0', '');
  return [
    ...[TENANT, randomUUID(), randomUUID(), MAILBOX, null, 'in', 'human', 'person'],
    ...[true, '', 'a@example.com', subject.replaceAll('\0', ''), plain, Boolean(html), plain.slice(0, 120), messageId],
    ...[[], [], HASH, HASH, now, now, now],
    ...['none', 9, 1],
  ];
}
