import { requireMay } from '#lib/auth/actor.ts';
import { openCase } from '#lib/conversations/case.ts';
import { take } from '#lib/conversations/claim.ts';
import type { AddressShape, MailCharset } from '#lib/conversations/shapes.ts';
import { writeCases } from '#lib/conversations/write.ts';
import type { Scope } from '#lib/db/scope.ts';
import { conflict, forbidden } from '#lib/errors.ts';

export type DraftInput = {
  clientId: string;
  to: AddressShape[];
  cc: AddressShape[];
  subject: string;
  text: string;
  charset?: MailCharset;
  seenContentSeq: number;
  /** The version the device last saw; 0 for a draft it believes to be new. */
  version: number;
};
export type SavedDraft = { version: number; updatedAt: string };

/**
 * Saves what a member is writing; one draft per member and conversation. Conflict `draftElsewhere` when another device
 * saved in between: nothing is overwritten. The first saved draft of an unassigned 新着 takes it (domain.md 2).
 */
export async function saveDraft(scope: Scope, conversationId: string, input: DraftInput): Promise<SavedDraft> {
  requireMay(scope, 'conversation.reply');
  const memberId = scope.actor.id;
  if (memberId === null) throw forbidden();
  const c = await openCase(scope, conversationId);
  const saved =
    input.version === 0
      ? await insert(scope, memberId, c.row.id, input)
      : await update(scope, memberId, c.row.id, input);
  if (!saved) {
    const key = { tenantId: scope.tenantId, memberId, conversationId };
    const other = await scope.db.draft.findUnique({ where: { tenantId_memberId_conversationId: key } });
    throw conflict('draftElsewhere', { version: other?.version ?? 0, at: other?.updatedAt.toISOString() ?? '' });
  }
  if (c.row.assigneeId === null && c.row.status === 'new') {
    await take(scope, c, memberId);
    await writeCases(scope, [c]);
  }
  return { version: saved.version, updatedAt: saved.updatedAt.toISOString() };
}

/** 破棄: the member's draft of this conversation is gone. */
export async function discardDraft(scope: Scope, conversationId: string): Promise<void> {
  requireMay(scope, 'conversation.reply');
  const memberId = scope.actor.id;
  if (memberId === null) throw forbidden();
  await openCase(scope, conversationId);
  await scope.db.draft.deleteMany({ where: { tenantId: scope.tenantId, memberId, conversationId } });
}

type Row = { version: number; updatedAt: Date };

async function insert(
  scope: Scope,
  memberId: string,
  conversationId: string,
  input: DraftInput,
): Promise<Row | undefined> {
  // A repeated first save of the same device (its answer got lost) carries the same clientId: it is no conflict.
  const rows = await scope.db.$queryRaw<Row[]>`
    INSERT INTO draft AS d (tenant_id, member_id, conversation_id, client_id, to_list, cc_list, subject, text,
      charset, seen_content_seq, version, updated_at)
    VALUES (${scope.tenantId}::uuid, ${memberId}::uuid, ${conversationId}::uuid, ${input.clientId}::uuid,
      ${JSON.stringify(input.to)}::jsonb, ${JSON.stringify(input.cc)}::jsonb, ${input.subject}, ${input.text},
      ${input.charset ?? 'utf-8'}, ${input.seenContentSeq}, 1, clock_timestamp())
    ON CONFLICT (tenant_id, member_id, conversation_id) DO UPDATE SET to_list = excluded.to_list,
      cc_list = excluded.cc_list, subject = excluded.subject, text = excluded.text, charset = excluded.charset,
      seen_content_seq = excluded.seen_content_seq, version = d.version + 1, updated_at = clock_timestamp()
      WHERE d.client_id = excluded.client_id AND d.version = 1
    RETURNING version, updated_at AS "updatedAt"`;
  return rows[0];
}

async function update(
  scope: Scope,
  memberId: string,
  conversationId: string,
  input: DraftInput,
): Promise<Row | undefined> {
  const rows = await scope.db.$queryRaw<Row[]>`
    UPDATE draft SET to_list = ${JSON.stringify(input.to)}::jsonb, cc_list = ${JSON.stringify(input.cc)}::jsonb,
      subject = ${input.subject}, text = ${input.text}, charset = ${input.charset ?? 'utf-8'},
      seen_content_seq = ${input.seenContentSeq},
      client_id = ${input.clientId}::uuid, version = version + 1, updated_at = clock_timestamp()
    WHERE tenant_id = ${scope.tenantId}::uuid AND member_id = ${memberId}::uuid
      AND conversation_id = ${conversationId}::uuid AND version = ${input.version}
    RETURNING version, updated_at AS "updatedAt"`;
  return rows[0];
}
