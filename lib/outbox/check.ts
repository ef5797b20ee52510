import { z } from 'zod';
import type { ReplyInput } from '#lib/conversations/shapes.ts';
import { invalid } from '#lib/errors.ts';
import { LIMITS } from '#lib/limits.ts';

// Lenient on purpose: old carrier addresses hold `..` or end in a dot before @ (japanese-mail.md).
const ADDRESS = /^[^\s@<>,;:"()[\]\\]+@[^\s@<>,;:"()[\]\\]+\.[^\s@<>,;:"()[\]\\]+$/;

/** Is this something a mail can be sent to? */
export const isSendable = (address: string): boolean => address.length <= 254 && ADDRESS.test(address.trim());

/** Refuses an empty or impossible reply with the field and the reason; the text itself is never touched. */
export function checkReply(input: ReplyInput): void {
  if (input.text.trim() === '') throw invalid('textRequired', {}, 'text');
  if (input.to.length === 0) throw invalid('recipientRequired', {}, 'to');
  if (input.to.length + input.cc.length > LIMITS.recipients) {
    throw invalid('tooManyRecipients', { limit: LIMITS.recipients }, 'to');
  }
  for (const field of ['to', 'cc'] as const) {
    const wrong = input[field].find(({ address }) => !isSendable(address));
    if (wrong) throw invalid('addressInvalid', { address: wrong.address }, field);
  }
  if (input.subject.trim() === '') throw invalid('subjectRequired', {}, 'subject');
  if (/[\r\n]/.test(input.subject)) throw invalid('invalidValue', {}, 'subject');
  if (input.holdUntil && !z.iso.datetime().safeParse(input.holdUntil).success) {
    throw invalid('invalidValue', {}, 'holdUntil');
  }
}
