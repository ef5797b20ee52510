import { type BounceFailure, judgeFailure } from '#lib/mail/dsn/failure.ts';
import { readPlainBounce } from '#lib/mail/dsn/plain.ts';
import { type BounceReason, reasonOf } from '#lib/mail/dsn/reason.ts';
import { readReport } from '#lib/mail/dsn/report.ts';
import { returnedMessageIds } from '#lib/mail/dsn/returned.ts';
import { statusIn } from '#lib/mail/dsn/status.ts';
import type { ParsedMail } from '#lib/mail/parse.ts';

/** What a bounce says: its first failure in whole, and every recipient the mail didn't reach with the reason of each. */
export type Bounce = BounceFailure & {
  failures: BounceFailure[];
  originalMessageId: string | null;
  /** All ids it returns, the most telling first; one of them may be ours. */
  returnedIds: string[];
};

export type { BounceFailure } from '#lib/mail/dsn/failure.ts';
export type { BounceReason } from '#lib/mail/dsn/reason.ts';

/** Why a server refused a recipient while we were sending, from its words alone. */
export const judgeWords = (words: string): BounceReason => reasonOf(statusIn(words), words);

/**
 * Reads a mail as a delivery failure: RFC 3464 first, else the plain texts of mail systems (Postfix, Exim, qmail, sendmail,
 * Exchange, Japan's carriers and providers). null if it isn't one, also for reports of delay or success and for a person who
 * forwards a bounce.
 */
export function parseBounce(mail: ParsedMail): Bounce | null {
  const report = readReport(mail);
  const raw = report ? report.failures : readPlainBounce(mail);
  const failures = raw?.map(judgeFailure) ?? [];
  const [first] = failures;
  if (!first) return null;
  const returnedIds = returnedMessageIds(mail);
  return { ...first, failures, originalMessageId: returnedIds[0] ?? null, returnedIds };
}
