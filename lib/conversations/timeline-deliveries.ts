import type { Actor } from '#lib/auth/actor.ts';
import { may } from '#lib/auth/policy.ts';
import type { DeliveryShape } from '#lib/conversations/shapes.ts';
import type { Scope } from '#lib/db/scope.ts';
import { type BounceReason, judgeWords } from '#lib/mail/dsn.ts';

/** Deliveries of a conversation: by message for the screen, their writers and the server's words for the history. */
export type DeliveryOf = {
  byMessage: Map<string, DeliveryShape>;
  authors: Map<string, string | null>;
  words: Map<string, string>;
  automatic: Set<string>;
};

/** All deliveries of a conversation with their recipients, in one statement each. */
export async function readDeliveries(scope: Scope, conversationId: string): Promise<DeliveryOf> {
  const rows = await scope.db.delivery.findMany({
    where: { tenantId: scope.tenantId, conversationId },
    include: { deliveryRecipientByDelivery: { orderBy: { position: 'asc' } } },
  });
  const found: DeliveryOf = { byMessage: new Map(), authors: new Map(), words: new Map(), automatic: new Set() };
  for (const row of rows) {
    found.byMessage.set(row.messageId, shapeOf(row, scope.actor));
    found.authors.set(row.id, row.memberId);
    found.words.set(row.id, row.lastWords ?? '');
    if (row.kind === 'auto') found.automatic.add(row.id);
  }
  return found;
}

/** domain.md 3, "cancel queued, resolve uncertain": one's own, or anybody's for a supervisor. */
export function mayResolve(actor: Actor, memberId: string | null): boolean {
  if (actor.kind === 'system') return true;
  if (may(actor.roles, 'delivery.resolve')) return true;
  return memberId === actor.id && may(actor.roles, 'delivery.resolve.own');
}

type Row = Awaited<ReturnType<Scope['db']['delivery']['findMany']>>[number] & {
  deliveryRecipientByDelivery: {
    address: string;
    kind: string;
    state: string;
    words: string | null;
    reason: string | null;
  }[];
};

function shapeOf(row: Row, actor: Actor): DeliveryShape {
  return {
    id: row.id,
    state: row.state as DeliveryShape['state'],
    sendAfter: row.sendAfter.toISOString(),
    nextAttemptAt: row.state === 'retry' ? row.nextAttemptAt.toISOString() : null,
    acceptedAt: row.acceptedAt?.toISOString() ?? null,
    words: row.lastWords,
    recipients: row.deliveryRecipientByDelivery.map((r) => ({
      address: r.address,
      kind: r.kind as 'to' | 'cc' | 'bcc',
      state: r.state as 'pending' | 'accepted' | 'refused',
      words: r.words,
      reason: r.state === 'refused' ? reasonFor(r) : null,
    })),
    filed: row.filed as DeliveryShape['filed'],
    mayResolve: mayResolve(actor, row.memberId),
  };
}

// A bounce left its reason; of a refusal at sending the server's words tell it.
function reasonFor({ reason, words }: { reason: string | null; words: string | null }): BounceReason {
  return (reason as BounceReason | null) ?? judgeWords(words ?? '');
}
