import { z } from 'zod';
import type { DraftShape } from '#lib/conversations/shapes.ts';
import type { Scope } from '#lib/db/scope.ts';

export const addressList = z.array(z.object({ name: z.string(), address: z.string() }));

/** What the member is writing in this conversation, or null. */
export async function readDraft(scope: Scope, memberId: string, conversationId: string): Promise<DraftShape | null> {
  const key = { tenantId: scope.tenantId, memberId, conversationId };
  const draft = await scope.db.draft.findUnique({ where: { tenantId_memberId_conversationId: key } });
  if (!draft) return null;
  return {
    clientId: draft.clientId,
    to: addressList.parse(draft.toList),
    cc: addressList.parse(draft.ccList),
    subject: draft.subject,
    text: draft.text,
    charset: draft.charset as DraftShape['charset'],
    seenContentSeq: draft.seenContentSeq,
    version: draft.version,
    updatedAt: draft.updatedAt.toISOString(),
  };
}
