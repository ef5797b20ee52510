import { createHmac, timingSafeEqual } from 'node:crypto';

const MAX_IDS = 1000;
const ROOTS = 10;
const MAX_ID = 998;

/** Who an id belongs to; the HMAC covers all three, so an id copied from another tenant or mailbox proves nothing. */
export type MessageIdOwner = { tenantId: string; mailboxId: string; key: Buffer | string };

function signature(owner: MessageIdOwner, messageId: string): string {
  const signed = `${owner.tenantId}\n${owner.mailboxId}\n${messageId}`;
  return createHmac('sha256', owner.key).update(signed).digest('hex').slice(0, 32);
}

/** Our Message-ID `<uuid.hmac@domain>` (RFC 5322 3.6.4): 128 bits of HMAC-SHA256 in hex, safe against case folding. */
export function newMessageId(input: MessageIdOwner & { messageId: string; domain: string }): string {
  const uuid = input.messageId.toLowerCase();
  return `<${uuid}.${signature(input, uuid)}@${input.domain}>`;
}

/** The message's uuid if the id (with or without brackets) is ours for this tenant and mailbox, otherwise null. */
export function verifyMessageId(id: string, owner: MessageIdOwner): string | null {
  const match = /^<?([0-9a-f-]{36})\.([0-9a-f]{32})@[^\s<>@]+>?$/i.exec(id.trim());
  const uuid = match?.[1]?.toLowerCase();
  const given = match?.[2]?.toLowerCase();
  if (!uuid || !given) return null;
  return timingSafeEqual(Buffer.from(given), Buffer.from(signature(owner, uuid))) ? uuid : null;
}

/**
 * The ids, with their brackets, in a Message-ID, In-Reply-To or References header. Comments are skipped (old mailers write
 * `<id> (Taro's message of ...)`), folding inside an id is undone, duplicates go. Doubled brackets count as one; bare ids are taken
 * where there is nothing else.
 */
export function messageIdsIn(rawHeaderValue: string): string[] {
  const found = new Set<string>();
  let depth = 0;
  for (let i = 0; i < rawHeaderValue.length; i++) {
    const c = rawHeaderValue[i];
    if (c === '(') depth += 1;
    else if (c === ')' && depth > 0) depth -= 1;
    else if (c === '<' && depth === 0) {
      const end = rawHeaderValue.indexOf('>', i);
      if (end < 0) break;
      const whole = rawHeaderValue.slice(i + 1, end);
      const id = whole.slice(whole.lastIndexOf('<') + 1).replace(/\s+/g, '');
      if (isId(id)) found.add(`<${id}>`);
      i = end;
    }
  }
  if (found.size === 0) return bareIds(rawHeaderValue);
  // Of a flood the root of the thread and the nearest: those say where a mail belongs.
  const ids = [...found];
  return ids.length <= MAX_IDS ? ids : [...ids.slice(0, ROOTS), ...ids.slice(ROOTS - MAX_IDS)];
}

/** Ids without brackets, where there is nothing else. */
function bareIds(value: string): string[] {
  const words = value
    .slice(0, MAX_ID * 10)
    .split(/[\s,]+/)
    .filter((word) => word !== '');
  const all = words.every((word) => /^[^\s<>()@]+@[^\s<>()@]+$/.test(word) && isId(word));
  return all ? [...new Set(words.map((word) => `<${word}>`))] : [];
}

function isId(id: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: an id with control characters is damage, not an id
  return id.length > 0 && Buffer.byteLength(id) <= MAX_ID && !/[<>\u0000-\u0020\u007f]/.test(id);
}
