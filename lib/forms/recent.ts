import { holds, requireMay } from '#lib/auth/actor.ts';
import { Prisma, type Scope } from '#lib/db/scope.ts';
import type { Address } from '#lib/mail/address.ts';
import { isMachineAddress } from '#lib/mail/forms/customer.ts';
import { readUsualFields } from '#lib/mail/forms/usual.ts';
import { visibleMailboxIds } from '#lib/mailboxes/access.ts';
import { ownAddresses } from '#lib/mailboxes/identity.ts';

/** So far back the settings look for a form's mails: the newest cases of each 窓口 and status. */
const CASES = 150;
const MOST_MAILS = 3000;
const MOST_SENDERS = 30;
/** Labels that make a mail look like a form's. */
const FEW_FIELDS = 3;

/** A sender of recent mails. `likely`: its last mail looks like a form's. */
export type RecentSender = { address: string; count: number; subject: string; likely: boolean };
/** A mail as a pattern reads it, with the headers it really had. */
export type RecentMail = {
  id: string;
  subject: string;
  at: Date;
  text: string;
  from: Address;
  replyTo: Address[];
  inReplyTo: string[];
  references: string[];
};

/**
 * Who wrote lately in the visible 窓口, those whose mails look like a form's first. Without 個人情報の閲覧 only these: the others
 * are customers, and a masked address would be no sender to choose.
 */
export async function recentSenders(scope: Scope): Promise<RecentSender[]> {
  requireMay(scope, 'rules.see');
  const rows = await scope.db.$queryRaw<(RecentSender & { text: string; form: boolean })[]>`
    WITH mails AS (${recent(scope, await visibleMailboxIds(scope))})
    SELECT DISTINCT ON (sender) sender AS address, count(*) OVER (PARTITION BY sender)::integer AS count, subject,
      left(text, 5000) AS text, form FROM mails WHERE sender <> '' ORDER BY sender, at DESC`;
  const own = new Set(await ownAddresses(scope));
  const looks = ({ address, text, form }: (typeof rows)[number]): boolean =>
    form || ((own.has(address) || isMachineAddress(address)) && readUsualFields(text).length >= FEW_FIELDS);
  return rows
    .map((row) => ({ address: row.address, count: row.count, subject: row.subject, likely: looks(row) }))
    .filter(({ likely }) => likely || holds(scope.actor, 'pii.view'))
    .sort((a, b) => Number(b.likely) - Number(a.likely) || b.count - a.count)
    .slice(0, MOST_SENDERS);
}

/** The newest mails of a sender (an address or `@domain`, lower case) in the visible 窓口, the newest first. */
export async function recentMailsOf(scope: Scope, sender: string, most: number): Promise<RecentMail[]> {
  requireMay(scope, 'rules.see');
  const isDomain = sender.startsWith('@');
  const rows = await scope.db.$queryRaw<(Omit<RecentMail, 'from'> & { sender: string; name: string })[]>`
    WITH mails AS (${recent(scope, await visibleMailboxIds(scope))})
    SELECT id, subject, at, left(text, 50000) AS text, sender, name, reply_to AS "replyTo", in_reply_to AS "inReplyTo",
      "references" FROM mails
    WHERE CASE WHEN ${isDomain} THEN right(sender, length(${sender})) = ${sender} ELSE sender = ${sender} END
    ORDER BY at DESC LIMIT ${most}`;
  return rows.map(({ sender: address, name, ...row }) => ({ ...row, from: { name, address } }));
}

// By the index of the list: the newest cases of each 窓口 and status, and the mails in them. A form's mail stands under its
// customer; who really sent it is kept with its fields.
const recent = ({ tenantId }: Scope, visible: readonly string[]): Prisma.Sql => Prisma.sql`
  SELECT m.id, m.subject, m.occurred_at AS at, m.text, m.in_reply_to, m."references",
    m.form_fields IS NOT NULL AS form, coalesce(m.form_fields->'sender'->>'name', m.from_name) AS name,
    lower(coalesce(m.form_fields->'sender'->>'address', m.from_address)) AS sender,
    coalesce(m.form_fields->'replyTo', (SELECT jsonb_agg(jsonb_build_object('name', a.name, 'address', a.address))
      FROM message_address a WHERE a.tenant_id = m.tenant_id AND a.message_id = m.id AND a.role = 'reply_to'), '[]')
      AS reply_to
  FROM unnest(${[...visible]}::uuid[]) AS box(id)
  CROSS JOIN unnest(ARRAY['new', 'doing', 'hold', 'done']) AS s(status)
  CROSS JOIN LATERAL (SELECT c.id FROM conversation c
    WHERE c.tenant_id = ${tenantId}::uuid AND c.mailbox_id = box.id AND c.status = s.status AND c.place = 'normal'
    ORDER BY c.last_message_at DESC, c.id DESC LIMIT ${CASES}) c
  JOIN message m ON m.tenant_id = ${tenantId}::uuid AND m.conversation_id = c.id AND m.direction = 'in'
  ORDER BY m.occurred_at DESC LIMIT ${MOST_MAILS}`;
