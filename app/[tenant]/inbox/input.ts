import { z } from 'zod';
import { addresses, clientId, contentSeq, longText, subject } from '#app/_entry/fields.ts';
import { isId } from '#lib/ids.ts';

const time = z.iso.datetime({ offset: true });

/** Somebody's membership id; null puts the conversation back to nobody. */
export const assignee = z.string().refine(isId).nullable();
export const holdInput = z.object({
  for: z.enum(['customer', 'inside']),
  until: time.transform((text) => new Date(text)).nullable(),
});
export const endInput = z.object({ noAnswer: z.boolean() });
export const thanksInput = z.object({ confirmed: z.boolean() });
export const reclassifyInput = z.object({ as: z.enum(['human', 'auto']) });
export const commentInput = z.object({ clientId, text: longText });
export const replyInput = z.object({
  clientId,
  to: addresses,
  cc: addresses,
  subject,
  text: longText,
  seenContentSeq: contentSeq,
  thenStatus: z.enum(['done', 'doing', 'hold']),
  holdUntil: time.nullable().optional(),
  charset: z.enum(['utf-8', 'iso-2022-jp']).optional(),
  knownElsewhere: z.string().refine(isId).nullable().optional(),
});
export const uncertainAnswer = z.object({ answer: z.enum(['arrived', 'resend']) });
