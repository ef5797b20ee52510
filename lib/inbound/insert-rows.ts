import { rowsJson } from '#lib/db/rows-json.ts';
import type { Scope } from '#lib/db/scope.ts';
import type { Batch } from '#lib/inbound/batch.ts';
import { insertKeys } from '#lib/inbound/insert-keys.ts';
import { indexRows } from '#lib/search/index-rows.ts';

/** Writes the rows of a batch, one statement a table, in the order of their foreign keys. */
export async function insertRows(scope: Scope, batch: Batch): Promise<void> {
  const { mailboxId } = batch;
  await insertMessages(scope, batch);
  await insertAddresses(scope, batch);
  await insertFiles(scope, batch);
  await insertReferences(scope, batch);
  await insertWaits(scope, batch);
  await insertLinks(scope, batch);
  await insertKeys(scope, batch);
  await indexRows(
    scope,
    batch.search.map((row) => ({ ...row, mailboxId })),
  );
  await settleRows(scope, batch);
}

// recorded_at is the database's clock at the writing, not the transaction's start (domain.md 5.5).
async function insertMessages(scope: Scope, { tenantId, mailboxId, messages }: Batch): Promise<void> {
  if (messages.length === 0) return;
  await scope.db.$executeRaw`
    INSERT INTO message (tenant_id, id, conversation_id, mailbox_id, account_id, direction, class, class_rule, kpi_inbound,
      from_name, from_address, subject, text, has_html, snippet, message_id_header, in_reply_to, "references", digest,
      raw_sha256, sent_date, occurred_at, recorded_at, thread_reason, thread_rank, parse_error, content_seq, form_pattern_id,
      form_fields, charset)
    SELECT ${tenantId}::uuid, r.id, r."conversationId", ${mailboxId}::uuid, r."accountId", r.direction, r.class,
      r."classRule", r."kpiInbound", r."fromName", r."fromAddress", r.subject, r.text, r."hasHtml", r.snippet,
      r."messageIdHeader", ARRAY(SELECT jsonb_array_elements_text(r."inReplyTo")),
      ARRAY(SELECT jsonb_array_elements_text(r."references")), r.digest, r."rawSha256", r."sentDate", r."occurredAt",
      clock_timestamp(), r."threadReason", r."threadRank", r."parseError", r."contentSeq", r."formPatternId", r."formFields",
      r.charset
    FROM jsonb_to_recordset(${rowsJson(messages)}::jsonb) AS r(id uuid, "conversationId" uuid, "accountId" uuid,
      direction text, class text, "classRule" text, "kpiInbound" boolean, "fromName" text, "fromAddress" text,
      subject text, text text, "hasHtml" boolean, snippet text, "messageIdHeader" text, "inReplyTo" jsonb,
      "references" jsonb, digest text, "rawSha256" text, "sentDate" timestamptz, "occurredAt" timestamptz,
      "threadReason" text, "threadRank" integer, "parseError" text, "contentSeq" integer, "formPatternId" uuid,
      "formFields" jsonb, charset text)`;
}

// Raw statements with one parameter each: Prisma's createMany has a parameter for each field of each row, and another text to
// plan for each number of rows.
async function insertAddresses(scope: Scope, { tenantId, addresses }: Batch): Promise<void> {
  if (addresses.length === 0) return;
  await scope.db.$executeRaw`
    INSERT INTO message_address (tenant_id, message_id, role, position, name, address)
    SELECT ${tenantId}::uuid, r."messageId", r.role, r.position, r.name, r.address
    FROM jsonb_to_recordset(${rowsJson(addresses)}::jsonb)
      AS r("messageId" uuid, role text, position integer, name text, address text)`;
}

async function insertFiles(scope: Scope, { tenantId, attachments }: Batch): Promise<void> {
  if (attachments.length === 0) return;
  await scope.db.$executeRaw`
    INSERT INTO attachment (tenant_id, id, message_id, position, filename, content_type, size, sha256, content_id, inline)
    SELECT ${tenantId}::uuid, r.id, r."messageId", r.position, r.filename, r."contentType", r.size, r.sha256, r."contentId",
      r.inline
    FROM jsonb_to_recordset(${rowsJson(attachments)}::jsonb) AS r(id uuid, "messageId" uuid, position integer, filename text,
      "contentType" text, size bigint, sha256 text, "contentId" text, inline boolean)`;
}

async function insertWaits(scope: Scope, { tenantId, touched }: Batch): Promise<void> {
  const waits = [...touched].flatMap((c) => c.waits.map((wait) => ({ conversationId: c.row.id, ...wait })));
  if (waits.length === 0) return;
  await scope.db.$executeRaw`
    INSERT INTO inbound_wait (tenant_id, message_id, conversation_id, occurred_at, content_seq, answered_by, closed_by)
    SELECT ${tenantId}::uuid, r."messageId", r."conversationId", r."occurredAt", r."contentSeq", r."answeredBy", r."closedBy"
    FROM jsonb_to_recordset(${rowsJson(waits)}::jsonb) AS r("messageId" uuid, "conversationId" uuid,
      "occurredAt" timestamptz, "contentSeq" integer, "answeredBy" uuid, "closedBy" uuid)`;
}

async function insertLinks(scope: Scope, { tenantId, links }: Batch): Promise<void> {
  if (links.length === 0) return;
  await scope.db.conversationLink.createMany({
    data: links.map((row) => ({ tenantId, ...row })),
    skipDuplicates: true,
  });
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
