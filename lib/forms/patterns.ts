import { z } from 'zod';
import type { Scope } from '#lib/db/scope.ts';
import { FORM_FIELDS, type FormField, type FormPattern } from '#lib/mail/forms/pattern.ts';

/** Labels and kinds as they stand in the row. */
export const formFields = z
  .array(
    z.object({
      field: z.enum(FORM_FIELDS),
      label: z.string().trim().min(1, 'required').max(100),
      lines: z.enum(['one', 'many']),
    }),
  )
  .min(1, 'formFieldsRequired')
  .max(40);

/** How the forms that write to this 窓口 are read: its own patterns first, then those of the whole company, in their order. */
export async function patternsOf(scope: Scope, mailboxId: string): Promise<FormPattern[]> {
  const rows = await scope.db.$queryRaw<(Omit<FormPattern, 'fields'> & { fields: unknown })[]>`
    SELECT id, sender, subject_contains AS "subjectContains", fields FROM form_pattern
    WHERE tenant_id = ${scope.tenantId}::uuid AND enabled AND deleted_at IS NULL
      AND (mailbox_id = ${mailboxId}::uuid OR mailbox_id IS NULL)
    ORDER BY mailbox_id IS NULL, position, created_at, id`;
  return rows.map((row) => ({ ...row, fields: storedFields(row.fields) }));
}

/** The fields of a row. What an older version may have written otherwise is left out: a settings row never stops receipt. */
export const storedFields = (fields: unknown): FormField[] => formFields.safeParse(fields).data ?? [];
