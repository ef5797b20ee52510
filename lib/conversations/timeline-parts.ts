import type { AttachmentShape } from '#lib/conversations/shapes.ts';
import type { Scope } from '#lib/db/scope.ts';

export type MessageParts = {
  addresses: Map<string, { role: string; name: string; address: string }[]>;
  attachments: Map<string, AttachmentShape[]>;
};

/** Recipients and files of several messages in two statements; pictures shown inside the HTML aren't listed. */
export async function readMessageParts(scope: Scope, messageIds: readonly string[]): Promise<MessageParts> {
  const where = { tenantId: scope.tenantId, messageId: { in: [...messageIds] } };
  const addresses = await scope.db.messageAddress.findMany({ where, orderBy: { position: 'asc' } });
  const attachments = await scope.db.attachment.findMany({
    where: { ...where, inline: false },
    orderBy: { position: 'asc' },
  });
  const parts: MessageParts = { addresses: new Map(), attachments: new Map() };
  for (const { messageId, role, name, address } of addresses) {
    push(parts.addresses, messageId, { role, name, address });
  }
  for (const { messageId, id, filename, contentType, size } of attachments) {
    push(parts.attachments, messageId, { id, filename, contentType, size: Number(size) });
  }
  return parts;
}

function push<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
