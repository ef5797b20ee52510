import { z } from 'zod';
import type { ReplyInput } from '#lib/conversations/shapes.ts';
import { invalid } from '#lib/errors.ts';
import { LIMITS } from '#lib/limits.ts';
import { unfitIn } from '#lib/mail/charset/unfit.ts';

// Lenient on purpose: old carrier addresses hold `..` or end in a dot before @ (japanese-mail.md).
const ADDRESS = /^[^\s@<>,;:"()[\]\\]+@[^\s@<>,;:"()[\]\\]+\.[^\s@<>,;:"()[\]\\]+$/;

/** Is this something a mail can be sent to? What stands before @ goes in ASCII; a domain in other letters has an ASCII form. */
export const isSendable = (address: string): boolean =>
  address.length <= 254 && ADDRESS.test(address.trim()) && /^[\x21-\x7e]+@/.test(address.trim());

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
  if (input.charset === 'iso-2022-jp') checkJis(input);
  if (/[\r\n]/.test(input.subject)) throw invalid('invalidValue', {}, 'subject');
  if (input.holdUntil && !z.iso.datetime().safeParse(input.holdUntil).success) {
    throw invalid('invalidValue', {}, 'holdUntil');
  }
}

// Nothing is left out or replaced unasked: the writer is told the very characters, and chooses.
function checkJis(input: ReplyInput): void {
  for (const field of ['text', 'subject'] as const) {
    const unfit = unfitIn(input[field]);
    if (unfit.length > 0) throw invalid('charsetUnfit', { characters: unfit.slice(0, 20).join('、') }, field);
  }
}
