import { normaliseAddress } from '#lib/mail/address.ts';
import { readPlainBounce } from '#lib/mail/dsn/plain.ts';
import { type BounceReason, reasonOf, statusIn } from '#lib/mail/dsn/reason.ts';
import { readReport } from '#lib/mail/dsn/report.ts';
import { returnedMessageId } from '#lib/mail/dsn/returned.ts';
import type { ParsedMail } from '#lib/mail/parse.ts';

/** What a bounce says. `status` as in RFC 3463 where known; `hard`: sending again won't help. */
export type Bounce = {
  recipient: string | null;
  /** Everybody the report says didn't get it, normalised; `recipient` is the first. */
  recipients: string[];
  status: string | null;
  reason: BounceReason;
  hard: boolean;
  originalMessageId: string | null;
};

export type { BounceReason } from '#lib/mail/dsn/reason.ts';

/**
 * Reads a mail as a delivery failure: RFC 3464 first, else the plain texts of Postfix, Exim, qmail, Exchange and Japan's mobile
 * carriers. null if it isn't one, also for reports of delay or success. `originalMessageId` is our id from the returned headers.
 */
export function parseBounce(parsed: ParsedMail): Bounce | null {
  const found = readReport(parsed) ?? readPlainBounce(parsed);
  if (!found) return null;
  const status = found.status ?? statusIn(found.diagnostic);
  const reason = reasonOf(status, found.diagnostic);
  return {
    recipient: found.recipient ? normaliseAddress(found.recipient) : null,
    recipients: found.recipients.map(normaliseAddress),
    status,
    reason,
    hard: isHard(status, reason),
    originalMessageId: returnedMessageId(parsed),
  };
}

function isHard(status: string | null, reason: BounceReason): boolean {
  if (reason === 'mailboxfull' || reason === 'expired') return false;
  return status ? status.startsWith('5') : reason !== 'other';
}
