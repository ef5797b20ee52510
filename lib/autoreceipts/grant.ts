import { whyNoReceipt } from '#lib/autoreceipts/header-rules.ts';
import { calendarOf, hoursInWords, isOpenAt } from '#lib/autoreceipts/hours.ts';
import type { Inquiry } from '#lib/autoreceipts/inquiry.ts';
import { answersToReceipts } from '#lib/autoreceipts/own-receipts.ts';
import { localDay, senderKey } from '#lib/autoreceipts/sender-key.ts';
import { record } from '#lib/conversations/case.ts';
import type { Writer } from '#lib/customers/resolve.ts';
import type { Scope } from '#lib/db/scope.ts';
import { newId } from '#lib/ids.ts';
import { log } from '#lib/log.ts';
import { type MailboxIdentity, mailboxIdentity } from '#lib/mailboxes/identity.ts';

/** A receipt that will be sent: for which mail, and under which ids. */
export type Granted = { inquiry: Inquiry; writer: Writer; key: string; messageId: string; deliveryId: string };
export type Grant = {
  mailbox: MailboxIdentity;
  subject: string;
  text: string;
  businessHours: string;
  day: string;
  /** When they are sent: now, by the database's clock. */
  sendAt: Date;
  receipts: Granted[];
};

/**
 * Which of a 窓口's new mails get an automatic receipt, with its event in their cases; null: none. The caller holds the 窓口's
 * receive lock and writes the cases, then the receipts (writeReceipts) in the same transaction: received once, answered once.
 */
export async function grantReceipts(
  scope: Scope,
  mailboxId: string,
  inquiries: readonly Inquiry[],
): Promise<Grant | null> {
  const setting = inquiries.length > 0 ? await settingOf(scope, mailboxId) : null;
  if (!setting) return null;
  const mailbox = await mailboxIdentity(scope, mailboxId);
  const versions = await calendarOf(scope, setting.calendarId);
  if (!mailbox.account || !isTheHour(setting.hours, isOpenAt(scope.now, versions))) return null;
  const wanted = await worthReceipts(scope, mailbox, inquiries);
  const day = localDay(scope.now, setting.zone);
  const first = await firstOfTheDay(scope, mailboxId, day, wanted);
  const receipts = await underTheFuse(scope, mailboxId, setting, first);
  for (const receipt of receipts) noteQueued(scope, receipt, setting.sendAt);
  const { subject, text, sendAt } = setting;
  return receipts.length > 0
    ? { mailbox, subject, text, businessHours: hoursInWords(versions), day, sendAt, receipts }
    : null;
}

type Setting = {
  hours: string;
  subject: string;
  text: string;
  perHour: number;
  calendarId: string | null;
  zone: string;
  sendAt: Date;
  sentThisHour: number;
};

// Saving the settings and 再開 begin a new hour.
async function settingOf({ db, tenantId }: Scope, mailboxId: string): Promise<Setting | null> {
  const rows = await db.$queryRaw<Setting[]>`
    SELECT r.hours, r.subject, r.text, r.per_hour AS "perHour", b.calendar_id AS "calendarId",
      coalesce(s.zone, 'Asia/Tokyo') AS zone, clock_timestamp() AS "sendAt",
      (SELECT count(*) FROM auto_receipt_sent x WHERE x.tenant_id = r.tenant_id AND x.mailbox_id = r.mailbox_id
        AND x.at > greatest(r.updated_at, clock_timestamp() - interval '1 hour'))::integer AS "sentThisHour"
    FROM auto_receipt r JOIN mailbox b ON b.tenant_id = r.tenant_id AND b.id = r.mailbox_id
    LEFT JOIN tenant_setting s ON s.tenant_id = r.tenant_id
    WHERE r.tenant_id = ${tenantId}::uuid AND r.mailbox_id = ${mailboxId}::uuid AND r.enabled AND r.fuse_blown_at IS NULL`;
  return rows[0] ?? null;
}

const isTheHour = (hours: string, open: boolean): boolean => hours === 'always' || (hours === 'inside') === open;

// Breakers one and two.
async function worthReceipts(
  scope: Scope,
  mailbox: MailboxIdentity,
  inquiries: readonly Inquiry[],
): Promise<Granted[]> {
  const own = new Set(mailbox.ownAddresses);
  const answers = await answersToReceipts(scope, mailbox.id, inquiries);
  return inquiries.flatMap((inquiry): Granted[] => {
    const { writer } = inquiry;
    if (!writer || answers.has(inquiry) || whyNoReceipt(inquiry, own, scope.now) !== null) return [];
    return [{ inquiry, writer, key: senderKey(writer.address), messageId: newId(), deliveryId: newId() }];
  });
}

// The third: one per sender and day. Nobody else writes rights of this 窓口 while we hold its lock.
async function firstOfTheDay(
  { db, tenantId }: Scope,
  mailboxId: string,
  day: string,
  wanted: readonly Granted[],
): Promise<Granted[]> {
  const had = await db.autoReceiptSent.findMany({
    where: { tenantId, mailboxId, day, address: { in: wanted.map(({ key }) => key) } },
    select: { address: true },
  });
  const seen = new Set(had.map(({ address }) => address));
  return wanted.filter(({ key }) => {
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

// The fourth: more than so many an hour is no rush of customers but a loop nobody thought of. Off until a person looks.
async function underTheFuse(
  { db, tenantId }: Scope,
  mailboxId: string,
  { perHour, sentThisHour }: Setting,
  first: readonly Granted[],
): Promise<Granted[]> {
  const left = Math.max(0, perHour - sentThisHour);
  if (first.length > left) {
    await db.$executeRaw`
      UPDATE auto_receipt SET fuse_blown_at = clock_timestamp(), version = version + 1
      WHERE tenant_id = ${tenantId}::uuid AND mailbox_id = ${mailboxId}::uuid`;
    log.warn('autoreceipts.fuseBlown', { mailboxId, perHour });
  }
  return first.slice(0, left);
}

// No status, no wait, nothing to read: only its event (domain.md 2).
function noteQueued(scope: Scope, { inquiry, messageId, deliveryId }: Granted, sendAt: Date): void {
  const data = {
    ...({ message_id: messageId, delivery_id: deliveryId, kind: 'auto', human: false } as const),
    ...{ send_after: sendAt.toISOString(), scheduled: false, template_ids: [], article_ids: [] },
    then_status: 'doing' as const,
  };
  record(scope, inquiry.c, 'reply.queued', data, { actor: { kind: 'system', id: null } });
}
