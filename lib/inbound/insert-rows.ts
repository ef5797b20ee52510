import { rowsJson } from '#lib/db/rows-json.ts';
import type { Scope } from '#lib/db/scope.ts';
import type { Batch } from '#lib/inbound/batch.ts';
import { indexRows } from '#lib/search/index-rows.ts';

/** Writes the rows of a batch, one statement a table, in the order of their foreign keys. */
export async function insertRows(scope: Scope, batch: Batch): Promise<void> {
  const { tenantId, mailboxId } = batch;
  const { db } = scope;
  await insertMessages(scope, batch);
  await db.messageAddress.createMany({ data: batch.addresses.map((row) => ({ tenantId, ...(row as AddressRow) })) });
  await db.attachment.createMany({ data: batch.attachments.map((row) => ({ tenantId, ...(row as FileRow) })) });
  await insertReferences(scope, batch);
  const waits = [...batch.touched].flatMap((c) =>
    c.waits.map((wait) => ({ tenantId, conversationId: c.row.id, ...wait })),
  );
  await db.inboundWait.createMany({ data: waits });
  await db.conversationLink.createMany({
    data: batch.links.map((row) => ({ tenantId, ...row })),
    skipDuplicates: true,
  });
  await indexRows(
    scope,
    batch.search.map((row) => ({ ...row, mailboxId })),
  );
  await settleRows(scope, batch);
}

type AddressRow = { messageId: string; role: string; position: number; name: string; address: string };
type FileRow = {
  id: string;
  messageId: string;
  position: number;
  filename: string;
  contentType: string;
  size: number;
  sha256: string;
  contentId: string | null;
  inline: boolean;
};

// recorded_at is the database's clock at the writing, not the transaction's start (domain.md 5.5).
async function insertMessages(scope: Scope, { tenantId, mailboxId, messages }: Batch): Promise<void> {
  if (messages.length === 0) return;
  await scope.db.$executeRaw`
    INSERT INTO message (tenant_id, id, conversation_id, mailbox_id, account_id, direction, class, class_rule, kpi_inbound,
      from_name, from_address, subject, text, has_html, snippet, message_id_header, in_reply_to, "references", digest,
      raw_sha256, sent_date, occurred_at, recorded_at, thread_reason, thread_rank, parse_error, content_seq, form_pattern_id,
      form_fields)
    SELECT ${tenantId}::uuid, r.id, r."conversationId", ${mailboxId}::uuid, r."accountId", r.direction, r.class,
      r."classRule", r."kpiInbound", r."fromName", r."fromAddress", r.subject, r.text, r."hasHtml", r.snippet,
      r."messageIdHeader", ARRAY(SELECT jsonb_array_elements_text(r."inReplyTo")),
      ARRAY(SELECT jsonb_array_elements_text(r."references")), r.digest, r."rawSha256", r."sentDate", r."occurredAt",
      clock_timestamp(), r."threadReason", r."threadRank", r."parseError", r."contentSeq", r."formPatternId", r."formFields"
    FROM jsonb_to_recordset(${rowsJson(messages)}::jsonb) AS r(id uuid, "conversationId" uuid, "accountId" uuid,
      direction text, class text, "classRule" text, "kpiInbound" boolean, "fromName" text, "fromAddress" text,
      subject text, text text, "hasHtml" boolean, snippet text, "messageIdHeader" text, "inReplyTo" jsonb,
      "references" jsonb, digest text, "rawSha256" text, "sentDate" timestamptz, "occurredAt" timestamptz,
      "threadReason" text, "threadRank" integer, "parseError" text, "contentSeq" integer, "formPatternId" uuid,
      "formFields" jsonb)`;
}

// An id that was only referred to so far becomes the message's own; it keeps leading where it led.
async function insertReferences(scope: Scope, { tenantId, mailboxId, references }: Batch): Promise<void> {
  if (references.length === 0) return;
  const unique = new Map(references.map((row) => [row.mailId, row]));
  await scope.db.$executeRaw`
    INSERT INTO mail_reference AS m (tenant_id, mailbox_id, mail_id, conversation_id, message_id)
    SELECT ${tenantId}::uuid, ${mailboxId}::uuid, r."mailId", r."conversationId", r."messageId"
    FROM jsonb_to_recordset(${rowsJson([...unique.values()])}::jsonb)
      AS r("mailId" text, "conversationId" uuid, "messageId" uuid)
    ORDER BY r."mailId"
    ON CONFLICT (tenant_id, mailbox_id, mail_id) DO UPDATE SET message_id = coalesce(m.message_id, excluded.message_id)`;
}

async function settleRows(scope: Scope, { tenantId, settled }: Batch): Promise<void> {
  await scope.db.$executeRaw`
    UPDATE inbound_mail i SET state = r.state, reason = r.reason, message_id = r."messageId"
    FROM jsonb_to_recordset(${rowsJson(settled)}::jsonb) AS r(id uuid, state text, reason text, "messageId" uuid)
    WHERE i.tenant_id = ${tenantId}::uuid AND i.id = r.id`;
}
