import type { Inquiry } from '#lib/autoreceipts/inquiry.ts';
import { type Case, lockCases } from '#lib/conversations/case.ts';
import type { Scope } from '#lib/db/scope.ts';
import type { Lookups } from '#lib/inbound/lookups.ts';
import type { SearchSource } from '#lib/search/index-rows.ts';

/** What a batch is going to write, row by row, in the order of the mails. */
export type Batch = {
  tenantId: string;
  mailboxId: string;
  lookups: Lookups;
  touched: Set<Case>;
  opened: { c: Case; data: { number: number } }[];
  messages: Record<string, unknown>[];
  addresses: Record<string, unknown>[];
  attachments: Record<string, unknown>[];
  references: { mailId: string; conversationId: string; messageId: string | null }[];
  keys: { kind: 'order' | 'subject'; key: string; conversationId: string; at: Date }[];
  links: { conversationId: string; otherId: string; kind: string }[];
  search: SearchSource[];
  inquiries: Inquiry[];
  settled: { id: string; state: string; reason: string | null; messageId: string | null }[];
  htmlMessageIds: string[];
};

export function newBatch(tenantId: string, mailboxId: string, lookups: Lookups): Batch {
  return {
    ...{ tenantId, mailboxId, lookups, touched: new Set(), opened: [], messages: [], addresses: [], attachments: [] },
    ...{ references: [], keys: [], links: [], search: [], inquiries: [], settled: [], htmlMessageIds: [] },
  };
}

/** How a raw mail ended: done, duplicate, ignored(reason) or failed(error); never silently. */
export function settle(
  batch: Batch,
  id: string,
  state: string,
  reason: string | null,
  messageId: string | null = null,
) {
  batch.settled.push({ id, state, reason, messageId });
}

/** The batch's one copy of a conversation, locked now if it wasn't yet: two copies would overwrite each other. */
export async function caseOf(scope: Scope, { lookups }: Batch, id: string): Promise<Case | null> {
  const known = lookups.cases.get(id) ?? (await lockCases(scope, [id])).get(id);
  if (known) lookups.cases.set(id, known);
  return known ?? null;
}
