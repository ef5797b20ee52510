import { z } from 'zod';
import { formFields } from '#lib/forms/patterns.ts';
import { normaliseAddress } from '#lib/mail/address.ts';

const plain = (most: number) =>
  z
    .string()
    .max(most)
    .transform((text) => text.replaceAll('\u0000', '').toWellFormed().trim());

/** What the form of a pattern sends: whose mails, and how their fields are found. */
export const patternInput = z.object({
  name: plain(100).pipe(z.string().min(1, 'required')),
  /** An address, or `@domain` for every address of it. */
  sender: plain(254)
    .transform(normaliseAddress)
    .pipe(
      z
        .string()
        .min(1, 'required')
        .regex(/^[^\s@<>]*@[^\s@<>]+\.[^\s@<>]+$/, 'formSenderFormat'),
    ),
  subjectContains: plain(200),
  /** Null: in every 窓口. */
  mailboxId: z.uuid().nullable(),
  enabled: z.boolean(),
  fields: formFields,
});
export type PatternInput = z.input<typeof patternInput>;
export type PatternValues = z.output<typeof patternInput>;
