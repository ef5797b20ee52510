import { z } from 'zod';
import { isId } from '#lib/ids.ts';
import { LIMITS } from '#lib/limits.ts';

// Fields that several entry points take. What they mean is the verbs' to judge; here is only form and size.

/** A text of at most so many characters. PostgreSQL holds neither NUL nor half of a surrogate pair. */
export const textUpTo = (characters: number) =>
  z
    .string()
    .max(characters)
    .transform((text) => text.replaceAll('\u0000', '').toWellFormed());

export const clientId = z.string().refine(isId);
export const contentSeq = z.number().int().min(0).max(2_147_483_647);
export const version = z.number().int().min(0).max(2_147_483_647);
// RFC 5321 4.5.3.1.3: 254 characters of address; a display name has no limit of its own.
export const address = z.object({ name: textUpTo(500), address: textUpTo(254) });
export const addresses = z.array(address).max(LIMITS.recipients);
/** RFC 5322 2.1.1: a line is 998 octets; a subject may fold, but nobody writes a longer one. */
export const subject = textUpTo(998);
/** Characters of one mail's own text or one comment. */
export const longText = textUpTo(200_000);
