import type { Grant, Granted } from '#lib/autoreceipts/grant.ts';
import { fillIn, writtenName } from '#lib/autoreceipts/words.ts';
import { derivedKey } from '#lib/crypto/index.ts';
import { rowsJson } from '#lib/db/rows-json.ts';
import type { Scope } from '#lib/db/scope.ts';
import { newId } from '#lib/ids.ts';
import { newMessageId } from '#lib/mail/message-id.ts';
import { snippet } from '#lib/mail/quote.ts';
import { enqueue } from '#lib/queue/index.ts';

/**
 * Writes granted receipts, after their cases: the right to send (one per 窓口, sender and day) and everything that is sent in
 * one statement, so that neither is there without the other. They leave at once, without an undo window.
 */
export async function writeReceipts(scope: Scope, grant: Grant | null): Promise<void> {
  if (!grant) return;
  const { tenantId } = scope;
  const written = await insert(
    scope,
    grant,
    grant.receipts.map((receipt) => rowOf(tenantId, grant, receipt)),
  );
  // Another one had the right: their event stands in a case already, so all of it goes back and is tried again.
  if (written !== grant.receipts.length) throw new Error('An automatic receipt was written beside another one');
  for (const { deliveryId } of grant.receipts) {
    scope.afterCommit(() => enqueue('mail.deliver', { tenantId, deliveryId }));
  }
}

function rowOf(tenantId: string, { mailbox, businessHours, ...template }: Grant, receipt: Granted) {
  const { inquiry, writer, key, messageId, deliveryId } = receipt;
  const { row } = inquiry.c;
  const words = {
    ...{
      customerName: writer.name,
      caseNumber: row.number,
      mailboxName: mailbox.fromName || mailbox.name,
      businessHours,
    },
  };
  const text = fillIn(template.text, words);
  const domain = (mailbox.account?.address ?? '').split('@')[1] ?? 'localhost';
  const answered = inquiry.mail.messageId;
  return {
    ...{ messageId, deliveryId, clientId: newId(), conversationId: row.id, key, contentSeq: row.contentSeq },
    ...{ name: writtenName(writer.name), address: writer.address, text, snippet: snippet(text) },
    subject: fillIn(template.subject, words)
      .replace(/\s*[\r\n]+\s*/g, ' ')
      .slice(0, 500),
    header: newMessageId({ tenantId, mailboxId: mailbox.id, key: derivedKey('message-id'), messageId, domain }),
    inReplyTo: answered ? [answered] : [],
    references: answered ? [...new Set([...inquiry.mail.references.slice(-20), answered])] : [],
  };
}

type Row = ReturnType<typeof rowOf>;

async function insert(scope: Scope, { mailbox, day, sendAt }: Grant, rows: readonly Row[]): Promise<number> {
  const { tenantId } = scope;
  const accountId = mailbox.account?.id ?? '';
  const inserted = await scope.db.$queryRaw<{ count: number }[]>`
    WITH rows AS (
      SELECT * FROM jsonb_to_recordset(${rowsJson(rows)}::jsonb) AS r("messageId" uuid, "deliveryId" uuid, "clientId" uuid,
        "conversationId" uuid, key text, "contentSeq" integer, name text, address text, subject text, text text,
        snippet text, header text, "inReplyTo" jsonb, "references" jsonb)
    ), rights AS (
      INSERT INTO auto_receipt_sent (tenant_id, mailbox_id, address, day, message_id, at)
      SELECT ${tenantId}::uuid, ${mailbox.id}::uuid, key, ${day}, "messageId", clock_timestamp() FROM rows
      ON CONFLICT DO NOTHING RETURNING message_id
    ), granted AS (
      SELECT rows.* FROM rows JOIN rights ON rights.message_id = rows."messageId"
    ), messages AS (
      INSERT INTO message (tenant_id, id, conversation_id, mailbox_id, account_id, direction, class, class_rule, kpi_inbound,
        from_name, from_address, subject, text, snippet, message_id_header, in_reply_to, "references", occurred_at,
        recorded_at, content_seq)
      SELECT ${tenantId}::uuid, "messageId", "conversationId", ${mailbox.id}::uuid, ${accountId}::uuid, 'out', 'auto',
        'auto-receipt', false, ${mailbox.fromName || mailbox.name}, ${mailbox.account?.address ?? ''}, subject, text, snippet,
        header, ARRAY(SELECT jsonb_array_elements_text("inReplyTo")), ARRAY(SELECT jsonb_array_elements_text("references")),
        ${scope.now}::timestamptz, clock_timestamp(), "contentSeq" FROM granted
    ), addresses AS (
      INSERT INTO message_address (tenant_id, message_id, role, position, name, address)
      SELECT ${tenantId}::uuid, "messageId", 'to', 0, name, address FROM granted
    ), ids AS (
      INSERT INTO mail_reference (tenant_id, mailbox_id, mail_id, conversation_id, message_id)
      SELECT ${tenantId}::uuid, ${mailbox.id}::uuid, header, "conversationId", "messageId" FROM granted
    ), deliveries AS (
      INSERT INTO delivery (tenant_id, id, client_id, conversation_id, message_id, mailbox_id, account_id, human, kind,
        then_status, send_after, next_attempt_at, created_at)
      SELECT ${tenantId}::uuid, "deliveryId", "clientId", "conversationId", "messageId", ${mailbox.id}::uuid,
        ${accountId}::uuid, false, 'auto', 'doing', ${sendAt}::timestamptz, ${sendAt}::timestamptz, clock_timestamp()
      FROM granted
    ), recipients AS (
      INSERT INTO delivery_recipient (tenant_id, delivery_id, position, kind, name, address, customer)
      SELECT ${tenantId}::uuid, "deliveryId", 0, 'to', name, address, false FROM granted
    )
    SELECT count(*)::integer AS count FROM granted`;
  return inserted[0]?.count ?? 0;
}
