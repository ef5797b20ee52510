import { type BounceReason, reasonOf } from '#lib/mail/dsn/reason.ts';
import { derivedStatus, isGeneral, statusIn } from '#lib/mail/dsn/status.ts';

/** What a report says of one recipient before it is judged: the status if given, the server's words, and what stands around them. */
export type RawFailure = {
  recipient: string | null;
  /** Other addresses of the same recipient: behind an alias or a forwarding. */
  also: string[];
  status: string | null;
  diagnostic: string;
  context: string;
};

/**
 * One recipient a mail didn't reach. `also`: what else it is called in the report. `status` as in RFC 3463 where known; `hard`:
 * sending again won't help; `words`: the server's own, in one line.
 */
export type BounceFailure = {
  recipient: string | null;
  also: string[];
  status: string | null;
  reason: BounceReason;
  hard: boolean;
  words: string;
};

const LONGEST_WORDS = 500;

/** Judges one failure: the most telling status, the reason from status and words, and whether it is final. */
export function judgeFailure({ recipient, also, status, diagnostic, context }: RawFailure): BounceFailure {
  const telling = status && !isGeneral(status) ? status : (statusIn(diagnostic) ?? status ?? statusIn(context));
  const reason = judgeReason(telling, diagnostic, context);
  const code = telling ?? derivedStatus(reason, diagnostic) ?? derivedStatus(reason, context);
  const words = (diagnostic || context).replace(/\s+/g, ' ').trim().slice(0, LONGEST_WORDS);
  return { recipient, also, status: code, reason, hard: isHard(code, reason), words };
}

// The server's own words first; what the reporting system wrote around them only where those say nothing.
function judgeReason(status: string | null, diagnostic: string, context: string): BounceReason {
  const own = reasonOf(status, diagnostic === '' ? context : diagnostic);
  const around = reasonOf(status, `${diagnostic}\n${context}`);
  if (own === 'other') return around;
  return own === 'userunknown' && around === 'filtered' ? around : own;
}

function isHard(status: string | null, reason: BounceReason): boolean {
  if (reason === 'mailboxfull' || reason === 'expired') return false;
  return status ? status.startsWith('5') : reason !== 'other';
}
