import { z } from 'zod';

const text = (most: number) =>
  z
    .string()
    .max(most)
    .transform((value) => value.replaceAll('\u0000', '').toWellFormed());

/** What the form of a 窓口 sends. */
export const mailboxInput = z.object({
  name: text(60)
    .transform((value) => value.trim())
    .refine((value) => value !== '', 'required'),
  /** The display name in From; empty: the address alone. Control characters would end the header. */
  fromName: text(100).transform((value) => value.replace(/[\r\n\t]+/g, ' ').trim()),
  signature: text(5000),
  /** The status chosen beforehand when an answer is sent. */
  defaultThen: z.enum(['done', 'doing', 'hold']),
  /** Days in which mail to an ended 案件 reopens it; null: the company's number. */
  reopenDays: z.coerce.number().int().min(0).max(3650).nullable(),
  threadBySubject: z.boolean(),
  calendarId: z.uuid().nullable(),
  /** Who sees it: the members of these groups. */
  groupIds: z.array(z.uuid()).max(200),
});
export type MailboxInput = z.output<typeof mailboxInput>;
