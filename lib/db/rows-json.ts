/**
 * Rows for jsonb_to_recordset. jsonb refuses NUL and half surrogate pairs, which a cut through an emoji leaves: one such
 * text must not hold up a whole batch of mail.
 */
export const rowsJson = (rows: readonly unknown[]): string =>
  JSON.stringify(rows, (_key, value) => (typeof value === 'string' ? storable(value) : value));

const storable = (text: string): string => (text.includes('\0') ? text.replaceAll('\0', '') : text).toWellFormed();
