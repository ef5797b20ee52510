import { seenMailboxIds } from '#lib/accounts/seen-accounts.ts';
import { requireMay } from '#lib/auth/actor.ts';
import { calendarOf, hoursInWords } from '#lib/autoreceipts/hours.ts';
import type { RECEIPT_HOURS, ReceiptValues } from '#lib/autoreceipts/input.ts';
import { fillIn, type Words } from '#lib/autoreceipts/words.ts';
import type { Scope } from '#lib/db/scope.ts';
import { conflict, notFound } from '#lib/errors.ts';

/** The automatic receipt of one 窓口 as the settings show it. `version` 0: it was never saved. */
export type ReceiptSetting = {
  mailbox: { id: string; name: string };
  /** Null: the 窓口 has no account, so nothing is sent. */
  sender: string | null;
  enabled: boolean;
  hours: (typeof RECEIPT_HOURS)[number];
  subject: string;
  text: string;
  perHour: number;
  fuseBlownAt: string | null;
  version: number;
  /** The 窓口's week in words, '' where it has no business hours. */
  businessHours: string;
  sentToday: number;
};

/** What a new receipt begins with. Japanese: it is a customer's mail. */
const FIRST = {
  ...({ enabled: false, hours: 'always', perHour: 60, fuseBlownAt: null, version: 0 } as const),
  subject: 'お問い合わせを受け付けました（受付番号 {case_number}）',
  text: `{customer_name} 様

お問い合わせをいただき、ありがとうございます。
次の番号で受け付けました。担当者から改めてお返事します。

受付番号: {case_number}

このメールは自動でお送りしています。
{mailbox_name}
`,
};

type Row = {
  id: string;
  name: string;
  fromName: string;
  calendarId: string | null;
  sender: string | null;
  sentToday: number;
};

/** The automatic receipts in the order of the 窓口: an administrator's are all, everybody else's those of the visible 窓口. */
export async function listReceipts(scope: Scope): Promise<ReceiptSetting[]> {
  requireMay(scope, 'rules.see');
  const { tenantId, db } = scope;
  const seen = await seenMailboxIds(scope);
  const boxes = await db.$queryRaw<Row[]>`
    SELECT b.id, b.name, b.from_name AS "fromName", b.calendar_id AS "calendarId",
      (SELECT a.address FROM mail_account a WHERE a.tenant_id = b.tenant_id AND a.mailbox_id = b.id AND a.state = 'active'
        ORDER BY a.created_at LIMIT 1) AS sender,
      (SELECT count(*) FROM auto_receipt_sent x WHERE x.tenant_id = b.tenant_id AND x.mailbox_id = b.id
        AND x.at > clock_timestamp() - interval '24 hours')::integer AS "sentToday"
    FROM mailbox b WHERE b.tenant_id = ${tenantId}::uuid AND b.id = ANY(${seen}::uuid[]) ORDER BY b.position, b.id`;
  const saved = new Map((await db.autoReceipt.findMany({ where: { tenantId } })).map((row) => [row.mailboxId, row]));
  return Promise.all(
    boxes.map(async ({ id, name, calendarId, sender, sentToday }) => {
      const { enabled, hours, subject, text, perHour, fuseBlownAt, version } = saved.get(id) ?? FIRST;
      return {
        ...{ mailbox: { id, name }, sender, enabled, subject, text, perHour, version, sentToday },
        hours: hours as ReceiptSetting['hours'],
        fuseBlownAt: fuseBlownAt?.toISOString() ?? null,
        businessHours: hoursInWords(await calendarOf(scope, calendarId)),
      };
    }),
  );
}

/** One 窓口's; NotFound where there is no such 窓口, or the actor may not see it. */
export async function readReceipt(scope: Scope, mailboxId: string): Promise<ReceiptSetting> {
  const found = (await listReceipts(scope)).find(({ mailbox }) => mailbox.id === mailboxId);
  if (!found) throw notFound();
  return found;
}

/** Saves the receipt of a 窓口. Conflict `savedElsewhere` when somebody else did since `version` was read. */
export async function saveReceipt(
  scope: Scope,
  mailboxId: string,
  version: number,
  values: ReceiptValues,
): Promise<void> {
  requireMay(scope, 'rules.edit');
  const { tenantId, db } = scope;
  if ((await db.mailbox.count({ where: { tenantId, id: mailboxId } })) === 0) throw notFound();
  const { enabled, hours, subject, text, perHour } = values;
  const changed = await db.$executeRaw`
    INSERT INTO auto_receipt AS r (tenant_id, mailbox_id, enabled, hours, subject, text, per_hour, updated_at)
    SELECT ${tenantId}::uuid, ${mailboxId}::uuid, ${enabled}, ${hours}, ${subject}, ${text}, ${perHour}, clock_timestamp()
    WHERE ${version} = 0 OR EXISTS (SELECT 1 FROM auto_receipt x
      WHERE x.tenant_id = ${tenantId}::uuid AND x.mailbox_id = ${mailboxId}::uuid)
    ON CONFLICT (tenant_id, mailbox_id) DO UPDATE SET enabled = excluded.enabled, hours = excluded.hours,
      subject = excluded.subject, text = excluded.text, per_hour = excluded.per_hour, updated_at = excluded.updated_at,
      version = r.version + 1
      WHERE r.version = ${version}`;
  if (changed === 0) throw conflict('savedElsewhere');
}

/** 再開: the fuse is whole again, and its hour begins anew. Nothing that was left out meanwhile is sent. */
export async function resumeReceipts(scope: Scope, mailboxId: string): Promise<void> {
  requireMay(scope, 'rules.edit');
  const changed = await scope.db.$executeRaw`
    UPDATE auto_receipt SET fuse_blown_at = NULL, updated_at = clock_timestamp(), version = version + 1
    WHERE tenant_id = ${scope.tenantId}::uuid AND mailbox_id = ${mailboxId}::uuid`;
  if (changed === 0) throw notFound();
}

/** Subject and text as a customer of this name would get them; nothing is saved or sent. */
export async function previewReceipt(
  scope: Scope,
  mailboxId: string,
  { subject, text, customerName }: { subject: string; text: string; customerName: string },
): Promise<{ subject: string; text: string }> {
  requireMay(scope, 'rules.see');
  const box = await scope.db.mailbox.findUnique({
    where: { tenantId_id: { tenantId: scope.tenantId, id: mailboxId } },
    select: { name: true, fromName: true, calendarId: true },
  });
  if (!box || !(await seenMailboxIds(scope)).includes(mailboxId)) throw notFound();
  const businessHours = hoursInWords(await calendarOf(scope, box.calendarId));
  const words: Words = { customerName, caseNumber: 123, mailboxName: box.fromName || box.name, businessHours };
  return { subject: fillIn(subject, words), text: fillIn(text, words) };
}
