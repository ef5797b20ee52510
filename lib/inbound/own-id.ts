import { derivedKeys } from '#lib/crypto/index.ts';
import { verifyMessageId } from '#lib/mail/message-id.ts';

/**
 * The uuid of our own message if the id is one that we signed for this tenant and 窓口, otherwise null. Ids live in customers'
 * mailboxes for years: what was signed before SEAL_KEY was rotated counts too, as long as its key stands in SEAL_KEYS_OLD.
 */
export function ownMessageIdIn(id: string, { tenantId, mailboxId }: Owner): string | null {
  if (!looksLikeOurs(id)) return null;
  for (const key of derivedKeys('message-id')) {
    const ours = verifyMessageId(id, { tenantId, mailboxId, key });
    if (ours) return ours;
  }
  return null;
}

// Nearly every id is a stranger's; the keys are derived for the others only.
const looksLikeOurs = (id: string): boolean => /[0-9a-f-]{36}\.[0-9a-f]{32}@/i.test(id);

type Owner = { tenantId: string; mailboxId: string };
