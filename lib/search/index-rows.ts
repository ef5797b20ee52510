import { rowsJson } from '#lib/db/rows-json.ts';
import type { Scope } from '#lib/db/scope.ts';
import { grams, normaliseForSearch } from '#lib/search/normalise.ts';

export type SearchSource = {
  kind: 'message' | 'comment';
  refId: string;
  conversationId: string;
  mailboxId: string;
  at: Date;
  text: string;
};

/** The longest text one row is found by, characters; what is beyond is read but not found. */
const LONGEST = 100_000;

/** Writes search rows in the transaction of what they point to (architecture.md 8). */
export async function indexRows(scope: Scope, sources: readonly SearchSource[]): Promise<void> {
  if (sources.length === 0) return;
  const rows = rowsJson(
    sources.map((source) => {
      const text = normaliseForSearch(source.text.slice(0, LONGEST));
      // In one string: normalised text has no blanks, and PostgreSQL takes a string apart faster than an array of JSON.
      return { ...source, text, grams: grams(text).join(' ') };
    }),
  );
  await scope.db.$executeRaw`
    INSERT INTO search_row (tenant_id, kind, ref_id, conversation_id, mailbox_id, at, text, grams)
    SELECT ${scope.tenantId}::uuid, r.kind, r."refId", r."conversationId", r."mailboxId", r.at, r.text,
      string_to_array(r.grams, ' ')
    FROM jsonb_to_recordset(${rows}::jsonb) AS r(kind text, "refId" uuid, "conversationId" uuid, "mailboxId" uuid,
      at timestamptz, text text, grams text)
    ON CONFLICT DO NOTHING`;
}
