import { z } from 'zod';
import { unknownPlaceholders } from '#lib/autoreceipts/words.ts';

const plain = (most: number) =>
  z
    .string()
    .max(most)
    .transform((text) => text.replaceAll('\u0000', '').toWellFormed())
    .pipe(z.string().refine((text) => unknownPlaceholders(text).length === 0, 'placeholderUnknown'));

export const RECEIPT_HOURS = ['always', 'inside', 'outside'] as const;

/** What the form of a 窓口's automatic receipt sends. */
export const receiptInput = z.object({
  enabled: z.boolean(),
  hours: z.enum(RECEIPT_HOURS),
  subject: plain(300).pipe(
    z
      .string()
      .trim()
      .min(1, 'required')
      .regex(/^[^\r\n]*$/, 'invalidValue'),
  ),
  text: plain(20_000).pipe(z.string().refine((text) => text.trim() !== '', 'required')),
  /** Receipts an hour that blow the fuse. */
  perHour: z.coerce.number().int().min(1, 'invalidValue').max(1000, 'invalidValue'),
});
export type ReceiptInput = z.input<typeof receiptInput>;
export type ReceiptValues = z.output<typeof receiptInput>;
