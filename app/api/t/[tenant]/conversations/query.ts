import { z } from 'zod';
import { isId } from '#lib/ids.ts';

/** What a list may be asked for: ?view=&mailbox=&cursor= */
export const listQuery = z.object({
  view: z.enum(['mine', 'unassigned', 'open', 'new', 'doing', 'hold', 'thanks', 'done']),
  mailbox: z.string().refine(isId).optional(),
  cursor: z.base64url().max(200).optional(),
});
