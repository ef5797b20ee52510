import { z } from 'zod';
import { addresses, clientId, contentSeq, longText, subject, version } from '#app/_entry/fields.ts';

/** A draft as the composer saves it: everything may be empty. */
export const draftInput = z.object({
  clientId,
  to: addresses,
  cc: addresses,
  subject,
  text: longText,
  charset: z.enum(['utf-8', 'iso-2022-jp']).optional(),
  seenContentSeq: contentSeq,
  version,
});

/** Bytes of a saved draft: the longest text in UTF-8, escaped, with its addresses. */
export const DRAFT_BYTES = 2 * 1024 * 1024;
